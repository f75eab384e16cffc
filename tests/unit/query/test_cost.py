"""A query that would only run into its deadline is refused before it runs."""

import time
from pathlib import Path

import duckdb
import pytest

from assistant.access.policy import load_policy
from assistant.access.principal import parse_principal
from assistant.errors import LimitRefused
from assistant.query.engines.duckdb_cost import estimated_rows, explained
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.runner import Runner
from assistant.settings import EngineSettings

POLICY = load_policy(Path(__file__).parents[3] / "evals/datasets/guard/policy.yml")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "schools.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE schools AS SELECT i AS school_id, 'HN' AS province_code FROM range(40000) t(i)"
        )
        connection.execute("CREATE TABLE provinces AS SELECT i AS province_code FROM range(40000) t(i)")
    return path


def test_products_are_multiplied_and_equal_joins_are_not(database: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:

        def expected(sql: str) -> int:
            return estimated_rows(connection.execute(explained(sql)).fetchall()[0][-1])

        assert expected("SELECT sum(school_id) FROM schools") == 40_000
        assert expected("SELECT sum(school_id) FROM schools a JOIN schools b USING (school_id)") < 1_000_000
        assert expected("SELECT count(*) FROM schools a, provinces b, schools c") == 40_000**3


def test_an_unreadable_plan_stops_nothing() -> None:
    assert estimated_rows("no plan") == 0


def test_a_costly_query_is_refused_at_once(database: Path) -> None:
    engine = DuckDbEngine(database, EngineSettings())
    try:
        runner = Runner(engine, POLICY, EngineSettings())
        national = parse_principal("national", POLICY)
        sql = "SELECT count(*) FROM provinces a, provinces b, provinces c"
        began = time.monotonic()
        with pytest.raises(LimitRefused) as refused:
            runner.run(sql, national)
        assert refused.value.code in {"query_too_costly", "query_cross_join"}
        assert time.monotonic() - began < EngineSettings().timeout_seconds
        assert runner.run("SELECT count(*) FROM provinces a JOIN provinces b USING (province_code)", national)
    finally:
        engine.close()
