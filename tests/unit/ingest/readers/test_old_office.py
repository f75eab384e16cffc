"""Files of old office programs, opened by LibreOffice: the same text as their successors give."""

import io

import docx
import pytest
from openpyxl import Workbook

from ingest.readers.formats import read_file
from ingest.readers.office.conversion import converted, office_program
from tests.system_packages import missing


@pytest.fixture(autouse=True)
def with_office() -> None:
    if not office_program():
        missing("libreoffice-writer-nogui")


def test_an_old_word_file_gives_its_text_and_tables() -> None:
    document = docx.Document()
    document.add_paragraph("Điều 1. Phạm vi điều chỉnh")
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for place, text in enumerate(("Cấp học", "Số lớp", "Tiểu học", "30")):
        table.cell(place // 2, place % 2).text = text
    document.add_paragraph("Điều 2. Hiệu lực")
    stream = io.BytesIO()
    document.save(stream)
    old = converted(stream.getvalue(), "docx", "doc")
    (found,) = read_file(old, "cu.doc")
    texts = [block.text for block in found.blocks]
    assert texts == ["Điều 1. Phạm vi điều chỉnh", "Cấp học | Số lớp\nTiểu học | 30", "Điều 2. Hiệu lực"]
    assert found.warnings == ()


def test_an_old_workbook_gives_its_table() -> None:
    book = Workbook()
    book.worksheets[0].append(["Tỉnh", "Số trường"])  # type: ignore[union-attr]  # a worksheet
    book.worksheets[0].append(["Hà Nội", 2985])  # type: ignore[union-attr]
    stream = io.BytesIO()
    book.save(stream)
    (found,) = read_file(converted(stream.getvalue(), "xlsx", "xls"), "cu.xls")
    assert found.blocks[-1].text == "Tỉnh | Số trường\nHà Nội | 2985"
