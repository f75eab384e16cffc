"""The text layer of a PDF page: printed lines with their places."""

import re
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from ingest.readers.pdf.lines import Word
from ingest.readers.raw import clean

_WORD = re.compile(r"\S+")
_PATH = pdfium_raw.FPDF_PAGEOBJ_PATH
MAX_CHARS = 60_000
_CHECKED_OBJECTS = 5000


def printed_lines(page: pdfium.PdfPage) -> list[list[Word]]:
    """The words of each line on a page, as the file orders them."""
    height = page.get_height()
    text_page = page.get_textpage()
    try:
        lines: list[list[Word]] = []
        start = 0
        for written in text_page.get_text_range()[:MAX_CHARS].split("\n"):
            lines.append(_words(text_page, written, start, height))
            start += len(written) + 1
        return lines
    finally:
        text_page.close()


def count_rulings(page: pdfium.PdfPage, enough: int) -> int:
    """How many drawn lines and boxes the page has, up to `enough`: a table that is ruled has many."""
    found = 0
    for drawn in islice(page.get_objects(max_depth=3), _CHECKED_OBJECTS):
        found += drawn.type == _PATH
        if found >= enough:
            break
    return found


def _words(text_page: pdfium.PdfTextPage, written: str, start: int, height: float) -> list[Word]:
    words: list[Word] = []
    for match in _WORD.finditer(written):
        text = clean(match[0])
        first, last = _box(text_page, start + match.start()), _box(text_page, start + match.end() - 1)
        if not text:
            continue
        if first is None or last is None:
            # A character that the page does not hold (a generated hyphen): it stands where the word before it ends.
            place = words[-1] if words else Word("", 0.0, 0.0, 0.0, 10.0)
            words.append(Word(text, place.right, place.right, place.top, place.bottom))
            continue
        bottom, top = min(first[1], last[1]), max(first[3], last[3])
        words.append(Word(text, first[0], last[2], height - top, height - bottom))
    return words


def _box(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float] | None:
    # The text may hold characters the page does not (line breaks), so places in it are translated first.
    place = pdfium_raw.FPDFText_GetCharIndexFromTextIndex(text_page, index)
    if place < 0:
        return None
    try:
        # The loose box is that of the font, so that a comma and a capital of one line have the same height.
        left, bottom, right, top = text_page.get_charbox(place, loose=True)
    except (pdfium.PdfiumError, IndexError):
        return None
    return left, bottom, right, top
