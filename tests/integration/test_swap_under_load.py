"""While ingests swap the served generation, every request over HTTP is answered, each from one generation."""

import re
import threading
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from assistant import bootstrap
from assistant.app import build_app
from assistant.settings import Settings
from ingest.job import IngestJob
from tests.browser import served
from tests.killed_ingest import Silent, write_documents
from tests.small_corpus import WordEncoder

DOCUMENTS, EDITIONS = 3, 2
QUESTION = "Nội dung số 2 theo Thông tư 2/2020/TT-BGDĐT"


class Client:
    """Asks and reads without a pause; keeps the status of every request and the editions each answer showed."""

    def __init__(self, origin: str) -> None:
        self.statuses: list[int] = []
        self.editions: list[set[str]] = []
        self._client = httpx.Client(base_url=origin, timeout=30)
        self._conversation = self._client.post("/v1/conversations").json()["id"]

    def work(self, finished: threading.Event) -> None:
        turns = f"/v1/conversations/{self._conversation}/turns"
        while not finished.is_set():
            for answer in (
                self._client.post(turns, json={"question": QUESTION}, headers={"Accept": "application/json"}),
                self._client.get("/v1/documents/2-2020-tt-bgddt"),
                self._client.get("/van-ban/2-2020-tt-bgddt"),
            ):
                self.statuses.append(answer.status_code)
                self.editions.append(set(re.findall(r"số 2 bản (\d+)", answer.text)))
        self._client.close()


def test_no_request_is_dropped_while_generations_are_swapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "open_encoder", lambda *_: WordEncoder())
    chosen = Settings(data_dir=tmp_path / "data", default_principal="national", _env_file=None)  # type: ignore[call-arg]
    job = IngestJob(chosen, Silent(), encoder=WordEncoder, processes=1)
    kho, finished = tmp_path / "kho", threading.Event()
    write_documents(kho, range(1, DOCUMENTS + 1), 0)
    job.sync([kho])
    services = bootstrap.build_services(chosen)
    with closing(services.corpus), served(build_app(services)) as origin:
        clients = [Client(origin) for _ in range(2)]
        callers = [threading.Thread(target=client.work, args=(finished,)) for client in clients]
        for caller in callers:
            caller.start()
        for edition in range(1, EDITIONS + 1):
            write_documents(kho, range(1, DOCUMENTS + 1), edition)
            job.sync([kho])
        last = httpx.get(f"{origin}/v1/documents/2-2020-tt-bgddt")
        finished.set()
        for caller in callers:
            caller.join()
    statuses = [status for client in clients for status in client.statuses]
    editions = [edition for client in clients for edition in client.editions]
    assert len(statuses) > 5 * EDITIONS
    assert set(statuses) == {200}
    assert [edition for edition in editions if len(edition) > 1] == []
    assert any(editions)
    assert f"số 2 bản {EDITIONS}" in last.text
    print(f"{len(statuses)} requests over {EDITIONS} swaps, all answered")
