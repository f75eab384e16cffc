"""A sheet's grid of cells as blocks: each table with its caption, its unit and one header row naming the columns."""

import re
from collections.abc import Generator, Iterator, Sequence

from ingest.readers.raw import Block, BlockKind, paragraphs, table_block

Grid = Sequence[Sequence[str]]
_NUMBER = re.compile(r"^[-+(]?\d[\d.,\s]*%?\)?$")
_MAX_HEADER_ROWS = 4
JOINED = " – "


def grid_blocks(grid: Grid) -> Iterator[Block]:
    """Blank rows part the tables of a sheet."""
    region: list[Sequence[str]] = []
    captions: list[str] = []
    for row in [*grid, []]:
        if any(row):
            region.append(row)
        elif region:
            for part in _side_by_side(region):
                captions = yield from _region(part, captions)
            region = []
    for caption in captions:
        yield from paragraphs(caption)


def _side_by_side(rows: list[Sequence[str]]) -> list[list[Sequence[str]]]:
    """The tables of a region: an empty column parts two, if each side of it is a table by itself."""
    used = [any(at < len(row) and row[at] for row in rows) for at in range(max(map(len, rows)))]
    edges = [at for at in range(len(used)) if used[at] and (at == 0 or not used[at - 1])]
    parts = [[row[first:last] for row in rows] for first, last in zip(edges, [*edges[1:], len(used)], strict=True)]
    are_tables = all(sum(len(_values(row)) > 1 for row in part) > 1 for part in parts)
    return [[row for row in part if any(row)] for part in parts] if are_tables else [rows]


def _region(rows: Sequence[Sequence[str]], captions: list[str]) -> Generator[Block, None, list[str]]:
    """One table. Lone cells above it are its caption and unit, kept with it as its heading; below it, its notes.

    Returns captions that no table followed yet: a blank row often stands between a title and its table.
    """
    first = next((at for at, row in enumerate(rows) if len(_values(row)) > 1), len(rows))
    captions = [*captions, *(_values(row)[0] for row in rows[:first])]
    if first == len(rows):
        return captions
    last = max(at for at, row in enumerate(rows) if len(_values(row)) > 1) + 1
    yield from paragraphs(JOINED.join(captions), BlockKind.HEADING, 2)
    yield from table_block([list(row) for row in _with_one_header(_trimmed(rows[first:last]))])
    for row in rows[last:]:
        yield from paragraphs(_values(row)[0])
    return []


def _values(row: Sequence[str]) -> list[str]:
    """What a row says; a cell merged over several columns says it once."""
    return list(dict.fromkeys(cell for cell in row if cell))


def _trimmed(rows: Grid) -> list[list[str]]:
    """Without the empty columns at either side."""
    used = [at for at in range(max(map(len, rows))) if any(at < len(row) and row[at] for row in rows)]
    first, end = used[0], used[-1] + 1
    return [[*row[first:end], *[""] * (end - max(len(row), first))] for row in rows]


def _with_one_header(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Header rows that stand over each other made one: "Học sinh" over "Nữ" is the column "Học sinh – Nữ"."""
    depth = _header_depth(rows)
    header = [JOINED.join(dict.fromkeys(cell for cell in column if cell)) for column in zip(*rows[:depth], strict=True)]
    return [header, *(list(row) for row in rows[depth:])]


def _header_depth(rows: Sequence[Sequence[str]]) -> int:
    """Rows before the first with a figure, if the first of them repeats a name over columns, as merged cells do."""
    if len(rows) < 2:
        return 1
    first = [cell for cell in rows[0] if cell]
    below = any(upper and upper == lower for upper, lower in zip(rows[0], rows[1], strict=True))
    merged = len(set(first)) < len(first) or (below and not any(map(_NUMBER.match, rows[1])))
    if not merged:
        return 1
    depth = 1
    while depth < min(len(rows) - 1, _MAX_HEADER_ROWS) and not any(_NUMBER.match(cell) for cell in rows[depth]):
        depth += 1
        if len(set(rows[depth - 1])) == len(rows[depth - 1]):
            break
    return depth
