"""Before the pointer moves the new generation is checked; while it moves no request is dropped."""

import json
import sqlite3
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.encoders.opening import WarmingEncoder
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import CATALOGUE_FILE, LiveCorpus, current_generation
from assistant.corpus.search import Search
from assistant.errors import AssistantError
from assistant.settings import GateSettings, Settings
from ingest.gate.golden import load_golden
from ingest.job import IngestJob
from ingest.sync.generations import point_to, previous_generation
from tests.killed_ingest import Silent, write_documents
from tests.small_corpus import WordEncoder


class Office:
    """A folder of documents, and a data folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kho = folder, folder / "kho"
        write_documents(self.kho, range(1, 5), 0)

    def settings(self, **gate: object) -> Settings:
        chosen = GateSettings.model_validate(gate)
        return Settings(data_dir=self.folder / "data", gate=chosen, _env_file=None)  # type: ignore[call-arg]

    def sync(self, **gate: object) -> str:
        return IngestJob(self.settings(**gate), Silent(), encoder=WordEncoder, processes=1).sync([self.kho]).generation

    @property
    def served(self) -> str:
        found = current_generation(self.folder / "data" / "generations")
        assert found is not None
        return found.name

    def golden(self, *questions: dict[str, str]) -> Path:
        path = self.folder / "golden.jsonl"
        path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in questions), encoding="utf-8")
        return path


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def refusal(office: Office, **gate: object) -> str:
    with pytest.raises(AssistantError) as caught:
        office.sync(**gate)
    return caught.value.code


def test_a_generation_that_lost_its_documents_is_refused_until_that_is_wanted(office: Office) -> None:
    office.sync()
    for path in sorted(office.kho.iterdir())[:3]:
        path.write_bytes(b"\x00damaged")
    assert refusal(office) == "generation_shrank"
    assert office.served == "0001"
    assert [each.name for each in (office.folder / "data" / "generations").iterdir() if each.is_dir()] == ["0001"]
    office.sync(accept_shrinking=True)
    assert office.served != "0001"


def test_what_was_removed_on_purpose_is_no_loss(office: Office) -> None:
    office.sync()
    for path in sorted(office.kho.iterdir())[:3]:
        path.unlink()
    assert office.sync() == "0002"


def test_golden_questions_decide_whether_a_generation_is_served(office: Office) -> None:
    found = {"question": "Nội dung số 2 theo Thông tư 2/2020/TT-BGDĐT", "document": "02/2020/TT-BGDĐT"}
    absent = {"question": "Nội dung số 99", "document": "99/2020/TT-BGDĐT"}
    golden = office.golden(found, absent)
    assert refusal(office, golden=golden) == "generation_answers_worse"
    assert office.sync(golden=golden, golden_share=0.5) == "0001"
    wrong_place = {**found, "path": "Điều 77"}
    write_documents(office.kho, range(4, 5), 1)
    assert refusal(office, golden=office.golden(wrong_place)) == "generation_answers_worse"
    assert office.served == "0001"


def test_golden_questions_may_be_a_yaml_list_and_say_what_is_wrong_with_them(tmp_path: Path) -> None:
    path = tmp_path / "golden.yml"
    path.write_text("- question: Học phí?\n  document: 1/2026/TT-BGDĐT\n  path: Điều 2\n", encoding="utf-8")
    assert load_golden(path)[0].path == "Điều 2"
    path.write_text("- cau-hoi: Học phí?\n", encoding="utf-8")
    with pytest.raises(AssistantError) as caught:
        load_golden(path)
    assert caught.value.code == "golden_unreadable"


def test_requests_under_way_are_served_while_generations_come_and_go(office: Office) -> None:
    office.sync()
    chosen = office.settings()
    corpus = LiveCorpus(chosen.generations_dir, chosen.index)
    encoder = WarmingEncoder(WordEncoder)
    encoder.load()
    search = Search(corpus, encoder, chosen.search)
    finished, failures, editions = threading.Event(), [], set[frozenset[str]]()

    def ask() -> None:
        while not finished.is_set():
            try:
                passages = search.search("nội dung", ChunkFilter(("public",), date(2026, 1, 1)), 8).passages
                # All of one answer comes from one generation.
                editions.add(
                    frozenset(p.chunk.text.partition("bản ")[2][:1] for p in passages if "bản " in p.chunk.text)
                )
            except Exception as error:  # noqa: BLE001  # whatever it is, a request was dropped
                failures.append(error)
                return

    callers = [threading.Thread(target=ask) for _ in range(4)]
    for caller in callers:
        caller.start()
    for edition in (1, 2, 3):
        write_documents(office.kho, range(1, 5), edition)
        office.sync()
    before = previous_generation(chosen.generations_dir)
    assert before is not None
    point_to(before)
    finished.set()
    for caller in callers:
        caller.join()
    last = search.search("nội dung", ChunkFilter(("public",)), 8).passages
    corpus.close()
    assert not failures
    assert all(len(edition) <= 1 for edition in editions)
    assert any("bản 2" in passage.chunk.text for passage in last)


@pytest.mark.parametrize("again", ["sync", "rebuild"])
def test_an_index_of_an_older_version_is_made_anew(office: Office, again: str) -> None:
    """What every message about an outdated index asks for must work on just such an index."""
    first = office.sync()
    catalogue = office.folder / "data" / "generations" / first / CATALOGUE_FILE
    with closing(sqlite3.connect(catalogue)) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key IN ('schema_version', 'pipeline')")
        connection.execute("ALTER TABLE documents DROP COLUMN notes")
        connection.commit()
    job = IngestJob(office.settings(), Silent(), encoder=WordEncoder, processes=1)
    counts = job.sync([office.kho]) if again == "sync" else job.rebuild()
    assert office.served == counts.generation != first
