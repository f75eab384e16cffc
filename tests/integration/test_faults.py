"""Faults as they come (docs/operations.md, R4, R7, R9): a sick model server, a killed worker, a full disk, a clock."""

import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import httpx
import psutil
import pytest

from assistant.access.audit import AuditLog, Kind
from assistant.errors import EngineUnavailable, UpstreamError
from assistant.llm.call import call_model
from assistant.llm.model import open_model
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.settings import EngineSettings, ModelSettings, Settings
from ingest.job import IngestJob
from tests.killed_ingest import Silent, write_documents
from tests.small_corpus import WordEncoder

ROOT = Path(__file__).parents[2]
HEADERS = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
SERVER = """
import sys
from pathlib import Path
import uvicorn
from assistant import bootstrap
from assistant.app import build_app
from assistant.settings import Settings
from assistant.telemetry import configure_logging
from tests.small_corpus import WordEncoder
configure_logging("error")
bootstrap.open_encoder = lambda *_: WordEncoder()
chosen = Settings(data_dir=Path(sys.argv[1]), default_principal="national", _env_file=None)
uvicorn.run(build_app(bootstrap.build_services(chosen)), fd=int(sys.argv[2]), log_level="critical")
"""
QUESTION = {"question": "Nội dung số 2 theo Thông tư 2/2020/TT-BGDĐT"}


def nothing(_: socket.socket, stop: threading.Event) -> None:
    """Half open: taken, and never answered."""
    stop.wait(10)


def drop(connection: socket.socket, _: threading.Event) -> None:
    """Reset in the middle."""
    connection.sendall(HEADERS + b"content-length: 900\r\n\r\n{")


def garbage(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(HEADERS + b"content-length: 4\r\n\r\n\xff{]x")


def empty(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(HEADERS + b"content-length: 2\r\n\r\n{}")


def endless(connection: socket.socket, stop: threading.Event) -> None:
    """A byte now and then, so that no deadline for reading is ever missed."""
    connection.sendall(HEADERS + b"transfer-encoding: chunked\r\n\r\n")
    while not stop.wait(0.05):
        connection.sendall(b"1\r\n \r\n")


@contextmanager
def sick(behave: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """The address of a server that takes a request and then behaves like that."""
    listener, stop = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65536)
            behave(connection, stop)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    finally:
        stop.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@pytest.mark.parametrize("behave", [nothing, drop, garbage, empty, endless])
def test_a_sick_model_server_is_a_failure_with_a_code_in_time(behave: Callable[..., None]) -> None:
    with sick(behave) as url:
        model = open_model(ModelSettings(url=url, timeout_seconds=0.5))
        assert model is not None
        began = time.monotonic()
        with pytest.raises(UpstreamError) as caught:
            call_model(model, "Chào", 1.0)
        assert time.monotonic() - began < 5
    assert caught.value.code in {"model_timed_out", "model_unavailable", "reply_invalid"}


def test_sick_servers_leave_no_sockets_and_no_threads_behind() -> None:
    with sick(garbage) as url:
        model = open_model(ModelSettings(url=url, timeout_seconds=5))
        assert model is not None

        def fail(times: int) -> tuple[int, int]:
            for _ in range(times):
                with pytest.raises(UpstreamError):
                    call_model(model, "Chào")
            process = psutil.Process()
            return process.num_fds(), process.num_threads()

        before, after = fail(10), fail(60)
    assert abs(after[0] - before[0]) <= 5
    assert abs(after[1] - before[1]) <= 5


def test_a_worker_killed_in_the_middle_of_a_query_is_replaced(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "education.duckdb")).close()
    engine = DuckDbEngine(tmp_path / "education.duckdb", EngineSettings())
    engine.health()
    (process,) = [slot.worker._process.pid for slot in engine._all if slot.worker is not None]
    killing = threading.Timer(0.3, os.kill, (process, 9))
    killing.start()
    endless_sql = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = 7"
    with pytest.raises(EngineUnavailable):
        engine.run(endless_sql, timeout_seconds=30, row_cap=1)
    killing.join()
    assert engine.run("SELECT 7", timeout_seconds=30, row_cap=1).rows == ((7,),)
    engine.close()


@contextmanager
def serving(data_dir: Path) -> Iterator[tuple[httpx.Client, int]]:
    """The whole service over a small corpus, as a process whose limits can be changed while it runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = [sys.executable, "-c", SERVER, str(data_dir), str(listener.fileno())]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, cwd=ROOT, pass_fds=[listener.fileno()], **quiet) as server:
            origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
            try:
                with httpx.Client(base_url=origin, timeout=200, headers={"accept": "application/json"}) as client:
                    yield client, server.pid
            finally:
                server.kill()


def test_on_a_full_disk_nothing_is_answered_unrecorded_and_all_goes_on_when_there_is_room(tmp_path: Path) -> None:
    chosen = Settings(data_dir=tmp_path / "data", _env_file=None)  # type: ignore[call-arg]
    write_documents(tmp_path / "kho", range(1, 4), 0)
    IngestJob(chosen, Silent(), encoder=WordEncoder, processes=1).sync([tmp_path / "kho"])
    with serving(chosen.data_dir) as (client, process):
        conversation = client.post("/v1/conversations").json()["id"]
        turns = f"/v1/conversations/{conversation}/turns"
        assert client.post(turns, json=QUESTION).json()["status"] == "answered"
        limits = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (1, limits[1]))
        full = client.post(turns, json=QUESTION)
        figures = client.post("/v1/queries", json=QUESTION)
        assert (full.status_code, figures.status_code) == (503, 503)
        assert full.json()["code"] in {"store_unavailable", "audit_unavailable"}
        assert figures.json()["code"] == "audit_unavailable"
        assert client.get("/v1/documents/2-2020-tt-bgddt").status_code == 200
        assert client.get(f"/v1/conversations/{conversation}").status_code == 200
        resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
        assert client.post(turns, json=QUESTION).json()["status"] == "answered"
        states = [turn["state"] for turn in client.get(f"/v1/conversations/{conversation}").json()["turns"]]
        assert set(states) <= {"complete", "interrupted"}
    log = AuditLog(chosen.audit_path, lambda: bytes.fromhex(chosen.audit_key_path.read_text()), chosen.audit_head_path)
    assert log.verify().bad is None


def test_records_stand_in_the_order_they_were_made_whatever_the_clock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = AuditLog(tmp_path / "audit.sqlite", lambda: b"k" * 32, tmp_path / "head.json", "1:a")
    log.append(Kind.ANSWER, "national")
    for hours in (-1, 24, -24):
        moved = datetime.now(UTC) + timedelta(hours=hours)
        clock = type("Clock", (datetime,), {"now": classmethod(lambda cls, zone, at=moved: at)})
        monkeypatch.setattr("assistant.access.audit.datetime", clock)
        log.append(Kind.ANSWER, "national")
    assert [entry.seq for entry in log.entries()] == [1, 2, 3, 4, 5]
    assert log.verify().bad is None
