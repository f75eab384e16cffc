"""What is no longer wanted stops: a running query with its process, a call to a model with its connection."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Timer

import duckdb
import pytest

from assistant.access.audit import Kind
from assistant.access.principal import Principal, Role
from assistant.bootstrap import open_audit
from assistant.cancellation import Cancellation, Cancelled, stoppable
from assistant.conversations.accounting import Accounts, Asked
from assistant.llm.call import call_model
from assistant.llm.model import open_model
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.settings import EngineSettings, ModelSettings, Settings
from tests.scripted_model import scripted_model

ENDLESS = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = 7"
MOST_SECONDS = 2.0


def seconds_until_cancelled(work) -> float:
    """How long `work` goes on after it is cancelled, which happens a moment after it began."""
    cancellation, began = Cancellation(), []

    def cancel() -> None:
        began.append(time.monotonic())
        cancellation.cancel()

    timer = Timer(0.3, cancel)
    timer.start()
    with stoppable(cancellation), pytest.raises(Cancelled):
        work()
    return time.monotonic() - began[0]


@pytest.fixture
def engine(tmp_path: Path):
    duckdb.connect(str(tmp_path / "education.duckdb")).close()
    engine = DuckDbEngine(tmp_path / "education.duckdb", EngineSettings())
    engine.health()
    yield engine
    engine.close()


def processes(engine: DuckDbEngine) -> list[int]:
    return [slot.worker._process.pid for slot in engine._all if slot.worker is not None]


def test_a_running_query_ends_with_its_process(engine: DuckDbEngine) -> None:
    (process,) = processes(engine)
    taken = seconds_until_cancelled(lambda: engine.run(ENDLESS, timeout_seconds=60, row_cap=10))
    assert taken < MOST_SECONDS
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert engine.run("SELECT 42", timeout_seconds=30, row_cap=1).rows == ((42,),)


def test_who_waits_for_a_free_worker_may_stop_waiting(engine: DuckDbEngine) -> None:
    others = Cancellation()

    def busy() -> None:
        with stoppable(others), pytest.raises(Cancelled):
            engine.run(ENDLESS, timeout_seconds=60, row_cap=10)

    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(busy) for _ in range(2)]
        assert seconds_until_cancelled(lambda: engine.run("SELECT 1", timeout_seconds=60, row_cap=1)) < MOST_SECONDS
        others.cancel()
        for one in running:
            one.result(10)


def test_a_call_to_a_model_is_broken_off() -> None:
    go = Event()

    def slow(_: object) -> tuple[int, str]:
        go.wait(20)
        return 200, "{}"

    with scripted_model(slow) as (url, _):
        model = open_model(ModelSettings(url=url, timeout_seconds=30))
        assert model is not None
        try:
            assert seconds_until_cancelled(lambda: call_model(model, "Chào")) < MOST_SECONDS
        finally:
            go.set()


def test_what_was_stopped_is_on_record(tmp_path: Path) -> None:
    audit = open_audit(Settings(data_dir=tmp_path))

    def stopped():
        raise Cancelled

    with pytest.raises(Cancelled):
        Accounts(audit).kept(Kind.ANSWER, Asked(Principal(Role.NATIONAL), "Quy định gì?"), stopped)
    records = [json.loads(entry.record) for entry in audit.entries()]
    audit.close()
    assert [(one["kind"], one.get("code")) for one in records][-1] == ("answer", "cancelled")
