"""Ruled tables of a PDF page: pdfplumber finds the cells, the page's own lines fill them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.pdf import PDF
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import PdfminerException

from ingest.readers.pdf.lines import Word

MINIMUM_RULINGS = 4
MAX_TABLE_PAGES = 200
"""Finding cells costs ten times what reading a page does; a longer file's later tables are read as lines."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Rows of cells; `left` and `right` are its edges, by which a table on the next page is known as its rest."""

    rows: tuple[tuple[str, ...], ...]
    top: float
    left: float
    right: float

    def followed_by(self, rest: "RuledTable") -> "RuledTable":
        """One table of two parts; a header row that is printed again is kept once."""
        again = bool(rest.rows) and rest.rows[0] == self.rows[0]
        return RuledTable((*self.rows, *rest.rows[1 if again else 0 :]), self.top, self.left, self.right)


def goes_on(table: RuledTable, rest: RuledTable) -> bool:
    """Whether `rest`, the next thing in reading order, is the same table after a page end."""
    same_edges = abs(table.left - rest.left) < 6 and abs(table.right - rest.right) < 6
    return same_edges and len(table.rows[0]) == len(rest.rows[0]) and rest.top <= table.top + 200


class TableFinder:
    """Finds tables page by page; opens the file a second time only when a page has rulings."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: PDF | None = None
        self._left = MAX_TABLE_PAGES

    def split(self, page_index: int, lines: Sequence[Sequence[Word]]) -> tuple[list[list[Word]], list[RuledTable]]:
        """The printed lines outside tables, and the tables with the words inside them in their cells."""
        found = [table for table in self._find(page_index) if _is_table(table)]
        outside = [[word for word in line if not any(_within(word, each.bbox) for each in found)] for line in lines]
        return outside, [_filled(table, lines) for table in found]

    def close(self) -> None:
        if self._document is not None:
            self._document.close()

    def _find(self, page_index: int) -> list[Table]:
        if self._left <= 0:
            return []
        self._left -= 1
        try:
            if self._document is None:
                self._document = pdfplumber.open(io.BytesIO(self._data))
            page = self._document.pages[page_index]
            tables = page.find_tables()
            page.close()
        except (PDFException, PdfminerException, ValueError, TypeError, KeyError, IndexError, RecursionError):
            # pdfminer is stricter than pdfium: what it cannot parse is read as lines.
            return []
        return tables


def _is_table(table: Table) -> bool:
    """At least two columns and two rows: a frame around a paragraph is no table."""
    rows = table.rows
    return len(rows) >= 2 and max(sum(cell is not None for cell in row.cells) for row in rows) >= 2


def _within(word: Word, box: Box) -> bool:
    left, top, right, bottom = box
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return left <= x < right and top <= y < bottom


def _filled(table: Table, lines: Sequence[Sequence[Word]]) -> RuledTable:
    rows = [tuple(_text(cell, lines) for cell in row.cells) for row in table.rows]
    kept = tuple(row for row in rows if any(row)) or (tuple("" for _ in table.rows[0].cells),)
    left, top, right, _ = table.bbox
    return RuledTable(kept, top, left, right)


def _text(cell: Box | None, lines: Sequence[Sequence[Word]]) -> str:
    """A cell that a merged one covers is empty."""
    if cell is None:
        return ""
    inside = [[word for word in line if _within(word, cell)] for line in lines]
    ordered = sorted((words for words in inside if words), key=lambda words: (round(words[0].top), words[0].left))
    return " ".join(word.text for words in ordered for word in words)
