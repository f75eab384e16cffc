"""What a row's persons have together — a sum of marks, a mean — is told where enough of them are counted."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pytest
from pydantic import ValidationError

from assistant.access.policy import TablePolicy, load_policy
from assistant.access.principal import Principal, Role
from assistant.errors import QueryRefused
from assistant.query.guard import guard
from assistant.settings import PACKAGE_DIR

POLICY = load_policy(PACKAGE_DIR / "config" / "policy.yml")
NATIONAL = Principal(Role.NATIONAL)
COLUMNS = POLICY.tables["exam_subject_stat"].columns
NUMBERS = set(POLICY.tables["exam_subject_stat"].persons)


@contextmanager
def database(rows: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """exam_subject_stat with these provinces, subjects, papers, marks and years."""
    with duckdb.connect() as connection:
        typed = ", ".join(f"{one} {'INTEGER' if one in NUMBERS else 'VARCHAR'}" for one in COLUMNS)
        typed = typed.replace("score_sum VARCHAR", "score_sum DOUBLE").replace("year VARCHAR", "year INTEGER")
        connection.execute(f"CREATE TABLE exam_subject_stat ({typed})")
        connection.execute(
            f"INSERT INTO exam_subject_stat (province_code, subject_code, papers, score_sum, year) VALUES {rows}"
        )
        yield connection


@pytest.fixture(scope="module")
def marks() -> Iterator[duckdb.DuckDBPyConnection]:
    """Four provinces: many papers, three papers, none, two papers."""
    with database(
        "('01', 'TO', 40, 250, 2025), ('04', 'TO', 3, 27.5, 2025), ('08', 'TO', 0, 0, 2025), "
        "('10', 'TO', 2, 11, 2025), ('01', 'VA', 8, 60, 2025), ('04', 'VA', 7, 50, 2025)"
    ) as connection:
        yield connection


@pytest.fixture(scope="module")
def few() -> Iterator[duckdb.DuckDBPyConnection]:
    """Four provinces: many papers, three papers, none, a few more than enough."""
    with database(
        "('01', 'VA', 20, 90, 2024), ('01', 'TO', 20, 90, 2025), ('04', 'TO', 3, 9, 2024), ('08', 'VA', 0, 0, 2025), "
        "('11', 'VA', 30, 99, 2025)"
    ) as connection:
        yield connection


def told(marks: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return marks.execute(guard(sql, POLICY, NATIONAL).sql).fetchall()


def withheld(marks: duckdb.DuckDBPyConnection, sql: str) -> int:
    probe = guard(sql, POLICY, NATIONAL).probe
    assert probe is not None
    return int(marks.execute(probe).fetchall()[0][0])


CASES = {
    "SELECT province_code, sum(score_sum) s FROM exam_subject_stat WHERE subject_code = 'TO' GROUP BY 1 ORDER BY 1": [
        ("01", 250.0),
        ("04", None),
        ("08", 0.0),
        ("10", None),
    ],
    "SELECT province_code, score_sum FROM exam_subject_stat WHERE subject_code = 'TO' ORDER BY 1": [
        ("01", 250.0),
        ("04", None),
        ("08", 0.0),
        ("10", None),
    ],
    "SELECT province_code, sum(score_sum) / nullif(sum(papers), 0) AS m FROM exam_subject_stat GROUP BY 1 ORDER BY 1": [
        ("01", 310 / 48),
        ("04", None),
        ("08", None),
        ("10", None),
    ],
    "SELECT max(score_sum) AS m FROM exam_subject_stat WHERE province_code = '04'": [(None,)],
    "SELECT max(score_sum) AS m FROM exam_subject_stat": [(250.0,)],
    "SELECT sum(score_sum) FILTER (WHERE province_code = '04' AND subject_code = 'TO') AS s FROM exam_subject_stat": [
        (None,)
    ],
    "SELECT avg(score_sum) AS s FROM exam_subject_stat WHERE province_code = '04' AND subject_code = 'VA'": [(None,)],
    "SELECT count(*) AS n FROM exam_subject_stat WHERE score_sum = 27.5": [(0,)],
    "SELECT count(*) AS n FROM exam_subject_stat WHERE score_sum = 250": [(1,)],
    "SELECT score_sum, count(*) AS n FROM exam_subject_stat WHERE subject_code = 'TO' GROUP BY score_sum ORDER BY 1": [
        (0.0, 1),
        (250.0, 1),
        (None, 2),
    ],
    "SELECT sum(s) AS t FROM (SELECT province_code, sum(score_sum) AS s FROM exam_subject_stat "
    "WHERE subject_code = 'TO' GROUP BY 1) AS x WHERE province_code = '04'": [(None,)],
    "SELECT sum(score_sum) AS t FROM (SELECT * FROM exam_subject_stat WHERE province_code = '04') AS x": [(None,)],
    "SELECT sum(papers) AS t FROM exam_subject_stat": [(60,)],
    "SELECT max(year) AS y, sum(papers) FROM exam_subject_stat": [(2025, 60)],
    "SELECT DISTINCT province_code FROM exam_subject_stat ORDER BY 1": [("01",), ("04",), ("08",), ("10",)],
    "SELECT count(*) AS n FROM exam_subject_stat WHERE papers < 10": [(5,)],
    "SELECT count(*) AS n FROM exam_subject_stat WHERE papers = 3": [(0,)],
    "SELECT count(*) AS n FROM (SELECT province_code FROM exam_subject_stat WHERE subject_code = 'TO' GROUP BY 1 "
    "HAVING sum(papers) = 3) AS x": [(0,)],
    "SELECT count(*) AS n FROM (SELECT province_code FROM exam_subject_stat WHERE subject_code = 'TO' GROUP BY 1 "
    "HAVING sum(papers) = 40) AS x": [(1,)],
    "SELECT sum(n) AS t FROM (SELECT province_code, sum(papers) AS n FROM exam_subject_stat GROUP BY 1) AS x "
    "WHERE province_code = '04'": [(10,)],
    "SELECT sum(n) AS t FROM (SELECT subject_code, sum(papers) AS n FROM exam_subject_stat WHERE province_code = '04' "
    "GROUP BY 1) AS x WHERE subject_code = 'VA'": [(None,)],
}

TOTALS = {
    "SELECT province_code, sum(papers) AS n FROM exam_subject_stat WHERE subject_code = 'TO' "
    "GROUP BY ROLLUP (province_code) ORDER BY 1 NULLS LAST": [
        ("01", 40),
        ("04", None),
        ("08", 0),
        ("10", None),
        (None, None),
    ],
    "SELECT province_code, sum(papers) AS n FROM exam_subject_stat WHERE province_code IN ('01', '08') "
    "AND subject_code = 'TO' GROUP BY GROUPING SETS ((province_code), ()) ORDER BY 1 NULLS LAST": [
        ("01", 40),
        ("08", 0),
        (None, 40),
    ],
    "SELECT province_code, sum(score_sum) AS s FROM exam_subject_stat WHERE subject_code = 'TO' "
    "GROUP BY CUBE (1) ORDER BY 1 NULLS LAST": [("01", 250.0), ("04", None), ("08", 0.0), ("10", None), (None, None)],
    "SELECT province_code, sum(papers) AS n FROM exam_subject_stat WHERE subject_code = 'TO' "
    "GROUP BY ROLLUP (province_code) HAVING sum(papers) > 20 ORDER BY n NULLS LAST": [("01", 40)],
    "SELECT province_code, sum(papers) AS n, rank() OVER (ORDER BY sum(papers)) AS r FROM exam_subject_stat "
    "WHERE subject_code = 'TO' GROUP BY ROLLUP (province_code) HAVING sum(papers) > 20 ORDER BY 1": [
        ("01", 40, 1),
        (None, None, 2),
    ],
    "SELECT subject_code, province_code, sum(papers) AS n FROM exam_subject_stat WHERE year = 2025 "
    "GROUP BY ROLLUP (subject_code, province_code) HAVING sum(papers) > 9 ORDER BY n NULLS LAST": [],
}


@pytest.mark.parametrize(("sql", "wanted"), TOTALS.items())
def test_a_total_that_would_give_a_part_away_goes_too(
    marks: duckdb.DuckDBPyConnection, sql: str, wanted: list[tuple[object, ...]]
) -> None:
    assert told(marks, sql) == wanted


@pytest.mark.parametrize(("sql", "wanted"), CASES.items())
def test_an_amount_is_told_with_the_persons_behind_it(
    marks: duckdb.DuckDBPyConnection, sql: str, wanted: list[tuple[object, ...]]
) -> None:
    assert told(marks, sql) == wanted


BESIDE = {
    # One small province: with it goes the smallest of those that are told, not one without any papers.
    "SELECT province_code, sum(papers) AS n FROM exam_subject_stat GROUP BY 1 ORDER BY 1": [
        ("01", 40),
        ("04", None),
        ("08", 0),
        ("11", None),
    ],
    "SELECT province_code, sum(papers) AS n FROM exam_subject_stat GROUP BY ROLLUP (1) ORDER BY 1 NULLS LAST": [
        ("01", 40),
        ("04", None),
        ("08", 0),
        ("11", None),
        (None, None),
    ],
    # Its number decides nothing either.
    "SELECT province_code FROM exam_subject_stat GROUP BY 1 HAVING sum(papers) BETWEEN 15 AND 25": [],
    "SELECT province_code, sum(papers) AS n FROM exam_subject_stat GROUP BY 1 HAVING sum(papers) > 15": [("01", 40)],
    "SELECT province_code FROM exam_subject_stat GROUP BY 1 ORDER BY sum(papers) NULLS LAST, 1 LIMIT 2": [
        ("08",),
        ("01",),
    ],
    # By two keys, each row and each column by itself.
    "SELECT year, subject_code, sum(papers) AS n FROM exam_subject_stat GROUP BY ALL ORDER BY ALL": [
        (2024, "TO", None),
        (2024, "VA", None),
        (2025, "TO", None),
        (2025, "VA", 30),
    ],
}


@pytest.mark.parametrize(("sql", "wanted"), BESIDE.items())
def test_beside_one_small_part_the_next_goes_too(
    few: duckdb.DuckDBPyConnection, sql: str, wanted: list[tuple[object, ...]]
) -> None:
    assert told(few, sql) == wanted


@pytest.mark.parametrize("aggregate", ["first(papers)", "any_value(score_sum)", "arg_max(papers, score_sum)"])
def test_one_row_of_many_is_no_summary(aggregate: str) -> None:
    with pytest.raises(QueryRefused):
        guard(f"SELECT {aggregate} FROM exam_subject_stat", POLICY, NATIONAL)


def test_what_is_withheld_is_counted(marks: duckdb.DuckDBPyConnection) -> None:
    grouped = "SELECT province_code, sum(score_sum) AS s FROM exam_subject_stat WHERE subject_code = 'TO' GROUP BY 1"
    assert withheld(marks, grouped) == 2
    listed = "SELECT {} FROM exam_subject_stat WHERE subject_code = 'TO'"
    assert withheld(marks, listed.format("province_code, score_sum")) == 2
    assert withheld(marks, listed.format("papers")) == 2
    assert withheld(marks, listed.format("*")) == 6


def test_amounts_need_the_persons_who_have_them() -> None:
    with pytest.raises(ValidationError, match="amounts need persons"):
        TablePolicy(columns=("code", "marks"), scope="shared", amounts=("marks",))
    with pytest.raises(ValidationError, match="not among columns"):
        TablePolicy(columns=("code", "papers"), scope="shared", persons=("papers",), amounts=("marks",))


def test_a_hidden_amount_is_no_amount() -> None:
    policy = POLICY.model_validate(
        {**POLICY.model_dump(), "restrictions": [{"applies_to": "national", "hide": ["score_sum"]}]}
    )
    seen = policy.seen_by("national", ())
    assert seen.tables["exam_subject_stat"].amounts == ("score_square_sum",)
