"""The table of an answer as a file for a report: CSV or XLSX, with what the figures mean and the query's id."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

import xlsxwriter

from assistant.conversations.answer import Answer
from assistant.conversations.record import Cell, plain_cell

# A spreadsheet runs a cell that begins with one of these; an apostrophe keeps it text.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _NARROWEST = 60, 12
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(answer: Answer, kind: str) -> bytes:
    """The file's bytes; `kind` is a key of MEDIA_TYPES."""
    return _csv(answer) if kind == "csv" else _xlsx(answer)


def neutral(value: object) -> Cell:
    """A cell no spreadsheet takes for a formula; numbers stay numbers."""
    cell = plain_cell(value)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_ACTIVE) else cell


def _csv(answer: Answer) -> bytes:
    """Text that Excel opens with its marks: a byte order mark, then table and notes."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([neutral(name) for name in answer.columns])
    writer.writerows([[neutral(cell) for cell in row] for row in answer.rows])
    writer.writerow([])
    writer.writerows([neutral(name), neutral(value)] for name, value in _notes(answer))
    return text.getvalue().encode("utf-8-sig")


def _xlsx(answer: Answer) -> bytes:
    data = BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, safe) as book:
        sheet, notes = book.add_worksheet("Số liệu"), book.add_worksheet("Cách hiểu")
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, [neutral(name) for name in answer.columns], bold)
        for at, row in enumerate(answer.rows, start=1):
            sheet.write_row(at, 0, [neutral(cell) for cell in row])
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(answer.columns):
            sheet.set_column(at, at, min(_WIDEST, max(_NARROWEST, len(name))))
        for at, (label, value) in enumerate(_notes(answer)):
            notes.write_string(at, 0, label, bold)
            notes.write_string(at, 1, str(neutral(value)))
        notes.set_column(0, 0, 20)
        notes.set_column(1, 1, 100)
    return data.getvalue()


def _notes(answer: Answer) -> Iterator[tuple[str, str]]:
    """What a reader needs a year later: the sentence, the reading, the notices, the SQL and its id."""
    yield "Trả lời", answer.text
    for line in answer.interpretation:
        yield "Tôi hiểu là", line
    for line in answer.notices:
        yield "Lưu ý", line
    if answer.sql_reading:
        yield "Cách tính", answer.sql_reading
    if answer.sql:
        yield "SQL", answer.sql
    yield "Mã truy vấn", answer.query_id
    yield "Ngày hỏi", answer.as_of.isoformat()
    yield "Số dòng", str(len(answer.rows))
    yield "Ghi chú", "Do trợ lý AI lập; người có thẩm quyền kiểm tra trước khi sử dụng."
