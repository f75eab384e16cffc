"""How fast born-digital pages are read, and how many articles of real scans are found again."""

import io
import json
import resource
import time
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from assistant.corpus.document import ProvisionKind
from ingest.sync.workers import read_all
from tests.real_data import CORPUS, needs_real_data

pytestmark = pytest.mark.bench

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PAGES_PER_SECOND = 20
FILES, PAGES = 6, 40
SCANS = CORPUS / "office" / "qd_ttg_signed_pdf"
# Counted by eye on the page images.
VISIBLE = {
    "1009": 3,
    "1039": 3,
    "1053": 3,
    "1114": 3,
    "1139": 3,
    "1160": 3,
    "970": 4,
    "981": 3,
    "985": 3,
    "999": 6,
}
RECOVERED_SHARE = 0.97


def circular_of(pages: int, number: int) -> bytes:
    """A circular as an office writes it: forty lines a page, a ruled table on every fifth."""
    pdfmetrics.registerFont(TTFont("DejaVu", str(FONT)))
    stream = io.BytesIO()
    canvas = Canvas(stream, A4)
    for page in range(pages):
        canvas.setFont("DejaVu", 9)
        canvas.drawString(290, 820, str(page + 1))
        canvas.drawString(72, 790, f"Điều {page + 1}. Trách nhiệm công khai thứ {number}")
        for line in range(38):
            text = "Nhà trường có trách nhiệm công khai các khoản thu đầu năm học mới trên trang thông tin điện tử"
            canvas.drawString(72, 770 - 15 * line, f"{line + 1}. {text}." if line % 3 == 0 else text)
        if page % 5 == 0:
            for row in range(4):
                for column in range(3):
                    canvas.rect(72 + 150 * column, 100 + 20 * row, 150, 20)
                    canvas.drawString(80 + 150 * column, 106 + 20 * row, f"Ô {row}.{column}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def cpu_seconds() -> float:
    """Of ended child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.skipif(not FONT.exists(), reason="DejaVuSans.ttf is not installed (package fonts-dejavu-core)")
def test_born_digital_pages_are_read_fast_enough(tmp_path: Path) -> None:
    tasks = []
    for number in range(FILES):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(circular_of(PAGES, number))
        tasks.append((f"kho/{path.name}", path))
    began, spent = time.monotonic(), cpu_seconds()
    results = list(read_all(tasks, 2))
    wall, cpu = time.monotonic() - began, cpu_seconds() - spent
    # By processor time, so that what else the machine does is not measured.
    rate = FILES * PAGES / (cpu / 2)
    shown = {"pages": FILES * PAGES, "wall_pages_per_second": round(FILES * PAGES / wall, 1)}
    print(json.dumps({**shown, "pages_per_second_on_two_free_cores": round(rate, 1)}))
    assert [result.code for result in results] == [""] * FILES
    assert all(len(result.pages) == PAGES for result in results)
    assert rate >= PAGES_PER_SECOND


@needs_real_data
def test_articles_of_scanned_decisions_are_found_again() -> None:
    tasks = [(path.name, path) for path in sorted(SCANS.glob("*.pdf"))]
    found = expected = 0
    for result in read_all(tasks, 2):
        visible = {f"Điều {n}" for n in range(1, VISIBLE[result.key.partition("-")[0]] + 1)}
        units = [unit for document, _ in result.documents for unit in document.provisions]
        articles = [unit.path for unit in units if unit.kind is ProvisionKind.ARTICLE]
        pages = [(page.source.value, page.confidence, page.health) for page in result.pages]
        print(json.dumps({"file": result.key, "visible": len(visible), "articles": articles, "pages": pages}))
        expected += len(visible)
        found += len(visible & set(articles))
    assert expected == sum(VISIBLE.values())
    assert found / expected >= RECOVERED_SHARE
