"""PDF with a text layer: paragraphs whole, page furniture gone; without one, or locked, refused."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import IngestError
from ingest.readers.pages import PageSource
from ingest.readers.pdf import reading
from ingest.readers.pdf.reading import read_pdf
from ingest.readers.pdf.scans import can_recognise
from ingest.readers.raw import BlockKind
from tests.system_packages import missing

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
with_font = pytest.mark.skipif(not FONT.exists(), reason="DejaVuSans.ttf is not installed (package fonts-dejavu-core)")


def pdf(pages: Sequence[Sequence[tuple[float, str]]], password: str = "") -> bytes:
    """Pages of (left edge, line)."""
    stream = io.BytesIO()
    canvas = Canvas(stream, A4, encrypt=StandardEncryption(password) if password else None)
    for lines in pages:
        if lines:
            pdfmetrics.registerFont(TTFont("DejaVu", str(FONT)))
            canvas.setFont("DejaVu", 11)
        for row, (left, line) in enumerate(lines):
            canvas.drawString(left, 800 - 18 * row, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def drawn(rows: Sequence[Sequence[tuple[float, str]]]) -> bytes:
    """One page; each row holds (left edge, piece) pairs on one line."""
    stream = io.BytesIO()
    canvas = Canvas(stream, A4)
    pdfmetrics.registerFont(TTFont("DejaVu", str(FONT)))
    canvas.setFont("DejaVu", 10)
    for place, row in enumerate(rows):
        for left, piece in row:
            canvas.drawString(left, 800 - 16 * place, piece)
    canvas.save()
    return stream.getvalue()


def ruled(pages: Sequence[Sequence[Sequence[str]]]) -> bytes:
    """A title, then a table of 200-point columns on each page."""
    stream = io.BytesIO()
    canvas = Canvas(stream, A4)
    pdfmetrics.registerFont(TTFont("DejaVu", str(FONT)))
    for number, rows in enumerate(pages):
        canvas.setFont("DejaVu", 10)
        if not number:
            canvas.drawString(80, 800, "Biểu số liệu các cấp học trong năm học mới")
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                canvas.rect(80 + 200 * column, 760 - 20 * place, 200, 20)
                canvas.drawString(90 + 200 * column, 766 - 20 * place, cell)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def picture(lines: Sequence[str]) -> Image.Image:
    """A4 at 150 dpi, as an office's scanner would leave it."""
    image = Image.new("L", (1240, 1754), 255)
    font = ImageFont.truetype(str(FONT), 28)
    for place, line in enumerate(lines):
        ImageDraw.Draw(image).text((100, 120 + 60 * place), line, font=font, fill=0)
    return image


def scanned(lines: Sequence[str]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, A4)
    canvas.drawInlineImage(picture(lines), 0, 0, *A4)
    canvas.save()
    return stream.getvalue()


def with_broken_layer() -> bytes:
    """An invisible text layer without the letters that a font had no place for, over the picture of the whole text."""
    stream = io.BytesIO()
    canvas = Canvas(stream, A4)
    canvas.drawInlineImage(picture([LONG] * 6), 0, 0, *A4)
    pdfmetrics.registerFont(TTFont("DejaVu", str(FONT)))
    text = canvas.beginText(48, 780)
    text.setFont("DejaVu", 10)
    text.setTextRenderMode(3)
    for _ in range(6):
        text.textLine("".join(letter for letter in LONG if letter not in "ườệảăầọớ"))
    canvas.drawText(text)
    canvas.save()
    return stream.getvalue()


LONG = "Nhà trường có trách nhiệm công khai các khoản thu đầu năm học mới"


@with_font
def test_lines_become_paragraphs_and_items_stay_apart() -> None:
    page = [
        (90, "Điều 1. Công khai các khoản thu"),
        (90, f"1. {LONG}"),
        (70, "trên trang thông tin điện tử."),
        (90, "2. Thời hạn công khai là 30 ngày."),
    ]
    texts = [block.text for block in read_pdf(pdf([page])).blocks]
    assert texts == [
        "Điều 1. Công khai các khoản thu",
        f"1. {LONG} trên trang thông tin điện tử.",
        "2. Thời hạn công khai là 30 ngày.",
    ]


@with_font
def test_page_numbers_and_running_heads_are_dropped_and_sentences_run_over_pages() -> None:
    words = ("đầu", "giữa", "cuối")
    pages = [
        [
            (250, f"{number}"),
            (70, "CÔNG BÁO MẪU"),
            (90, f"{number}. {LONG}"),
            (70, f"phần {words[number - 1]} của trang."),
        ]
        for number in (1, 2, 3)
    ]
    pages[2][2] = (70, "và các khoản thu khác theo quy định của pháp luật hiện hành về")
    pages[1][3] = (70, f"{LONG}")
    text = "\n".join(block.text for block in read_pdf(pdf(pages)).blocks)
    assert "CÔNG BÁO MẪU" not in text
    assert f"{LONG} và các khoản thu khác" in text
    assert not any(line.isdigit() for line in text.split("\n"))


@with_font
def test_the_two_heads_of_a_document_are_read_one_after_the_other() -> None:
    head = [
        [(70, "BỘ GIÁO DỤC VÀ ĐÀO TẠO"), (300, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")],
        [(95, "Số: 5/2026/TT-BGDĐT"), (340, "Độc lập - Tự do - Hạnh phúc")],
        [(350, "Hà Nội, ngày 02 tháng 3 năm 2026")],
        [(250, "THÔNG TƯ")],
        [(70, "Quy định về việc công khai các khoản thu trong cơ sở giáo dục phổ thông năm học")],
    ]
    texts = [block.text for block in read_pdf(drawn(head)).blocks]
    assert texts[:5] == [
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO",
        "Số: 5/2026/TT-BGDĐT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 02 tháng 3 năm 2026",
    ]
    assert texts[5] == "THÔNG TƯ"


@with_font
def test_a_page_in_two_columns_is_read_column_by_column() -> None:
    rows = [
        [(60, f"Cột trái dòng thứ {row} của trang báo"), (320, f"Cột phải dòng {row} của trang báo")]
        for row in range(12)
    ]
    text = " ".join(block.text for block in read_pdf(drawn(rows)).blocks)
    assert text.index("Cột trái dòng thứ 11") < text.index("Cột phải dòng 0")


@with_font
def test_a_ruled_table_keeps_its_rows_and_is_one_across_a_page_end() -> None:
    pages = [[["Cấp học", "Số lớp"], ["Mầm non", "12"]], [["Cấp học", "Số lớp"], ["Tiểu học", "30"]]]
    blocks = read_pdf(ruled(pages)).blocks
    assert [block.kind for block in blocks] == [BlockKind.TEXT, BlockKind.TABLE]
    assert blocks[1].text == "Cấp học | Số lớp\nMầm non | 12\nTiểu học | 30"


@with_font
def test_pages_without_text_are_named() -> None:
    found = read_pdf(pdf([[(70, LONG)], [], [(70, f"2. {LONG}")]]))
    assert found.warnings == ("pages_without_text:2",)
    assert [page.source for page in found.pages] == [PageSource.TEXT, PageSource.EMPTY, PageSource.TEXT]


@with_font
def test_a_page_whose_text_lost_its_letters_is_read_from_its_image() -> None:
    """The layer says "Nhà trưng có trách nhim"; the page shows the whole words."""
    if not can_recognise():
        missing("tesseract-ocr-vie")
    found = read_pdf(with_broken_layer())
    assert found.pages[0].source is PageSource.OCR
    assert "trách nhiệm" in " ".join(block.text for block in found.blocks)


@with_font
def test_a_damaged_page_is_named_and_not_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "can_recognise", lambda: False)
    broken = "".join(letter for letter in LONG if letter not in "ườệảăầọớ")
    found = read_pdf(pdf([[(70, LONG)], [(70, f"{broken} {row}") for row in range(4)]]))
    assert found.warnings == ("pages_damaged:2",)
    assert broken not in "\n".join(block.text for block in found.blocks)


@with_font
def test_scanned_pages_are_recognised_and_articles_found() -> None:
    if not can_recognise():
        missing("tesseract-ocr-vie")
    found = read_pdf(scanned(["Điều 1. Phạm vi điều chỉnh", LONG, "Điều 2. Đối tượng áp dụng", LONG]))
    assert found.pages[0].source is PageSource.OCR
    assert found.pages[0].confidence > 0.8
    texts = [block.text for block in found.blocks]
    assert [text for text in texts if text.startswith("Điều ")] == [
        "Điều 1. Phạm vi điều chỉnh",
        "Điều 2. Đối tượng áp dụng",
    ]
    assert found.warnings == ("pages_read_by_ocr:1",)


@with_font
def test_a_scan_without_a_recogniser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "can_recognise", lambda: False)
    with pytest.raises(IngestError) as caught:
        read_pdf(scanned([LONG]))
    assert caught.value.code == "pdf_without_text"


def test_blank_pages_are_refused() -> None:
    with pytest.raises(IngestError) as caught:
        read_pdf(pdf([[], []]))
    assert caught.value.code == "pdf_without_text"


def test_a_locked_file_is_refused() -> None:
    with pytest.raises(IngestError) as caught:
        read_pdf(pdf([[]], password="mat-khau"))
    assert caught.value.code == "pdf_password"
