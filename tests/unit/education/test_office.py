"""An office's own sheets: headings, marks and codes as offices write them; bad input told with codes, nothing lost."""

import shutil
import sqlite3
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from assistant.errors import AssistantError, InvalidRequest
from ingest.education.office.loading import load_office
from ingest.education.office.sheets import plain
from ingest.education.office.values import BadValue, Codes, whole_number

PUPILS = {
    "source": {"id": "SO_40", "title": "CSDL ngành Sở GDĐT Nghệ An", "as_of": "2026-09-30"},
    "sheets": [
        {
            "file": "C1-HocSinh.xlsx",
            "sheet": "Sheet1",
            "into": "enrolment",
            "columns": {
                "school_id": {"from": "Mã trường"},
                "level_code": {"from": "Cấp học"},
                "grade_code": {"from": "Khối"},
                "sex_code": {"from": "Giới tính", "codes": {"gái": "NU"}},
                "ethnicity_group": {"from": "Dân tộc", "codes": {"Thái": "DTTS", "Kinh": "KINH"}},
            },
            "constants": {
                "school_year": "2026-2027",
                "period_code": "DN",
                "sublevel_code": "TH",
                "province_code": "40",
                "province_code_63": "40",
                "ownership_code": "CONG_LAP",
                "area_code": "04",
            },
            "count": "pupils",
            "replace": ["school_year", "period_code", "province_code"],
        }
    ],
}
HEADINGS = ["STT", unicodedata.normalize("NFD", "Họ và tên"), "Mã\ntrường", unicodedata.normalize("NFD", "Cấp học"),
            "KHỐI", "Giới \n tính", "Dân tộc"]  # fmt: skip
LINES = [
    [1, "Nguyễn Văn A", "N0001", "Tiểu học", 1, "Nam", "Kinh"],
    [2, "Trần Thị B", "N0001", "1", 1, "gái", unicodedata.normalize("NFD", "Thái")],
    [3, "Lê Thị C", "N0001", "TH", "01", "NỮ", "Kinh"],
    [4, "Phạm Văn D", "N0001", "TH", "Lớp 1", "Nam", "Kinh"],
]


@pytest.fixture
def database(small_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(small_path, tmp_path / "education.duckdb"))


@pytest.fixture
def mapped(tmp_path: Path) -> Callable[..., Path]:
    def write(mapping: dict[str, Any] = PUPILS, lines: list[list[Any]] = LINES, **sheet: Any) -> Path:
        book = Workbook()
        page = book.active
        assert page is not None
        page.title = "Sheet1"
        for line in [["DANH SÁCH HỌC SINH"], [], HEADINGS, *lines]:
            page.append(line)
        book.create_sheet("DM_DanToc")
        book.save(tmp_path / "C1-HocSinh.xlsx")
        path = tmp_path / "mapping.yml"
        changed = {**mapping, "sheets": [{**mapping["sheets"][0], **sheet}]}
        path.write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
        return path

    return write


def asked(path: Path, sql: str) -> list[Any]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_pupils_one_by_one_become_counts_and_their_names_are_never_read(
    database: Path, mapped: Callable[..., Path]
) -> None:
    (report,) = load_office(database, mapped())
    assert (report.read, report.taken, report.refused) == (4, 4, 0)
    assert report.decomposed == 1
    rows = asked(
        database, "SELECT sex_code, ethnicity_group, pupils FROM enrolment WHERE source_id = 'SO_40' ORDER BY ALL"
    )
    assert rows == [("NAM", "KINH", 2), ("NU", "DTTS", 1), ("NU", "KINH", 1)]
    others = "SELECT count(*) FROM enrolment WHERE province_code = '40' AND school_year = '2026-2027' AND is_synthetic"
    assert asked(database, others) == [(0,)]
    assert b"Nguy\xe1\xbb\x85n V\xc4\x83n A" not in database.read_bytes()
    [(notice,)] = asked(database, "SELECT value FROM meta WHERE key = 'notice'")
    assert "Nghệ An" in notice


def test_loading_twice_changes_nothing_more(database: Path, mapped: Callable[..., Path]) -> None:
    load_office(database, mapped())
    load_office(database, mapped())
    assert asked(database, "SELECT sum(pupils) FROM enrolment WHERE source_id = 'SO_40'") == [(4,)]
    [(notice,)] = asked(database, "SELECT value FROM meta WHERE key = 'notice'")
    assert notice.count("Nghệ An") == 1


def test_a_bad_line_is_told_and_left_out(database: Path, mapped: Callable[..., Path]) -> None:
    lines = [*LINES * 10, [99, "E", "N0001", "Cao học", 1, "Nam", "Kinh"]]
    (report,) = load_office(database, mapped(lines=lines))
    assert (report.read, report.taken, report.refused) == (41, 40, 1)
    assert report.faults["level_code", "unknown_code"] == 1
    assert report.examples["level_code", "unknown_code"] == ["Cao học"]


def test_too_many_bad_lines_load_nothing(database: Path, mapped: Callable[..., Path]) -> None:
    before = database.read_bytes()
    with pytest.raises(InvalidRequest, match="office_too_many_refused"):
        load_office(database, mapped(lines=[*LINES, [5, "E", "N0001", "TH", 1, "Khác", "Kinh"]]))
    assert database.read_bytes() == before


COUNTS = {
    "source": {"id": "SO_38", "title": "Sở GDĐT Thanh Hóa", "as_of": "2026-09-30"},
    "sheets": [
        {
            "file": "bieu.csv",
            "into": "lower_secondary_transition",
            "columns": {
                "destination_code": {"from": "Hướng đi", "list": "ref_destination"},
                "pupils": {"from": "Số học sinh"},
            },
            "constants": {"school_year": "2025-2026", "province_code": "38", "province_code_63": "38"},
            "replace": ["school_year", "province_code"],
        }
    ],
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_csv_of_any_kind_and_numbers_with_dots(database: Path, tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [["Hướng đi", "Số học sinh"], ["Trung học phổ thông", "31.205"], ["GDTX", "-"], ["GDNN", "4 120"]]
    text = "\n".join(separator.join(line) for line in lines)
    (tmp_path / "bieu.csv").write_text(text, encoding=encoding)
    (tmp_path / "m.yml").write_text(yaml.safe_dump(COUNTS, allow_unicode=True), encoding="utf-8")
    rows_before = asked(database, "SELECT name_vi FROM ref_destination WHERE code = 'THPT'")
    text = text.replace("Trung học phổ thông", rows_before[0][0])
    (tmp_path / "bieu.csv").write_text(text, encoding=encoding)
    load_office(database, tmp_path / "m.yml")
    rows = asked(database, "SELECT destination_code, pupils FROM lower_secondary_transition WHERE source_id = 'SO_38'")
    assert sorted(rows) == [("GDNN", 4120), ("GDTX", None), ("THPT", 31205)]


def test_a_database_of_the_office_is_read(database: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "so.sqlite") as connection:
        connection.execute('CREATE TABLE bieu ("Hướng đi" TEXT, "Số học sinh" INTEGER)')
        connection.execute("INSERT INTO bieu VALUES ('THPT', 12)")
    connection.close()
    changed = {**COUNTS, "sheets": [{**COUNTS["sheets"][0], "file": "so.sqlite", "sheet": "bieu"}]}  # type: ignore[index, dict-item]
    (tmp_path / "m.yml").write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    (report,) = load_office(database, tmp_path / "m.yml")
    assert report.rows == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"file": "khong-co.xlsx"}, "office_file_missing"),
        ({"file": "mapping.yml"}, "office_file_kind"),
        ({"sheet": "Sheet9"}, "office_sheet_missing"),
        ({"into": "meta"}, "office_table_unknown"),
        ({"into": "ref_level"}, "office_table_unknown"),
        ({"into": 'x"; DROP TABLE school; --'}, "office_mapping_invalid"),
        ({"columns": {"school_id": {"from": "Mã lớp"}}}, "office_column_lacking"),
        ({"columns": {**PUPILS["sheets"][0]["columns"], "home": {"from": "Quê quán"}}}, "office_column_unknown"),  # type: ignore[index]
        ({"columns": {**PUPILS["sheets"][0]["columns"], "school_id": {"from": "Mã lớp"}}}, "office_heading_missing"),  # type: ignore[index]
        ({"columns": {}}, "office_mapping_invalid"),
    ],
)
def test_what_is_wrong_has_a_code_and_changes_nothing(
    change: dict[str, Any], code: str, database: Path, mapped: Callable[..., Path]
) -> None:
    before = database.read_bytes()
    with pytest.raises(AssistantError) as refused:
        load_office(database, mapped(**change))
    assert refused.value.code == code
    assert database.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x00\x01\x02"])
def test_a_broken_workbook_is_refused(content: bytes, database: Path, mapped: Callable[..., Path]) -> None:
    path = mapped()
    (path.parent / "C1-HocSinh.xlsx").write_bytes(content)
    with pytest.raises(InvalidRequest, match="office_file_unreadable"):
        load_office(database, path)


@given(st.text())
def test_a_cell_is_a_number_or_a_fault(text: str) -> None:
    fault = None
    value = None
    try:
        value = whole_number(text)
    except BadValue as error:
        fault = str(error)
    assert fault in (None, "not_a_number", "negative")
    assert value is None or value >= 0


@pytest.mark.parametrize(("text", "value"), [("1.234", 1234), ("1 234 567", 1234567), ("12", 12), ("", None), ("0", 0)])
def test_a_number_is_read_as_offices_write_it(text: str, value: int | None) -> None:
    assert whole_number(text) == value


def test_a_leading_zero_comes_back_and_marks_do_not_matter() -> None:
    codes = Codes.of([("01", "Lớp 1", None, None), ("10", "Lớp 10", None, None)], {})
    assert codes.find("1") == "01"
    assert codes.find("10") == "10"
    assert codes.find(unicodedata.normalize("NFD", "LỚP  1")) == "01"
    with pytest.raises(BadValue):
        codes.find("0")
    assert plain("Mã\n trường ") == "mã trường"
