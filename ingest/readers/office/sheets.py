"""Workbooks and delimited text: each sheet's tables with their captions, headers and units; formulas as last shown."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from assistant.errors import FileUnreadable
from ingest.readers.office.tables import Grid, grid_blocks
from ingest.readers.raw import Block, BlockKind, RawDocument, clean

MAX_ROWS, MAX_COLUMNS = 20_000, 200
MAX_SHEET_BYTES = 48 * 1024 * 1024
MAX_MERGED_CELLS = 1_000_000
_MERGED = re.compile(r'<mergeCell\b[^>]*\bref="([A-Z]+\d+:[A-Z]+\d+)"')
_CODE = re.compile(r"^0{2,}$")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_UNIT = re.compile(r'(?P<unit>(?: |\\ )?"[^"]*")\s*$')
_GENERIC = ("sheet", "trang tính", "trang_tính")
_BROKEN = (
    *(zipfile.BadZipFile, InvalidFileException, OSError, EOFError, KeyError, ValueError, TypeError, AttributeError),
    *(IndexError, SyntaxError, NotImplementedError),
)


def read_workbook(data: bytes) -> RawDocument:
    try:
        _refuse_giants(data)
        values = load_workbook(io.BytesIO(data), data_only=True)
        formulas = load_workbook(io.BytesIO(data), read_only=False)
    except _BROKEN as error:  # openpyxl lets many kinds of its own faults through
        raise FileUnreadable("xlsx_unreadable", detail=f"{type(error).__name__}: {error}") from error
    sheets = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in values.worksheets if sheet.sheet_state != "visible"]
    blocks: list[Block] = []
    warnings: list[str] = [f"sheets_hidden:{', '.join(hidden)}"] if hidden else []
    for sheet in sheets:
        found = list(grid_blocks(_grid(sheet)))
        if found and (len(sheets) > 1 or not sheet.title.casefold().startswith(_GENERIC)):
            blocks.append(Block(BlockKind.HEADING, clean(sheet.title), 1))
        blocks.extend(found)
        if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
            warnings.append(f"table_truncated:{sheet.title}")
        if unknown := _never_computed(sheet, formulas[sheet.title]):
            warnings.append(f"formulas_without_values:{sheet.title}, {', '.join(unknown)}")
    if not blocks:
        raise FileUnreadable("file_empty", detail="no cell holds anything")
    return RawDocument(tuple(blocks), warnings=tuple(warnings))


def _refuse_giants(data: bytes) -> None:
    """Before openpyxl makes an object of every cell, and of every cell under a merged one."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            if not info.filename.endswith(".xml"):
                continue
            if info.file_size > MAX_SHEET_BYTES:
                raise FileUnreadable("file_too_large", detail=f"{info.filename} beyond the limit")
            if info.filename.startswith("xl/worksheets/"):
                ranges = _MERGED.findall(package.read(info).decode("utf-8", "replace"))
                if sum(map(_cells_of, ranges)) > MAX_MERGED_CELLS:
                    raise FileUnreadable("file_too_large", detail=f"{info.filename} merges too many cells")


def _cells_of(written: str) -> int:
    left, top, right, bottom = (edge or 0 for edge in range_boundaries(written))
    return (right - left + 1) * (bottom - top + 1)


def read_delimited(text: str) -> RawDocument:
    """Comma, semicolon or tab separated values."""
    text = text.lstrip("\ufeff")
    first = text.split("\n", 50)[:50]
    delimiter = max(",;\t|", key=lambda sign: sum(line.count(sign) for line in first))
    try:
        rows = [
            [" ".join(clean(cell).split()) for cell in row[:MAX_COLUMNS]]
            for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), MAX_ROWS + 1)
        ]
    except csv.Error as error:
        raise FileUnreadable("csv_unreadable", detail=str(error)) from error
    blocks = tuple(grid_blocks(rows[:MAX_ROWS]))
    if not blocks:
        raise FileUnreadable("file_empty")
    return RawDocument(blocks, warnings=(f"table_truncated:{MAX_ROWS}",) if len(rows) > MAX_ROWS else ())


def _grid(sheet: Worksheet) -> Grid:
    grid = [[_shown(cell) for cell in row] for row in _cells(sheet)]
    for merged in sheet.merged_cells.ranges:
        # Each cell under a merged one means what that one says: a row keeps its province, a column its heading.
        top, left = merged.min_row - 1, merged.min_col - 1
        value = grid[top][left] if top < len(grid) and left < len(grid[top]) else ""
        for row in grid[top : merged.max_row]:
            row[left : merged.max_col] = [value] * len(row[left : merged.max_col])
    return grid


def _cells(sheet: Worksheet) -> Iterator[tuple[Any, ...]]:
    return sheet.iter_rows(max_row=min(sheet.max_row, MAX_ROWS), max_col=min(sheet.max_column, MAX_COLUMNS))


def _never_computed(values: Worksheet, formulas: Worksheet) -> list[str]:
    """Places of formulas whose result was never saved: the first few."""
    found = (
        formula.coordinate
        for row in _cells(formulas)
        for formula in row
        if isinstance(formula, Cell) and formula.data_type == "f" and values[formula.coordinate].value is None
    )
    return list(islice(found, 5))


def _shown(cell: Cell | MergedCell) -> str:
    """A cell as a Vietnamese reader sees it."""
    value = cell.value
    if value is None or isinstance(cell, MergedCell):
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime) and value.time() == time(0):
        value = value.date()
    if isinstance(value, date):
        return f"{value:%d/%m/%Y %H:%M}" if isinstance(value, datetime) else f"{value:%d/%m/%Y}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return " ".join(clean(str(value)).split())


def _number(value: int | float, shape: str) -> str:
    """All the digits there are, with what its format adds: the zeros before a code, a percent sign, a unit."""
    positive = shape.partition(";")[0]
    if _CODE.match(positive) and value == int(value) >= 0:
        return str(int(value)).zfill(len(positive))
    unit = _UNIT.search(positive)
    bare = _QUOTED.sub("", positive)
    percent = "%" if "%" in bare else ""
    exact = Decimal(f"{value * 100 if percent else value:.15g}")
    shown = f"{exact:f}"
    digits = (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace(".", ",")
    return digits + percent + (unit["unit"].replace('"', "").replace("\\", "") if unit else "")
