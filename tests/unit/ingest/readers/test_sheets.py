"""Workbooks and CSV: every table with its caption, unit and one header row; nothing lost without a word."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assistant.errors import IngestError
from ingest.readers.formats import read_file
from ingest.readers.raw import BlockKind


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def first_sheet(book: Workbook) -> Worksheet:
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_a_table_keeps_its_caption_unit_and_header_and_merged_cells_reach_every_row() -> None:
    book = Workbook()
    sheet = first_sheet(book)
    sheet.title = "Biểu 1"
    for row in (
        ["SỐ LIỆU HỌC SINH ĐẦU NĂM"],
        ["Đơn vị tính: học sinh"],
        [],
        ["Tỉnh", "Cấp học", "Học sinh", None],
        [None, None, "Tổng số", "Nữ"],
        ["Hà Nội", "Tiểu học", 100, 48.5],
        [None, "THCS", 90, 0.5],
        ["Nguồn: số liệu mẫu"],
    ):
        sheet.append(row)
    for merged in ("A4:A5", "B4:B5", "C4:D4", "A6:A7"):
        sheet.merge_cells(merged)
    sheet["D7"].number_format = "0.0%"
    (found,) = read_file(saved(book), "bieu.xlsx")
    assert [block.kind for block in found.blocks] == [
        BlockKind.HEADING,
        BlockKind.HEADING,
        BlockKind.TABLE,
        BlockKind.TEXT,
    ]
    assert [found.blocks[0].text, found.blocks[1].text] == [
        "Biểu 1",
        "SỐ LIỆU HỌC SINH ĐẦU NĂM – Đơn vị tính: học sinh",
    ]
    assert found.blocks[2].text.split("\n") == [
        "Tỉnh | Cấp học | Học sinh – Tổng số | Học sinh – Nữ",
        "Hà Nội | Tiểu học | 100 | 48,5",
        "Hà Nội | THCS | 90 | 50%",
    ]
    assert found.blocks[3].text == "Nguồn: số liệu mẫu"


def test_two_tables_of_one_sheet_stay_apart_and_days_are_written_as_people_do() -> None:
    book = Workbook()
    sheet = first_sheet(book)
    for row in (["Lớp", "Ngày"], ["1A", date(2026, 9, 5)], [], ["Mã", "Tên"], ["001", "Kinh"]):
        sheet.append(row)
    (found,) = read_file(saved(book), "a.xlsx")
    assert [block.text for block in found.blocks] == ["Lớp | Ngày\n1A | 05/09/2026", "Mã | Tên\n001 | Kinh"]


def test_formulas_never_computed_and_hidden_sheets_are_named() -> None:
    book = Workbook()
    sheet = first_sheet(book)
    sheet.append(["Lớp", "Số"])
    sheet.append(["Tổng", "=SUM(B3:B4)"])
    hidden = book.create_sheet("Danh mục")
    hidden.append(["a", "b"])
    hidden.sheet_state = "hidden"
    (found,) = read_file(saved(book), "a.xlsx")
    assert set(found.warnings) == {"sheets_hidden:Danh mục", "formulas_without_values:Sheet, B2"}


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_delimited_text_is_a_table(sign: str) -> None:
    text = f"Tỉnh{sign}Số trường\nHà Nội{sign}2985\n"
    (found,) = read_file(text.encode(), "bang.csv")
    assert [(block.kind, block.text) for block in found.blocks] == [
        (BlockKind.TABLE, "Tỉnh | Số trường\nHà Nội | 2985")
    ]


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(IngestError) as caught:
        read_file(saved(Workbook()), "a.xlsx")
    assert caught.value.code == "file_empty"


def test_numbers_keep_their_digits_and_what_their_format_adds() -> None:
    book = Workbook()
    sheet = first_sheet(book)
    cells = (
        (7, "000"),
        (1e-7, "General"),
        (2.5, '0.00" %"'),
        (0.125, "0%"),
        (3.14159265, "0.0"),
        (timedelta(hours=30), "[h]:mm"),
    )
    sheet.append(["Mã", "Nhỏ", "Tỷ lệ", "Phần trăm", "Số", "Giờ"])
    sheet.append([value for value, _ in cells])
    for cell, (_, shape) in zip(sheet[2], cells, strict=True):
        cell.number_format = shape
    (block,) = read_file(saved(book), "x.xlsx")[0].blocks
    assert block.text.split("\n")[1] == "007 | 0,0000001 | 2,5 % | 12,5% | 3,14159265 | 30:00"


def test_tables_side_by_side_are_two_tables() -> None:
    book = Workbook()
    for row in (["Bảng A", None, None, "Bảng B"], ["Lớp", "Sĩ số", None, "Môn", "Tiết"], ["1A", 35, None, "Toán", 4]):
        first_sheet(book).append(row)
    blocks = read_file(saved(book), "x.xlsx")[0].blocks
    assert [block.text for block in blocks] == ["Bảng A", "Lớp | Sĩ số\n1A | 35", "Bảng B", "Môn | Tiết\nToán | 4"]


def test_a_line_break_inside_a_quoted_cell_parts_words_not_rows() -> None:
    (block,) = read_file('Mã,Mô tả\n1,"dòng một\ndòng hai"\n'.encode(), "x.csv")[0].blocks
    assert block.text == "Mã | Mô tả\n1 | dòng một dòng hai"
