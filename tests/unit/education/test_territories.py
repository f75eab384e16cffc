"""Geography has versions: an officer of a merged province sees the history of its old parts, and of no other."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import duckdb
import pytest

from assistant.access.policy import load_policy
from assistant.access.principal import Principal, parse_principal
from assistant.errors import NotPermitted
from assistant.query.guard import guard
from assistant.settings import PACKAGE_DIR
from ingest.education import geography

POLICY = load_policy(PACKAGE_DIR / "config" / "policy.yml")
NATIONAL = parse_principal("national", POLICY)
CODES = {"province_code", "province_code_63"}
BOTH = sorted(name for name, one in POLICY.tables.items() if not one.shared and set(one.columns) >= CODES)


@cache
def parts() -> dict[str, set[str]]:
    """The 63-map codes each of the 34 provinces was made of."""
    path = Path(geography.__file__).parent / "data" / "provinces_63_to_34.csv"
    found: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["new_code"]].add(row["old_code"])
    return found


MERGED = sorted(code for code, old in parts().items() if len(old) > 1)


def told(connection: duckdb.DuckDBPyConnection, sql: str, who: Principal) -> list[tuple[object, ...]]:
    return connection.execute(guard(sql, POLICY, who).sql).fetchall()


def test_there_are_merged_provinces_and_tables_to_look_at() -> None:
    assert len(parts()) == len(POLICY.territories)
    assert len(MERGED) == 23
    assert len(BOTH) > 25


@pytest.mark.parametrize("code", MERGED)
def test_the_history_of_every_old_part_is_seen_and_of_no_other(
    connection: duckdb.DuckDBPyConnection, code: str
) -> None:
    officer = parse_principal(f"province:{code}", POLICY)
    summed = "SELECT school_year, province_code_63, sum(final_year_pupils) AS n FROM completion_stat"
    sql = f"{summed} GROUP BY 1, 2 ORDER BY 1, 2"
    mine = told(connection, sql, officer)
    before = [row for row in mine if str(row[0]) < "2025"]
    assert {row[1] for row in before} == parts()[code]
    assert mine == [row for row in told(connection, sql, NATIONAL) if row[1] in parts()[code]]


@pytest.mark.parametrize("table", BOTH)
def test_no_table_tells_of_another_province(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    officer = parse_principal("province:25", POLICY)
    sql = f"SELECT DISTINCT province_code, province_code_63 FROM {table}"
    for new, old in told(connection, sql, officer):
        assert new == "25"
        assert old is None or old in parts()["25"]


@pytest.mark.parametrize("table", BOTH)
def test_every_row_has_both_codes_and_they_agree(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    pairs = connection.execute(f"SELECT DISTINCT province_code, province_code_63 FROM {table}").fetchall()
    wrong = [(new, old) for new, old in pairs if old is not None and old not in parts().get(new, set())]
    assert not wrong


def test_an_old_code_is_no_territory_unless_it_still_is_one() -> None:
    gone = {old for new, codes in parts().items() for old in codes} - set(POLICY.territories)
    assert len(gone) == 29
    for code in gone:
        with pytest.raises(NotPermitted):
            parse_principal(f"province:{code}", POLICY)


def test_an_officer_of_two_provinces_sees_the_parts_of_both(connection: duckdb.DuckDBPyConnection) -> None:
    officer = parse_principal("province:08,25", POLICY)
    sql = "SELECT DISTINCT province_code_63 FROM completion_stat WHERE school_year = '2020-2021'"
    assert {row[0] for row in told(connection, sql, officer)} == parts()["08"] | parts()["25"]
