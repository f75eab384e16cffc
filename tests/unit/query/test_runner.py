"""The runner guards, runs and tells what was changed and withheld; the engine sees nothing that was not guarded."""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
from sqlglot import parse_one

from assistant.access.policy import load_policy
from assistant.access.principal import Principal, Role, parse_principal
from assistant.errors import QueryRefused
from assistant.query.runner import Runner
from assistant.query.table import ResultTable
from assistant.settings import EngineSettings

ROOT = Path(__file__).parents[3]
POLICY = load_policy(ROOT / "evals/datasets/guard/policy.yml")
NATIONAL = Principal(Role.NATIONAL)
HANOI = parse_principal("province:HN", POLICY)
SEED = """
CREATE TABLE provinces AS SELECT 'HN' AS province_code, 'Hà Nội' AS province_name UNION ALL SELECT 'SG', 'Sài Gòn';
CREATE TABLE schools AS
    SELECT i AS school_id, ['HN', 'SG'][1 + i % 2] AS province_code, 'Trường ' || i AS school_name
    FROM range(2000) AS t(i);
CREATE TABLE pupils AS
    SELECT i AS pupil_id, ['HN', 'SG'][1 + i % 2] AS province_code, 'active' AS status,
        CASE WHEN i < 4 THEN 'KXD' WHEN i % 3 = 0 THEN 'F' ELSE 'M' END AS gender
    FROM range(100) AS t(i);
"""


@dataclass
class InMemoryEngine:
    """A real DuckDB in this process, which remembers what it was asked."""

    name: str = "memory"
    dialect: str = "duckdb"
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(SEED)

    def run(self, sql: str, *, timeout_seconds: float, row_cap: int) -> ResultTable:
        self.asked.append(sql)
        cursor = self.connection.execute(sql)
        rows = cursor.fetchmany(row_cap + 1)
        names = tuple(column[0] for column in cursor.description or ())
        return ResultTable(names, tuple(rows[:row_cap]), len(rows) > row_cap)

    def health(self) -> None:
        return None

    def close(self) -> None:
        self.connection.close()


@pytest.fixture
def engine() -> InMemoryEngine:
    return InMemoryEngine()


@pytest.fixture
def runner(engine: InMemoryEngine) -> Runner:
    return Runner(engine, POLICY, EngineSettings())


def test_a_territory_sees_its_rows_and_is_told_so(runner: Runner) -> None:
    result = runner.run("SELECT count(*) AS n FROM schools", HANOI)
    assert result.table.rows == ((1000,),)
    assert result.scoped
    assert result.tables == ("schools",)


def test_the_national_role_is_not_called_narrowed(runner: Runner) -> None:
    result = runner.run("SELECT count(*) AS n FROM schools", NATIONAL)
    assert result.table.rows == ((2000,),)
    assert not result.scoped


def test_shared_tables_do_not_call_for_a_scope(runner: Runner) -> None:
    result = runner.run("SELECT province_name FROM provinces ORDER BY 1", HANOI)
    assert len(result.table.rows) == 2
    assert not result.scoped


def test_the_row_cap_is_told(runner: Runner) -> None:
    result = runner.run("SELECT school_name FROM schools", NATIONAL)
    assert len(result.table.rows) == POLICY.caps.rows
    assert result.table.truncated


def test_an_own_limit_is_no_truncation(runner: Runner) -> None:
    assert not runner.run("SELECT school_name FROM schools LIMIT 10", NATIONAL).table.truncated


def test_withheld_groups_are_counted(runner: Runner) -> None:
    """Four pupils are KXD; the smaller of the other groups goes too, or the total would give them away."""
    result = runner.run("SELECT gender, count(*) AS n FROM pupils GROUP BY gender", NATIONAL)
    assert result.table.columns == ("gender", "n")
    assert result.table.rows == (("M", 64),)
    assert result.table.suppressed == 2
    assert "small_groups" in result.rewrites


def test_a_single_small_number_is_withheld_not_dropped(runner: Runner) -> None:
    result = runner.run("SELECT count(*) AS n FROM pupils WHERE gender = 'KXD'", NATIONAL)
    assert result.table.rows == ((None,),)
    assert result.table.suppressed == 1


def test_one_figure_that_is_shown_is_not_read_again(runner: Runner, engine: InMemoryEngine) -> None:
    sql = "WITH f AS (SELECT COUNT(*) AS m FROM pupils WHERE gender = '{}') SELECT m FROM f"
    for gender, statements, withheld in (("M", 1, 0), ("KXD", 2, 1)):
        engine.asked.clear()
        result = runner.run(parse_one(sql.format(gender), dialect="duckdb"), NATIONAL)
        assert (len(engine.asked), result.table.suppressed) == (statements, withheld)
    grouped = parse_one("SELECT gender, COUNT(*) AS m FROM pupils GROUP BY gender", dialect="duckdb")
    assert runner.run(grouped, NATIONAL).table.suppressed == 2


def test_nobody_is_withheld_like_a_few(runner: Runner) -> None:
    """Were nobody shown as 0, a withheld number would say that there is somebody."""
    result = runner.run("SELECT count(*) AS n FROM pupils WHERE gender = 'X'", NATIONAL)
    assert result.table.rows == ((None,),)
    assert result.table.suppressed == 1


def test_a_pivot_leaves_a_withheld_group_empty_not_zero(runner: Runner) -> None:
    result = runner.run("PIVOT pupils ON gender IN ('KXD', 'M') USING count(*) AS n GROUP BY status", NATIONAL)
    assert result.table.rows == (("active", None, 64),)


def test_a_refused_query_never_reaches_the_engine(runner: Runner, engine: InMemoryEngine) -> None:
    with pytest.raises(QueryRefused):
        runner.run("SELECT full_name FROM pupils", NATIONAL)
    assert engine.asked == []


def test_what_would_run_can_be_seen_without_running(runner: Runner, engine: InMemoryEngine) -> None:
    assert "main.schools" in runner.check("SELECT count(*) FROM schools", HANOI).sql
    assert engine.asked == []
