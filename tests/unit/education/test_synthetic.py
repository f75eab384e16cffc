"""The content: on both maps, calibrated, faulty in the ways real data are, and the same for the same seed."""

import json
from pathlib import Path

import duckdb
import pytest

from ingest.education.database import existing_database
from ingest.education.published import Comparison, compare
from tests.unit.education.conftest import build

GOLD = Path(__file__).parents[2] / "data/education/gold_queries.jsonl"
# Code on both maps → the province it meant before 1 July 2025.
CODE_TRAPS = {
    "15": "Yên Bái",
    "24": "Bắc Giang",
    "44": "Quảng Bình",
    "52": "Bình Định",
    "80": "Long An",
    "82": "Tiền Giang",
    "91": "Kiên Giang",
}
PLACED = """
    SELECT table_name FROM duckdb_columns() WHERE column_name = 'province_code_63' AND table_name NOT IN
    ('org_unit', 'report_submission', 'civil_servant_sync', 'exam_subject_national')
"""
CASES = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
CHECKSUM = "SELECT count(*), bit_xor(hash(t)), sum(hash(t)::HUGEINT % 1000003) FROM {} AS t"


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def checksums(path: Path) -> dict[str, tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: connection.execute(CHECKSUM.format(name)).fetchone() for name in tables}


def test_the_same_seed_gives_the_same_rows_and_another_seed_does_not(tmp_path: Path, small_path: Path) -> None:
    first = checksums(small_path)
    assert checksums(build(tmp_path / "again.duckdb", scale=1000, seed=7)) == first
    other = checksums(build(tmp_path / "other.duckdb", scale=1000, seed=8))
    assert {name for name in first if name.startswith(("dim_", "ref_")) and other[name] != first[name]} == set()
    assert other["enrolment"] != first["enrolment"]


@pytest.fixture(scope="module")
def comparisons(database_path: Path) -> list[Comparison]:
    with existing_database(database_path) as database:
        return compare(database)


def test_generated_totals_agree_with_the_published_ones(comparisons: list[Comparison]) -> None:
    assert len(comparisons) > 150
    outside = [one for one in comparisons if not one.within]
    assert not outside


def test_the_published_digital_report_cards_are_met_exactly(connection: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT count(DISTINCT org_id) FILTER (WHERE cards_sent IS NOT NULL), sum(schools_sent), sum(schools_total),
        sum(cards_sent), sum(cards_total) FROM digital_report_card_daily WHERE snapshot_date = DATE '2024-07-05'"""
    assert connection.execute(sql).fetchone() == (18, 30, 147, 17472, 89192)


def test_both_codes_of_every_row_agree_with_the_bridge(connection: duckdb.DuckDBPyConnection) -> None:
    tables = [name for (name,) in connection.execute(PLACED).fetchall()]
    assert len(tables) > 25
    for table in tables:
        if table == "dim_province":
            continue
        sql = f"""SELECT count(*) FROM {table} LEFT JOIN bridge_province ON old_code = province_code_63
            WHERE new_code IS DISTINCT FROM province_code"""
        assert one(connection, sql) == 0, table


def test_the_seven_traps_are_marked_and_mean_two_places(connection: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT DISTINCT new_code, short_name FROM bridge_province JOIN dim_province ON code = new_code
        AND admin_version_id = '63-2024' WHERE is_code_trap"""
    assert dict(connection.execute(sql).fetchall()) == CODE_TRAPS


@pytest.mark.parametrize("code", CODE_TRAPS)
def test_a_trapped_code_counts_other_pupils_on_each_map(connection: duckdb.DuckDBPyConnection, code: str) -> None:
    of_year = """SELECT sum(pupils) FROM enrolment WHERE level_code = 'TH' AND school_year = '2025-2026'
        AND period_code = 'DN' AND {}"""
    on_new = one(connection, of_year.format(f"province_code = '{code}'"))
    on_old = one(connection, of_year.format(f"province_code_63 = '{code}'"))
    parts = f"province_code_63 IN (SELECT old_code FROM bridge_province WHERE new_code = '{code}')"
    assert on_new == one(connection, of_year.format(parts)) != on_old


def test_national_totals_do_not_depend_on_the_map(connection: duckdb.DuckDBPyConnection) -> None:
    def total(column: str, version: str) -> object:
        join = f"JOIN dim_province ON code = {column} AND admin_version_id = '{version}'"
        return one(connection, f"SELECT sum(pupils) FROM enrolment {join}")

    assert total("province_code", "34-2025") == total("province_code_63", "63-2024") is not None


@pytest.mark.parametrize("level", ["MN", "TH", "THCS", "THPT", "GDTX"])
def test_every_old_province_has_learners_of_every_level(connection: duckdb.DuckDBPyConnection, level: str) -> None:
    sql = f"""SELECT count(DISTINCT province_code_63) FROM enrolment WHERE level_code = '{level}' AND pupils > 0
        AND school_year = '2024-2025' AND period_code = 'DN'"""
    assert one(connection, sql) == 63


def test_what_was_not_reported_is_null_and_never_zero(connection: duckdb.DuckDBPyConnection) -> None:
    silent = "FROM school_year_profile WHERE NOT has_reported"
    assert int(str(one(connection, f"SELECT count(*) {silent}"))) > 0
    assert one(connection, f"SELECT count(rooms_total) + count(has_internet) {silent}") == 0
    late = one(connection, "SELECT count(*) FROM report_submission WHERE state_code = 'CHUA_NOP'")
    assert int(str(late)) >= 3
    sql = """SELECT count(*), count(e.pupils) FROM enrolment AS e
        JOIN report_submission AS r USING (province_code, level_code, school_year, period_code)
        WHERE r.state_code = 'CHUA_NOP'"""
    rows, known = connection.execute(sql).fetchone() or (0, 0)
    assert rows > 0
    assert known == 0
    assert one(connection, "SELECT count(*) FROM enrolment WHERE pupils = 0") == 0


def test_beginning_and_end_of_year_differ(connection: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT count(*) FROM (SELECT sum(pupils) FILTER (WHERE period_code = 'DN') AS dn,
        sum(pupils) FILTER (WHERE period_code = 'CN') AS cn FROM enrolment WHERE school_year < '2026-2027'
        GROUP BY school_year, level_code) WHERE dn <> cn"""
    assert one(connection, sql) == 30


def test_schools_of_several_levels_make_two_right_denominators(connection: duckdb.DuckDBPyConnection) -> None:
    counted = """SELECT count(*) FROM {} WHERE school_year = '2023-2024' AND period_code = 'DN'
        AND facility_kind = 'TRUONG' AND {} = 'TH'"""
    assert one(connection, counted.format("school_year_profile", "headline_level_code")) == 122
    assert one(connection, counted.format("school_level_profile", "level_code")) == 147


def test_schools_close_and_merge_some_of_them_in_mid_year(connection: duckdb.DuckDBPyConnection) -> None:
    assert int(str(one(connection, "SELECT count(*) FROM school WHERE month(closed_on) = 1"))) > 0
    sql = """SELECT count(*) FROM school AS s JOIN school AS t ON t.school_id = s.merged_into_school_id
        WHERE s.status = 'SAP_NHAP' AND t.status = 'HOAT_DONG' AND t.province_code_63 = s.province_code_63"""
    assert one(connection, sql) == one(connection, "SELECT count(*) FROM school WHERE status = 'SAP_NHAP'")
    after = """SELECT count(*) FROM school_year_profile AS y JOIN school AS s USING (school_id)
        WHERE y.as_of_date > s.closed_on"""
    assert one(connection, after) == 0


def test_the_tables_of_learners_agree_with_each_other(connection: duckdb.DuckDBPyConnection) -> None:
    def total(table: str, column: str = "pupils") -> list[tuple[object, ...]]:
        sql = f"SELECT school_year, period_code, level_code, sum({column}) FROM {table} GROUP BY ALL ORDER BY ALL"
        return connection.execute(sql).fetchall()

    assert total("enrolment") == total("school_level_profile") == total("pupil_group_stat")
    sql = "SELECT school_year, period_code, level_code, count(*) FROM school_class GROUP BY ALL ORDER BY ALL"
    assert connection.execute(sql).fetchall() == total("school_level_profile", "classes")


def test_departments_follow_the_map_of_their_day(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT count(DISTINCT org_id) FROM report_submission WHERE school_year = '{}' AND period_code = 'DN'"
    assert one(connection, sql.format("2024-2025")) == 63
    assert one(connection, sql.format("2025-2026")) == 34


def test_the_file_says_what_it_is(connection: duckdb.DuckDBPyConnection) -> None:
    meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    assert meta["scale"] == "100"
    assert meta["synthetic"] == "true"
    assert meta["notice"].startswith("Dữ liệu tổng hợp (giả lập) tỉ lệ 1:100")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_gold_query_has_an_answer(connection: duckdb.DuckDBPyConnection, case: dict[str, str]) -> None:
    rows = connection.execute(case["sql"]).fetchall()
    assert rows
    assert all(value is not None for row in rows for value in row)
