"""Small counts of persons are withheld: the cells, what is computed of them, and what a total would give away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.query.compiling.columns import Column, Role
from assistant.query.compiling.facts import MISSING
from assistant.query.compiling.final import UNRANKED

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows fit to be shown. `withheld` holds (row, column) of cells that are empty because they are small."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    withheld: frozenset[tuple[int, int]]
    missing: int = 0
    """Institutions that have not reported."""
    unranked: int = 0
    """Groups without a figure in a ranking that shows the first few only."""


def withhold(columns: Sequence[Column], rows: Sequence[Row], threshold: int, *, already: bool) -> Shown:
    """Empty the small cells; `already` says that the guard emptied some, so that an empty count of persons is one."""
    cells = [list(row) for row in rows]
    hidden: set[tuple[int, int]] = set()
    for at, column in enumerate(columns):
        if column.persons:
            for index, row in enumerate(cells):
                if (already and row[at] is None) or _is_small(row[at], threshold):
                    row[at] = None
                    hidden.add((index, at))
    _complement(columns, cells, hidden)
    for at, column in enumerate(columns):
        for index, row in enumerate(cells):
            if any((index, part) in hidden for part in column.parts):
                row[at] = None
                hidden.add((index, at))
    return _without_hidden_columns(columns, cells, hidden)


def ranked_only(shown: Shown, metric: str) -> Shown:
    """Without the groups that have no figure to be ranked by; where none has one, as it is."""
    ranking = (Role.RATIO, Role.CHANGE, Role.MEASURE)
    at = next(
        (at for role in ranking for at, one in enumerate(shown.columns) if (one.name, one.role) == (metric, role))
    )
    kept = [index for index, row in enumerate(shown.rows) if row[at] is not None]
    if not kept or len(kept) == len(shown.rows):
        return shown
    place = {index: new for new, index in enumerate(kept)}
    withheld = frozenset((place[index], column) for index, column in shown.withheld if index in place)
    return replace(shown, rows=tuple(shown.rows[index] for index in kept), withheld=withheld)


def _is_small(value: Any, threshold: int) -> bool:
    return isinstance(value, int | float) and 0 < value < threshold


def _complement(columns: Sequence[Column], cells: list[list[Any]], hidden: set[tuple[int, int]]) -> None:
    """Parts of a total give one missing part away: the next smallest is withheld with it."""
    for column in columns:
        if column.role is not Role.PART:
            continue
        (at,) = column.parts
        if sum((index, at) in hidden for index in range(len(cells))) == 1:
            seen = [(row[at], index) for index, row in enumerate(cells) if row[at] is not None]
            if seen:
                _, index = min(seen)
                cells[index][at] = None
                hidden.add((index, at))


def _without_hidden_columns(
    columns: Sequence[Column], cells: Sequence[Sequence[Any]], hidden: set[tuple[int, int]]
) -> Shown:
    needless = _all_have_reported(columns, cells)
    kept = [at for at, one in enumerate(columns) if one.role is not Role.HIDDEN and at not in needless]
    place = {at: new for new, at in enumerate(kept)}
    missing, unranked = (_most(columns, cells, name) for name in (MISSING, UNRANKED))
    shown = tuple(_moved(columns[at], place) for at in kept)
    rows = tuple(tuple(row[at] for at in kept) for row in cells)
    withheld = frozenset((index, place[at]) for index, at in hidden if at in place)
    return Shown(shown, rows, withheld, missing, unranked)


def _all_have_reported(columns: Sequence[Column], cells: Sequence[Sequence[Any]]) -> set[int]:
    """The columns over those that have reported, where that is everybody."""
    for at, column in enumerate(columns):
        if column.role is Role.REPORTED:
            over = next(one for one, other in enumerate(columns) if other.role is Role.RATIO and at in other.parts)
            whole = next(other.parts[1] for other in columns if other.role is Role.RATIO and at not in other.parts)
            return {at, over} if all(row[at] == row[whole] for row in cells) else set()
    return set()


def _most(columns: Sequence[Column], cells: Sequence[Sequence[Any]], name: str) -> int:
    at = next((at for at, one in enumerate(columns) if one.role is Role.HIDDEN and one.label == name), None)
    return max((int(row[at] or 0) for row in cells), default=0) if at is not None else 0


def _moved(column: Column, place: dict[int, int]) -> Column:
    parts = tuple(place[part] for part in column.parts)
    return Column(column.label, column.role, column.name, column.unit, column.decimals, column.persons, parts)
