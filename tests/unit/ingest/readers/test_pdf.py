"""PDF with a text layer: paragraphs whole, page furniture gone; without one, or locked, refused."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import IngestError
from ingest.readers.pdf import read_pdf

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
def test_pages_without_text_are_named() -> None:
    found = read_pdf(pdf([[(70, LONG)], [], [(70, f"2. {LONG}")]]))
    assert found.warnings == ("pages_without_text:2",)


def test_a_scan_is_refused() -> None:
    with pytest.raises(IngestError) as caught:
        read_pdf(pdf([[], []]))
    assert caught.value.code == "pdf_without_text"


def test_a_locked_file_is_refused() -> None:
    with pytest.raises(IngestError) as caught:
        read_pdf(pdf([[]], password="mat-khau"))
    assert caught.value.code == "pdf_password"
