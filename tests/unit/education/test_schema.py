"""The tables: explained in Vietnamese, typed as promised, free of identifiers, and all in the policy."""

import re

import duckdb
import pytest

from assistant.access.policy import load_policy
from assistant.settings import Settings
from ingest.education.codes import read_codes
from ingest.education.database import SCHEMA_FILE, schema_comments

IDENTIFIERS = re.compile(
    r"full_?name|first_?name|last_?name|ho_ten|dob|birth|phone|email|address|national_id|cccd|cmnd|identity_no|moet_id|passport"
)
VIETNAMESE = re.compile(r"[ăâđêôơưàáạảãằắặẳẵầấậẩẫèéẹẻẽềếệểễìíịỉĩòóọỏõồốộổỗờớợởỡùúụủũừứựửữỳýỵỷỹ]", re.IGNORECASE)
COLUMNS = "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal"


@pytest.fixture(scope="module")
def columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    return connection.execute(COLUMNS + " ORDER BY table_oid, column_index").fetchall()


def test_every_table_and_column_is_explained_in_vietnamese(
    connection: duckdb.DuckDBPyConnection, columns: list[tuple[str, str, str, str]]
) -> None:
    for table, words in connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall():
        assert words, table
        assert VIETNAMESE.search(words), (table, words)
    for table, column, _, words in columns:
        assert words, (table, column)
        assert VIETNAMESE.search(words) or "," in words, (table, column, words)


def test_no_column_identifies_a_person(columns: list[tuple[str, str, str, str]]) -> None:
    assert not [(table, column) for table, column, _, _ in columns if IDENTIFIERS.search(column)]


def test_codes_are_text_and_counts_are_integers(columns: list[tuple[str, str, str, str]]) -> None:
    for table, column, kind, _ in columns:
        if column.endswith("_code") or column in ("code", "province_code_63", "hei_id", "school_id"):
            assert kind == "VARCHAR", (table, column)
        assert kind in ("VARCHAR", "INTEGER", "DOUBLE", "DATE", "BOOLEAN"), (table, column, kind)


def test_every_row_with_a_place_carries_both_maps(columns: list[tuple[str, str, str, str]]) -> None:
    tables = {table for table, column, _, _ in columns if column == "province_code"}
    assert tables == {table for table, column, _, _ in columns if column == "province_code_63"}


def test_every_fact_says_it_is_synthetic_and_of_which_day(columns: list[tuple[str, str, str, str]]) -> None:
    named: dict[str, set[str]] = {}
    for table, column, _, _ in columns:
        named.setdefault(table, set()).add(column)
    without = ("dim_", "ref_", "bridge_", "meta", "data_source", "org_unit", "school_level", "exam_round")
    facts = [table for table in named if not table.startswith(without) or table == "school_level_profile"]
    assert len(facts) > 30
    for table in facts:
        assert {"is_synthetic", "source_id", "as_of_date"} <= named[table], table


def test_the_policy_names_every_table_and_column(columns: list[tuple[str, str, str, str]]) -> None:
    policy = load_policy(Settings().policy_file)
    found: dict[str, list[str]] = {}
    for table, column, _, _ in columns:
        found.setdefault(table, []).append(column)
    assert {name: list(table.columns) for name, table in policy.tables.items()} == found
    for name, table in policy.tables.items():
        if table.shared:
            assert "province_code" not in table.columns or name == "org_unit"
        else:
            assert table.scope == "province_code"


def test_the_policy_knows_the_provinces_of_the_map_in_force(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT code, name_vi FROM dim_province WHERE admin_version_id = '34-2025'"
    assert load_policy(Settings().policy_file).territories == dict(connection.execute(sql).fetchall())


def test_a_code_without_a_name_is_stored_nowhere(connection: duckdb.DuckDBPyConnection) -> None:
    lists = {
        "level_code": "ref_level",
        "sublevel_code": "ref_sublevel",
        "grade_code": "ref_grade",
        "sex_code": "ref_sex",
        "ethnicity_group": "ref_ethnicity_group",
        "ownership_code": "ref_ownership",
        "area_code": "ref_area",
        "level_group_code": "ref_level_group",
        "facility_kind": "ref_facility_kind",
        "subject_code": "ref_subject",
        "field_code": "ref_field",
        "degree_code": "ref_degree",
        "scheme_code": "ref_result_scheme",
        "result_code": "ref_result_level",
        "destination_code": "ref_destination",
        "reason_code": "ref_dropout_reason",
        "standard_code": "ref_standard_level",
        "qualification_code": "ref_qualification",
        "rating_code": "ref_staff_rating",
        "diploma_kind": "ref_diploma_kind",
        "competency_level": "ref_competency_level",
        "method_code": "ref_admission_method",
        "candidate_kind": "ref_candidate_kind",
        "purpose_code": "ref_residency_purpose",
        "person_group": "ref_person_group",
        "age_group": "ref_age_group",
    }
    codes = read_codes()
    for table, column, _, _ in connection.execute(COLUMNS).fetchall():
        if column in lists:
            stored = {code for (code,) in connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()}
            assert stored - {None} <= set(codes[lists[column]]), (table, column)


def test_a_comment_of_a_column_wins_over_the_common_one() -> None:
    tables, columns, defaults = schema_comments(SCHEMA_FILE.read_text(encoding="utf-8"))
    assert columns["school", "name_vi"] == "Tên cơ sở (giả lập)"
    assert defaults["name_vi"] == "Tên tiếng Việt"
    assert len(tables) == 94
