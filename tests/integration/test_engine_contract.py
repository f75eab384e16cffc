"""What every engine promises, run over all implementations; the locks are DuckDB's own list."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import psutil
import pytest

from assistant.errors import EngineUnavailable, QueryTimedOut
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.engines.engine import Engine
from assistant.settings import EngineSettings


def write_database(path: Path, rows: int = 3) -> None:
    fresh = path.with_suffix(".new")
    with duckdb.connect(str(fresh)) as connection:
        connection.execute(
            f"CREATE TABLE schools AS SELECT i AS school_id, 'Trường ' || i AS name FROM range({rows}) t(i)"
        )
    os.replace(fresh, path)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("engine") / "edu.duckdb"
    write_database(path)
    return path


@pytest.fixture(scope="module", params=[DuckDbEngine])
def engine(request: pytest.FixtureRequest, database: Path) -> Iterator[Engine]:
    built = request.param(database, EngineSettings(memory_mb=1024))
    yield built
    built.close()


def run(engine: Engine, sql: str, seconds: float = 20.0, row_cap: int = 1000) -> list[tuple[object, ...]]:
    return list(engine.run(sql, timeout_seconds=seconds, row_cap=row_cap).rows)


def test_rows_come_back_as_plain_values_with_their_names(engine: Engine) -> None:
    sql = "SELECT 1 AS n, 'Hà Nội' AS t, 1.5 AS x, NULL AS z, DATE '2025-07-01' AS d, true AS b, 'nan'::DOUBLE AS bad"
    table = engine.run(sql, timeout_seconds=20, row_cap=10)
    assert table.columns == ("n", "t", "x", "z", "d", "b", "bad")
    assert table.rows == ((1, "Hà Nội", 1.5, None, date(2025, 7, 1), True, None),)
    assert not table.truncated
    assert table.elapsed_ms > 0


def test_the_row_cap_cuts_and_says_so(engine: Engine) -> None:
    table = engine.run("SELECT school_id FROM schools ORDER BY 1", timeout_seconds=20, row_cap=2)
    assert table.rows == ((0,), (1,))
    assert table.truncated


def test_a_failing_query_names_a_code_and_no_value(engine: Engine) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        run(engine, "SELECT CAST(name AS INTEGER) FROM schools")
    assert caught.value.code == "query_failed"
    assert "Trường" not in str(caught.value)


@pytest.mark.parametrize(
    "sql", ["SELECT len(range(500000000))", "SELECT count(*) FROM range(10000000000) a, range(9) b"]
)
def test_a_runaway_ends_within_a_second_of_its_deadline_and_under_four_gigabytes(engine: Engine, sql: str) -> None:
    run(engine, "SELECT 1")
    peak, stop = [0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.02):
            for child in psutil.Process().children():
                try:
                    peak[0] = max(peak[0], child.memory_info().rss)
                except psutil.NoSuchProcess:
                    continue

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.monotonic()
    try:
        with pytest.raises((QueryTimedOut, EngineUnavailable)) as caught:
            run(engine, sql, seconds=1.0)
    finally:
        stop.set()
        watcher.join()
    assert time.monotonic() - started < 2.0
    assert caught.value.code in {"query_timed_out", "engine_memory"}
    assert peak[0] < 4 * 1024**3
    assert run(engine, "SELECT 1") == [(1,)]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE x AS SELECT 1",
        "DELETE FROM schools",
        "COPY schools TO 'out.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "SELECT * FROM read_blob('{database}')",
        "ATTACH '{database}' AS again",
        "SET enable_external_access = true",
        "SET memory_limit = '64GB'",
        "SELECT * FROM engine_variable",
        "INSTALL httpfs",
        "LOAD '{database}'",
    ],
)
def test_the_engine_alone_refuses_what_leaves_or_changes_the_database(engine: Engine, database: Path, sql: str) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        run(engine, sql.format(database=database))
    assert caught.value.code == "query_failed"


def test_a_temporary_object_does_not_reach_the_next_query(engine: Engine) -> None:
    run(engine, "CREATE TEMP VIEW shadow AS SELECT 1")
    with pytest.raises(EngineUnavailable):
        run(engine, "SELECT * FROM shadow")


def test_two_queries_run_at_the_same_time(engine: Engine) -> None:
    results: list[list[tuple[object, ...]]] = []
    threads = [
        threading.Thread(target=lambda: results.append(run(engine, "SELECT count(*) FROM schools"))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [[(3,)]] * 6


def test_what_runs_is_stopped_from_another_thread_and_nothing_runs_after(database: Path) -> None:
    engine = DuckDbEngine(database, EngineSettings(memory_mb=512))
    try:
        engine.stop()  # before anything ran
        with pytest.raises(EngineUnavailable) as caught:
            run(engine, "SELECT 1")
        assert caught.value.code == "engine_stopped"
    finally:
        engine.close()
    engine = DuckDbEngine(database, EngineSettings(memory_mb=512))
    try:
        run(engine, "SELECT 1")
        stopper = threading.Timer(0.2, engine.stop)
        stopper.start()
        began = time.monotonic()
        with pytest.raises(EngineUnavailable):
            run(engine, "SELECT count(*) FROM range(100000) a, range(100000) b, range(100000) c", 60)
        assert time.monotonic() - began < 30
    finally:
        engine.close()


def test_a_replaced_file_is_read_at_the_next_query(tmp_path: Path) -> None:
    path = tmp_path / "edu.duckdb"
    write_database(path)
    engine = DuckDbEngine(path, EngineSettings(memory_mb=512))
    try:
        assert run(engine, "SELECT count(*) FROM schools") == [(3,)]
        write_database(path, rows=7)
        assert run(engine, "SELECT count(*) FROM schools") == [(7,)]
    finally:
        engine.close()


def test_a_missing_database_is_named_with_the_command_that_makes_it(tmp_path: Path) -> None:
    engine = DuckDbEngine(tmp_path / "none.duckdb", EngineSettings())
    with pytest.raises(EngineUnavailable) as caught:
        engine.health()
    assert caught.value.code == "education_missing"
    assert caught.value.values["command"] == "troly-ingest education"


def test_a_file_that_is_no_database_is_unavailable_not_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "edu.duckdb"
    path.write_bytes(b"not a database" * 1000)
    engine = DuckDbEngine(path, EngineSettings())
    with pytest.raises(EngineUnavailable) as caught:
        engine.health()
    assert caught.value.code == "engine_unavailable"
