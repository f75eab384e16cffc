"""PDF with a text layer, page by page: lines joined to paragraphs, page numbers and running heads dropped."""

import re
from collections import Counter
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from assistant.errors import FileUnreadable
from ingest.readers.raw import RawDocument, clean, paragraphs

MAX_PAGES = 3000
_MINIMUM_CHARS_PER_PAGE = 20
_PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\W*$", re.IGNORECASE)
_ITEM = re.compile(
    r"^(?:Điều\s+\d+[a-zđ]?\s*[.:]|(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục)\s+[IVXLC\d]|(?:Phụ lục|PHỤ LỤC)\b"
    r"|\d+[a-zđ]?[.)]\s|[a-zđ]\d?\)\s|[-–+•]\s|[“\"]|Căn cứ\s|Theo đề nghị|Nơi nhận|Số\s*:)"
)
_SENTENCE_END = re.compile(r"[.;:!?”\"]\s*$")
_EDGE_LINES = 2


class _Line(NamedTuple):
    text: str
    left: float
    right: float


def read_pdf(data: bytes) -> RawDocument:
    pages, empty = _pages(data)
    if not any(pages):
        raise FileUnreadable("pdf_without_text", detail=f"{len(pages)} pages")
    kept = _without_running_heads(pages)
    blocks = [block for part in _join(kept) for block in paragraphs(part)]
    shown = ", ".join(map(str, empty[:20]))
    return RawDocument(tuple(blocks), warnings=(f"pages_without_text:{shown}",) if empty else ())


def _pages(data: bytes) -> tuple[list[list[_Line]], list[int]]:
    """The lines of each page, and the numbers of pages that hold no text (scans)."""
    pages: list[list[_Line]] = []
    empty: list[int] = []
    try:
        document = pdfium.PdfDocument(data)
        try:
            if len(document) > MAX_PAGES:
                raise FileUnreadable("file_too_large", detail=f"{len(document)} pages")
            for number, page in enumerate(document, 1):
                lines = _lines(page)
                if sum(len(line.text) for line in lines) < _MINIMUM_CHARS_PER_PAGE:
                    empty.append(number)
                    lines = []
                pages.append(lines)
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        code = "pdf_password" if "password" in str(error).lower() else "pdf_unreadable"
        raise FileUnreadable(code, detail=str(error)) from error
    return pages, empty


def _lines(page: pdfium.PdfPage) -> list[_Line]:
    text_page = page.get_textpage()
    try:
        lines: list[_Line] = []
        start = 0
        for written in text_page.get_text_range().split("\n"):
            length = len(written) + 1
            stripped = written.strip()
            if stripped:
                first = start + len(written) - len(written.lstrip())
                last = start + len(written.rstrip()) - 1
                lines.append(_Line(clean(stripped), _edge(text_page, first, 0), _edge(text_page, last, 2)))
            start += length
        return [line for line in lines if line.text]
    finally:
        text_page.close()
        page.close()


def _edge(text_page: pdfium.PdfTextPage, index: int, side: int) -> float:
    # The text may hold characters the page does not (line breaks), so places in it are translated first.
    place = pdfium_raw.FPDFText_GetCharIndexFromTextIndex(text_page, index)
    try:
        return float(text_page.get_charbox(place)[side]) if place >= 0 else 0.0
    except (pdfium.PdfiumError, IndexError):
        return 0.0


def _without_running_heads(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Drop bare page numbers, and edge lines that repeat on most pages."""
    edges: Counter[str] = Counter()
    for lines in pages:
        edges.update({_shape(line.text) for line in [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]})
    filled = sum(1 for lines in pages if lines)
    repeated = {shape for shape, count in edges.items() if filled >= 3 and count > 0.6 * filled}
    return [_body_lines(lines, repeated) for lines in pages]


def _body_lines(lines: list[_Line], repeated: set[str]) -> list[_Line]:
    def is_furniture(line: _Line) -> bool:
        return bool(_PAGE_NUMBER.match(line.text)) or _shape(line.text) in repeated

    start, end = 0, len(lines)
    while start < min(_EDGE_LINES, end) and is_furniture(lines[start]):
        start += 1
    while end > max(start, len(lines) - _EDGE_LINES) and is_furniture(lines[end - 1]):
        end -= 1
    return lines[start:end]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _join(pages: list[list[_Line]]) -> list[str]:
    """Paragraphs, which may run over a page end. A line that stops early, or an item that begins, parts them."""
    parts: list[str] = []
    previous: _Line | None = None
    for lines in pages:
        margin = max((line.right for line in lines), default=0.0)
        width = margin - min((line.left for line in lines), default=0.0)
        for line in lines:
            if previous is not None and _continues(previous, line, margin - 0.12 * width):
                parts[-1] += " " + line.text
            else:
                parts.append(line.text)
            previous = line
    return parts


def _continues(previous: _Line, line: _Line, full_right: float) -> bool:
    if _ITEM.match(line.text) or line.text.isupper() != previous.text.isupper():
        return False
    if previous.right >= full_right:
        # A full line goes on, unless a sentence ended with it and the next one is indented like a new paragraph.
        return not (_SENTENCE_END.search(previous.text) and line.left > previous.left + 12)
    return not _SENTENCE_END.search(previous.text) and line.text[:1].islower()
