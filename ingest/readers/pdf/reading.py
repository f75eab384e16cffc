"""PDF page by page: the text layer where it is whole, recognition where there is none or it is broken."""

from collections.abc import Callable, Sequence
from itertools import islice
from math import sqrt

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw
from PIL import Image

from assistant.errors import FileUnreadable, TextDamaged
from ingest.readers.health import measure
from ingest.readers.pages import PageReading, PageSource, page_warnings
from ingest.readers.pdf.cleaning import has_ink
from ingest.readers.pdf.joining import Item, blocks_of
from ingest.readers.pdf.lines import Word, in_reading_order, pieces_of
from ingest.readers.pdf.scans import can_recognise, recognise
from ingest.readers.pdf.tables import MINIMUM_RULINGS, TableFinder
from ingest.readers.pdf.text_layer import count_rulings, printed_lines
from ingest.readers.raw import RawDocument

MAX_PAGES = 3000
MAX_SCANNED_PAGES = 500
_FEW_CHARS = 20
_STAMP_CHARS = 400
"""A signature's stamp is text over a scan: a page of one picture with so little text is recognised all the same."""
_CHECKED_OBJECTS = 2000
_SCALE = 300 / 72
_MAX_PIXELS = 10_000_000
_MINIMUM_CONFIDENCE = 0.5
Page = tuple[PageReading, list[Item]]


def read_pdf(data: bytes, on_page: Callable[[], None] = lambda: None) -> RawDocument:
    """The document. `on_page` is called after each page, so that a long scan is known to be alive."""
    try:
        document = pdfium.PdfDocument(data)
        try:
            if len(document) > MAX_PAGES:
                raise FileUnreadable("file_too_large", detail=f"{len(document)} pages")
            pages = _Pages(data, on_page).read(document)
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        code = "pdf_password" if "password" in str(error).lower() else "pdf_unreadable"
        raise FileUnreadable(code, detail=str(error)) from error
    readings = tuple(reading for reading, _ in pages)
    _refuse_unread(readings)
    blocks = blocks_of([items for _, items in pages])
    return RawDocument(tuple(blocks), warnings=page_warnings(readings), pages=readings)


def _refuse_unread(readings: Sequence[PageReading]) -> None:
    if any(reading.source in (PageSource.TEXT, PageSource.OCR) for reading in readings):
        return
    blank = all(reading.source is PageSource.EMPTY for reading in readings)
    if blank or any(reading.why == "ocr_missing" for reading in readings):
        raise FileUnreadable("pdf_without_text", detail=f"{len(readings)} pages")
    raise TextDamaged(detail="; ".join(f"{each.number}: {each.why}" for each in readings[:20] if each.why))


class _Pages:
    """Reads the pages of one document."""

    def __init__(self, data: bytes, on_page: Callable[[], None]) -> None:
        self._tables = TableFinder(data)
        self._on_page = on_page
        self._scans_left = MAX_SCANNED_PAGES

    def read(self, document: pdfium.PdfDocument) -> list[Page]:
        found: list[Page] = []
        try:
            for index in range(len(document)):
                found.append(self._page(document, index))
                self._on_page()
        finally:
            self._tables.close()
        return found

    def _page(self, document: pdfium.PdfDocument, index: int) -> Page:
        number = index + 1
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            return PageReading(number, PageSource.DAMAGED, 0.0, 0.0, why=str(error)), []
        try:
            printed = printed_lines(page)
            lines = [piece for words in printed for piece in pieces_of(words)]
            chars = sum(len(line.text) for line in lines)
            health = measure("\n".join(line.text for line in lines))
            if _needs_recognition(page, chars) or health.is_damaged:
                return self._scanned(page, number, has_layer=chars >= _FEW_CHARS)
            items: list[Item] = list(in_reading_order(lines))
            if count_rulings(page, MINIMUM_RULINGS) >= MINIMUM_RULINGS:
                items = self._with_tables(index, printed)
            source = PageSource.TEXT if chars else PageSource.EMPTY
            return PageReading(number, source, 1.0, health.score if chars else 1.0, chars), items
        except pdfium.PdfiumError as error:
            return PageReading(number, PageSource.DAMAGED, 0.0, 0.0, why=str(error)), []
        finally:
            page.close()

    def _with_tables(self, index: int, printed: Sequence[Sequence[Word]]) -> list[Item]:
        outside, tables = self._tables.split(index, printed)
        items: list[Item] = list(in_reading_order([piece for words in outside for piece in pieces_of(words)]))
        for table in sorted(tables, key=lambda each: each.top):
            place = next((at for at, item in enumerate(items) if item.top > table.top), len(items))
            items.insert(place, table)
        return items

    def _scanned(self, page: pdfium.PdfPage, number: int, *, has_layer: bool) -> Page:
        """A page whose text must come from its image; it may have a text layer that is broken."""
        scale = min(_SCALE, sqrt(_MAX_PIXELS / max(page.get_width() * page.get_height(), 1.0)))
        image: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        if not has_ink(image) and not has_layer:
            return PageReading(number, PageSource.EMPTY), []
        if not can_recognise():
            return PageReading(number, PageSource.DAMAGED, 0.0, 0.0, why="ocr_missing"), []
        if self._scans_left <= 0:
            return PageReading(number, PageSource.DAMAGED, 0.0, 0.0, why="too_many_scans"), []
        self._scans_left -= 1
        found = recognise(image, scale, self._on_page)
        chars = sum(len(line.text) for line in found.lines)
        health = measure(found.text)
        if not found.lines:
            return PageReading(number, PageSource.DAMAGED, 0.0, 0.0, why="nothing_recognised"), []
        if found.confidence < _MINIMUM_CONFIDENCE or health.is_damaged:
            return PageReading(number, PageSource.DAMAGED, found.confidence, health.score, chars, "low_confidence"), []
        reading = PageReading(number, PageSource.OCR, found.confidence, health.score, chars)
        return reading, list(in_reading_order(found.lines))


def _needs_recognition(page: pdfium.PdfPage, chars: int) -> bool:
    """No text to speak of, on a page that shows something."""
    if chars >= _STAMP_CHARS:
        return False
    drawn = islice(page.get_objects(max_depth=3), _CHECKED_OBJECTS)
    images = [each for each in drawn if each.type == pdfium_raw.FPDF_PAGEOBJ_IMAGE]
    if chars >= _FEW_CHARS:
        return _covered(page, images) > 0.6
    return bool(images) or chars == 0


def _covered(page: pdfium.PdfPage, images: Sequence[pdfium.PdfObject]) -> float:
    """The share of the page that its largest picture covers."""
    area = max(page.get_width() * page.get_height(), 1.0)
    boxes = [image.get_bounds() for image in images]
    return max(((right - left) * (top - bottom) / area for left, bottom, right, top in boxes), default=0.0)
