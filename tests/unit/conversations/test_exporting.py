"""A table as a file: the same cells, no cell a spreadsheet would run, and what the figures mean beside them."""

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest

from assistant.conversations.answer import Answer, AnswerStatus
from assistant.conversations.exporting import export

HOSTILE = ("=1+1", "+1", "-2+3", "@SUM(A1)", "\tx", "\rx")
ANSWER = Answer(
    AnswerStatus.ANSWERED,
    "Số trường: 2.",
    date(2026, 11, 23),
    sql="SELECT 1",
    columns=("Tỉnh", "=Số trường"),
    rows=(("Huế", 2), ("Hà Nội", None), *((text, -1) for text in HOSTILE)),
    interpretation=("Chỉ tiêu: Số trường",),
    notices=("Nguồn: CSDL ngành.",),
    query_id="q-abc",
    sql_reading="Số trường: cộng từ bảng schools.",
)


def csv_rows() -> list[list[str]]:
    return list(csv.reader(StringIO(export(ANSWER, "csv").decode("utf-8-sig"))))


def test_a_csv_holds_table_and_notes() -> None:
    rows = csv_rows()
    assert rows[0] == ["Tỉnh", "'=Số trường"]
    assert rows[1:3] == [["Huế", "2"], ["Hà Nội", ""]]
    assert ["Mã truy vấn", "q-abc"] in rows
    assert ["Tôi hiểu là", "Chỉ tiêu: Số trường"] in rows


def test_text_that_would_run_is_kept_text_in_a_csv() -> None:
    assert [row[0] for row in csv_rows()[3 : 3 + len(HOSTILE)]] == [f"'{text}" for text in HOSTILE]


def test_an_xlsx_keeps_numbers_and_gaps_and_runs_nothing() -> None:
    book = openpyxl.load_workbook(BytesIO(export(ANSWER, "xlsx")))
    sheet, notes = book.worksheets
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[1] == ["Huế", 2]
    assert cells[2] == ["Hà Nội", None]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert ["Mã truy vấn", "q-abc"] in [[cell.value for cell in row] for row in notes.iter_rows()]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_negative_number_stays_a_number(kind: str) -> None:
    data = export(ANSWER, kind)
    if kind == "csv":
        assert csv_rows()[3][1] == "-1"
    else:
        assert openpyxl.load_workbook(BytesIO(data)).worksheets[0]["B4"].value == -1
