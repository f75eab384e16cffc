"""A sync on a real index: what changed is indexed, what did not is not touched, what is gone is gone."""

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.corpus.catalogue import Catalogue
from assistant.corpus.encoder import Vectors
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import CATALOGUE_FILE, INDEX_FOLDER, current_generation
from assistant.corpus.indexes.opening import open_index
from assistant.corpus.indexes.sparse import question_vector, terms
from assistant.errors import AssistantError
from assistant.settings import Settings
from ingest import job
from ingest.catalogue import fingerprints
from ingest.job import Counts, IngestJob
from ingest.sync.generations import previous_generation
from tests.unit.ingest.builders import circular


class HashEncoder:
    """Texts to vectors by their syllables' hashes: fast, stable, and like texts are near each other."""

    name = "hash-1"
    dimension = 32

    def __init__(self) -> None:
        self.encoded = 0

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in terms(text):
                row[zlib.crc32(term.encode()) % self.dimension] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)

    encode_questions = encode_passages


class Events:
    def __init__(self) -> None:
        self.files: dict[str, tuple[str, str]] = {}

    def file(self, path: str, outcome: str, code: str, warnings: tuple[str, ...]) -> None:
        self.files[path] = (outcome, code)

    def progress(self, stage: str, done: int, total: int) -> None: ...

    def summary(self, counts: Mapping[str, object]) -> None: ...

    def close(self) -> None: ...


class Store:
    """A data folder with a folder of documents beside it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(data_dir=folder / "data", _env_file=None)  # type: ignore[call-arg]
        self.kho = folder / "kho"
        self.kho.mkdir()
        self.encoder = HashEncoder()
        self.events = Events()

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.kho / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def job(self) -> IngestJob:
        self.events = Events()
        return IngestJob(self.settings, self.events, encoder=lambda: self.encoder, processes=1)

    def sync(self, *paths: Path) -> Counts:
        return self.job().sync(paths or (self.kho,))

    @property
    def current(self) -> Path:
        found = current_generation(self.settings.generations_dir)
        assert found is not None
        return found

    def catalogue(self) -> Catalogue:
        return Catalogue(self.current / CATALOGUE_FILE)

    def found(self, words: str, as_of: date | None = None) -> set[str]:
        """Numbers of the documents in which the words stand side by side."""
        index = open_index(self.settings.index, self.current / INDEX_FOLDER, read_only=True)
        try:
            sparse = question_vector({term: 1.0 for term in terms(words) if " " in term})
            hits = index.search(None, sparse, ChunkFilter(("public",), as_of), 20)
            return {chunk.number for chunk in self.catalogue().chunks(hit.chunk_id for hit in hits).values()}
        finally:
            index.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def act(number: str, subject: str, *articles: str, begins: str = "01/3/2026") -> str:
    effect = f"Thông tư này có hiệu lực kể từ ngày {begins}."
    return circular(number, f"Điều 1. {subject}", f"Quy định về {subject}.", *articles, "Điều 9. Hiệu lực", effect)


def test_a_first_sync_makes_a_generation_that_can_be_searched(store: Store) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.write("b.txt", act("2/2026/TT-BGDĐT", "học phí"))
    counts = store.sync()
    assert (counts.indexed, counts.documents, counts.generation) == (2, 2, "0001")
    assert counts.encoded == counts.chunks > 0
    assert store.found("học phí") == {"2/2026/TT-BGDĐT"}
    assert (store.current / "spelling.json.gz").is_file()
    assert store.catalogue().meta("encoder") == "hash-1"


def test_an_unchanged_second_sync_makes_no_generation_and_encodes_nothing(store: Store) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.sync()
    os.utime(store.kho / "a.txt", ns=(1, 1))
    counts = store.sync()
    assert (counts.unchanged, counts.indexed, counts.encoded, counts.generation) == (1, 0, 0, "0001")
    assert store.events.files == {"kho/a.txt": ("unchanged", "")}


def test_a_changed_file_is_read_again_and_only_new_words_are_encoded(store: Store) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.write("b.txt", act("2/2026/TT-BGDĐT", "học phí"))
    store.sync()
    store.write("b.txt", act("2/2026/TT-BGDĐT", "học bổng"))
    counts = store.sync()
    assert (counts.indexed, counts.unchanged, counts.encoded, counts.generation) == (1, 1, 1, "0002")
    assert store.found("học phí") == set()
    assert "2/2026/TT-BGDĐT" in store.found("học bổng")


def test_a_removed_file_is_gone_and_what_it_ended_lives_again(store: Store) -> None:
    store.write("cu.txt", act("1/2020/TT-BGDĐT", "dạy thêm", begins="01/3/2020"))
    ends = "Điều 2. Thay thế\nThông tư này thay thế Thông tư số 1/2020/TT-BGDĐT."
    moi = store.write("moi.txt", act("2/2026/TT-BGDĐT", "học thêm", ends))
    store.sync()
    old = store.catalogue().documents_with_number("1/2020/TT-BGDĐT")[0]
    assert old.validity.effective_to == date(2026, 2, 28)
    assert {each.validity.effective_to for each in old.provisions} == {date(2026, 2, 28)}
    assert "1/2020/TT-BGDĐT" not in store.found("dạy thêm", date(2026, 3, 1))
    assert "1/2020/TT-BGDĐT" in store.found("dạy thêm", date(2026, 2, 28))
    moi.unlink()
    counts = store.sync()
    assert (counts.removed, counts.documents) == (1, 1)
    assert store.catalogue().documents_with_number("1/2020/TT-BGDĐT")[0].validity.effective_to is None
    assert "1/2020/TT-BGDĐT" in store.found("dạy thêm", date(2026, 3, 1))


def test_a_document_that_arrives_after_the_one_that_ends_it_is_ended_too(store: Store) -> None:
    ends = "Điều 2. Thay thế\nThông tư này thay thế Thông tư số 1/2020/TT-BGDĐT."
    store.write("moi.txt", act("2/2026/TT-BGDĐT", "học thêm", ends))
    store.sync()
    store.write("cu.txt", act("1/2020/TT-BGDĐT", "dạy thêm", begins="01/3/2020"))
    store.sync()
    assert store.catalogue().documents_with_number("1/2020/TT-BGDĐT")[0].validity.effective_to == date(2026, 2, 28)


def test_one_bad_file_is_reported_and_the_rest_is_indexed(store: Store) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.write("hong.docx", b"PK\x03\x04 khong phai zip")
    store.write("rong.pdf", b"")
    counts = store.sync()
    assert (counts.indexed, counts.rejected) == (1, 2)
    assert store.events.files["kho/hong.docx"] == ("rejected", "docx_unreadable")
    assert store.events.files["kho/rong.pdf"] == ("rejected", "file_empty")
    assert store.sync().unchanged == 3


def test_when_nothing_can_be_indexed_nothing_is_served(store: Store) -> None:
    store.write("rong.pdf", b"")
    with pytest.raises(AssistantError) as caught:
        store.sync()
    assert caught.value.code == "nothing_indexed"
    assert current_generation(store.settings.generations_dir) is None
    assert store.events.files == {"kho/rong.pdf": ("rejected", "file_empty")}


def test_a_fault_while_storing_one_file_does_not_stop_the_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = job.CatalogueWriter.add_document

    def faulty(self: object, document: object, chunks: object) -> None:
        real(self, document, chunks)  # type: ignore[arg-type]
        if document.number.startswith("1/"):  # type: ignore[attr-defined]
            raise ZeroDivisionError

    monkeypatch.setattr(job.CatalogueWriter, "add_document", faulty)
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.write("b.txt", act("2/2026/TT-BGDĐT", "học phí"))
    counts = store.sync()
    assert (counts.indexed, counts.rejected, counts.documents) == (1, 1, 1)
    assert store.events.files["kho/a.txt"] == ("rejected", "failed_unexpected")


def test_an_interrupted_sync_leaves_the_served_generation_and_costs_no_second_encoding(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.sync()
    before = fingerprints(store.current / CATALOGUE_FILE)
    store.write("b.txt", act("2/2026/TT-BGDĐT", "học phí"))
    with monkeypatch.context() as patched:
        patched.setattr(job, "write_spelling", lambda folder: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            store.sync()
    assert store.current.name == "0001"
    assert fingerprints(store.current / CATALOGUE_FILE) == before
    encoded = store.encoder.encoded
    counts = store.sync()
    assert counts.indexed == 1
    assert store.encoder.encoded == encoded
    assert store.found("học phí") == {"2/2026/TT-BGDĐT"}


def test_a_full_disk_is_said_so_and_the_served_generation_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.sync()
    store.write("b.txt", act("2/2026/TT-BGDĐT", "học phí"))
    full = OSError(28, "No space left on device")
    monkeypatch.setattr(job, "publish", lambda folder: (_ for _ in ()).throw(full))
    with pytest.raises(AssistantError) as caught:
        store.sync()
    assert caught.value.code == "generation_unwritable"
    assert [each.name for each in store.settings.generations_dir.iterdir() if each.is_dir()] == ["0001"]


def test_a_sync_of_one_folder_leaves_the_others_alone(store: Store, tmp_path: Path) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.sync()
    other = tmp_path / "khac"
    other.mkdir()
    (other / "b.txt").write_text(act("2/2026/TT-BGDĐT", "học phí"), encoding="utf-8")
    counts = store.sync(other)
    assert (counts.documents, counts.removed) == (2, 0)
    counts = store.sync(store.kho / "a.txt", other)
    assert (counts.unchanged, counts.generation) == (2, "0002")


def test_incremental_syncs_end_where_one_sync_does(store: Store, tmp_path: Path) -> None:
    texts = {
        "a.txt": act("1/2026/TT-BGDĐT", "học bạ số"),
        "b.txt": act("2/2026/TT-BGDĐT", "học phí"),
        "c.txt": act("1/2026/TT-BGDĐT", "học bạ số bản sao"),
    }
    for name in ("c.txt", "b.txt", "a.txt"):
        store.write(name, texts[name])
        store.sync()
    (tmp_path / "khac").mkdir()
    at_once = Store(tmp_path / "khac")
    for name, text in texts.items():
        at_once.write(name, text)
    at_once.sync()
    assert fingerprints(store.current / CATALOGUE_FILE) == fingerprints(at_once.current / CATALOGUE_FILE)
    held = {each["id"]: each["source_path"] for each in store.catalogue().document_list()}
    assert held["1-2026-tt-bgddt"] == "kho/a.txt"
    assert len(held) == 3


def test_the_first_claimant_of_a_number_gives_its_place_up_when_it_goes(store: Store) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.write("b.txt", act("1/2026/TT-BGDĐT", "học bạ số bản sao"))
    store.sync()
    (store.kho / "a.txt").unlink()
    store.sync()
    assert [each["id"] for each in store.catalogue().document_list()] == ["1-2026-tt-bgddt"]
    assert store.found("bản sao") == {"1/2026/TT-BGDĐT"}


def test_a_rebuild_reads_everything_again_and_encodes_nothing_again(store: Store) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    gone = store.write("b.txt", act("2/2026/TT-BGDĐT", "học phí"))
    store.sync()
    gone.unlink()
    counts = store.job().rebuild()
    assert (counts.indexed, counts.removed, counts.encoded, counts.documents) == (1, 1, 0, 1)
    before = previous_generation(store.settings.generations_dir)
    assert before is not None
    assert before.name == "0001"


def test_a_newer_reader_reads_every_source_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.sync()
    monkeypatch.setattr(job, "PIPELINE", "next")
    counts = store.sync()
    assert (counts.indexed, counts.unchanged, counts.encoded) == (1, 0, 0)


def run(store: Store, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TROLY_DATA_DIR": str(store.settings.data_dir)}
    command = [sys.executable, "-c", "from ingest.cli import main; main()", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_command_speaks_vietnamese_and_exits_as_documented(store: Store) -> None:
    missing = run(store, "sync", str(store.kho / "khong-co"))
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "Không tìm thấy" in missing.stderr
    empty = run(store, "status")
    assert empty.returncode == 1
    assert "troly-ingest sync" in empty.stderr
    store.write("rong.pdf", b"")
    nothing = run(store, "sync", str(store.kho))
    assert nothing.returncode == 1
    assert json.loads(nothing.stdout.splitlines()[0])["code"] == "file_empty"
    assert "Traceback" not in nothing.stderr


def test_status_and_rollback_tell_what_is_served(store: Store) -> None:
    store.write("a.txt", act("1/2026/TT-BGDĐT", "học bạ số"))
    store.sync()
    assert run(store, "rollback").returncode == 1
    store.write("b.txt", act("2/2026/TT-BGDĐT", "học phí"))
    store.write("rong.pdf", b"")
    store.sync()
    status = json.loads(run(store, "status", "--json").stdout)
    assert (status["generation"], status["previous"], status["documents"]) == ("0002", "0001", 2)
    assert {each["path"]: each["code"] for each in status["sources"]}["kho/rong.pdf"] == "file_empty"
    assert "rong.pdf" in run(store, "status").stdout
    assert run(store, "rollback").returncode == 0
    assert store.current.name == "0001"
