"""Execution match: when a result table says what the gold table says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from math import isclose

from assistant.conversations.record import Cell
from assistant.text import fold, match_form

RELATIVE_TOLERANCE = 1e-6
_ASSIGNMENTS = 500
_NUMERIC = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_PLACE_WORD = re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+")
_PERCENT = re.compile(r"%|\b(?:ty le|ti le|phan tram|ty trong|ti trong|percent|pct|share|ratio|rate)")
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and their rows. Names matter only to tell percentages from fractions."""

    columns: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Gold:
    """The right table. With `limit`, `table` holds the whole ranking and only its first `limit` rows are wanted.

    `ordered`: the order of rows is part of the answer. `rounded`: numbers were rounded to the digits they show.
    `withheld_below`: fewer persons than this are withheld. `withheld`: the answer says that it withheld cells; then a
    row may lack its figures, and rows without figures may stand beside the gold ones, as long as one row shows any.
    `spellings`: other ways to write a gold cell, both in `plain` form ("TH" for "tiểu học").
    """

    table: Table
    ordered: bool = False
    limit: int | None = None
    rounded: bool = False
    withheld_below: int = 0
    withheld: bool = False
    spellings: Mapping[Cell, frozenset[Cell]] = field(default_factory=dict)


def mismatch(gold: Gold, answer: Table) -> str:
    """Why `answer` is not right; empty when it is. Order and extra columns of the answer do not matter."""
    wanted = gold.table.rows if gold.limit is None else gold.table.rows[: gold.limit]
    if len(wanted) != len(answer.rows) and not (gold.withheld and wanted and answer.rows):
        return f"{len(answer.rows)} rows, expected {len(wanted)}"
    if not wanted:
        return ""
    for columns in islice(_assignments(gold, answer), _ASSIGNMENTS):
        picked = [tuple(column.cell(row) for column in columns) for row in answer.rows]
        if _agrees(gold, wanted, picked):
            return ""
    return "no columns hold the expected values"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the answer read as a gold column, scaled when one is in percent and the other a fraction."""

    index: int
    scale: float = 1.0

    def cell(self, row: Row) -> Cell:
        value = plain(row[self.index])
        return value * self.scale if self.scale != 1.0 and isinstance(value, float) else value


def plain(value: Cell) -> Cell:
    """One form for equal cells: numbers as floats, places without their rank, text in match form."""
    if value is None:
        return None
    if isinstance(value, bool | int | float):
        return float(value)
    text = value.strip()
    return float(text) if _NUMERIC.fullmatch(text) else _PLACE_WORD.sub("", match_form(text))


def plain_spellings(spellings: Mapping[str, Iterable[str]]) -> dict[Cell, frozenset[Cell]]:
    """In the form tables are compared in."""
    return {plain(text): frozenset(map(plain, others)) for text, others in spellings.items()}


def _assignments(gold: Gold, answer: Table) -> Iterator[tuple[_Column, ...]]:
    """Ways to read each gold column from a different column of the answer, exact scales first."""
    width = len(gold.table.rows[0])
    choices = [
        [c for c in _readings(gold, index, answer) if _could_be(gold, index, answer, c)] for index in range(width)
    ]
    for columns in product(*choices):
        if len({column.index for column in columns}) == width:
            yield columns


def _readings(gold: Gold, index: int, answer: Table) -> Iterator[_Column]:
    yield from (_Column(at) for at in range(len(answer.rows[0])))
    for at in range(len(answer.rows[0])):
        if _in_percent(gold.table, index) or _in_percent(answer, at):
            yield from (_Column(at, 100.0), _Column(at, 0.01))


def _in_percent(table: Table, index: int) -> bool:
    return index < len(table.columns) and bool(_PERCENT.search(fold(table.columns[index])))


def _could_be(gold: Gold, index: int, answer: Table, column: _Column) -> bool:
    """Whether every cell of the answer's column occurs in the gold column: a cheap sieve before rows are compared."""
    digits = _digits(gold, index)
    known = [plain(row[index]) for row in gold.table.rows]
    exact = set(known)
    fits = (
        cell in exact or any(_same(gold, cell, value, digits) for value in known)
        for cell in (column.cell(row) for row in answer.rows)
    )
    return any(fits) if gold.withheld else all(fits)


def _agrees(gold: Gold, wanted: Sequence[Row], picked: Sequence[Row]) -> bool:
    if gold.withheld:
        figures = [index for index in range(len(wanted[0])) if _is_figure(gold.table.rows, index)]
        blank = [row for row in picked if figures and all(row[index] is None for index in figures)]
        extra = [row for row in blank if not any(_same_set(gold, [other], [row]) for other in wanted)]
        picked = [row for row in picked if row not in extra]
        if len(blank) == len(picked) + len(extra) and not all(_is_small(gold, row, figures) for row in wanted):
            return False
    return len(picked) == len(wanted) and _same_rows(gold, wanted, picked)


def _is_figure(rows: Sequence[Row], index: int) -> bool:
    """A column of numbers; codes that look like numbers are text."""
    cells = [row[index] for row in rows if row[index] is not None]
    return bool(cells) and not any(isinstance(cell, str) for cell in cells)


def _is_small(gold: Gold, row: Row, figures: Sequence[int]) -> bool:
    cells = [plain(row[index]) for index in figures]
    return all(isinstance(cell, float) and cell < gold.withheld_below for cell in cells)


def _same_rows(gold: Gold, wanted: Sequence[Row], picked: Sequence[Row]) -> bool:
    if not gold.ordered:
        return _same_set(gold, wanted, picked)
    start = 0
    for group in _ties(gold):
        end = min(start + len(group), len(picked))
        if not _same_set(gold, group, picked[start:end], subset=True):
            return False
        start = end
        if start == len(picked):
            break
    return True


def _same_set(gold: Gold, wanted: Sequence[Row], picked: Sequence[Row], *, subset: bool = False) -> bool:
    """Each picked row pairs with a different wanted row; with `subset`, wanted rows may be left over."""
    digits = [_digits(gold, index) for index in range(len(gold.table.rows[0]))]
    free = [tuple(map(plain, row)) for row in wanted]
    for row in picked:
        at = next((at for at, other in enumerate(free) if _same_row(gold, row, other, digits)), None)
        if at is None:
            return False
        free.pop(at)
    return subset or not free


def _same_row(gold: Gold, row: Row, other: Row, digits: Sequence[int | None]) -> bool:
    return all(_same(gold, a, b, d) for a, b, d in zip(row, other, digits, strict=True))


def _ties(gold: Gold) -> Iterator[list[Row]]:
    """The gold rows in order, those with an equal ranking value together: their order among themselves is free."""
    key = _ranking_column(gold.table.rows)
    group: list[Row] = []
    for row in gold.table.rows:
        if group and (key is None or not _equal(plain(row[key]), plain(group[-1][key]))):
            yield group
            group = []
        group.append(row)
    yield group


def _ranking_column(rows: Sequence[Row]) -> int | None:
    """The numeric column that falls or rises throughout, rows without a figure aside; of several the one with most
    ties."""
    found: dict[int, int] = {}
    for index in range(len(rows[0])):
        numbers = [value for row in rows if isinstance(value := plain(row[index]), float)]
        empty = sum(row[index] is None for row in rows)
        whole = _is_figure(rows, index) and len(numbers) + empty == len(rows)
        if whole and numbers in (sorted(numbers), sorted(numbers, reverse=True)):
            found[index] = len(numbers) - len(set(numbers))
    return max(found, key=lambda index: found[index]) if found else None


def _same(gold: Gold, answer: Cell, wanted: Cell, digits: int | None) -> bool:
    if _equal(answer, wanted) or answer in gold.spellings.get(wanted, ()):
        return True
    if answer is None:
        return isinstance(wanted, float) and (gold.withheld or 0 < wanted < gold.withheld_below)
    if digits is None or not isinstance(answer, float) or not isinstance(wanted, float) or answer.is_integer():
        return False
    return abs(answer - wanted) <= 0.5 * 10.0**-digits * (1 + RELATIVE_TOLERANCE)


def _equal(a: Cell, b: Cell) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return isclose(a, b, rel_tol=RELATIVE_TOLERANCE, abs_tol=1e-9)
    return a == b


def _digits(gold: Gold, index: int) -> int | None:
    """Digits after the point that a rounded gold column shows; None when it was not rounded."""
    if not gold.rounded:
        return None
    values = [plain(row[index]) for row in gold.table.rows]
    shown = [repr(value).partition(".")[2] for value in values if isinstance(value, float) and not value.is_integer()]
    return max(map(len, shown), default=0)
