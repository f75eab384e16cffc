"""Lines of a page with their places, put in the order in which a person reads them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.text import fold

_LETTERS = re.compile(r"[\W_]+")
# The two heads of an administrative document, and its foot: columns, whatever else the page looks like.
_SIDE_BY_SIDE = ("conghoaxahoi", "doclaptudo", "noinhan")
_COLUMN_ROWS = 8


class Word(NamedTuple):
    """A word or a run of words; `top` and `bottom` grow downwards."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of one printed line. `margin` is how far right lines of its column reach; `indent` how far left."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    margin: float = 0.0
    indent: float = 0.0
    alone: bool = False
    """Part of a heading or signature block: joined to no other line."""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class _Row(NamedTuple):
    pieces: list[Line]


def pieces_of(words: Sequence[Word]) -> list[Line]:
    """Words of one printed line, parted where the gap between two of them is no word space."""
    found: list[list[Word]] = []
    for word in words:
        height = max(word.bottom - word.top, 4.0)
        gap = word.left - found[-1][-1].right if found else 0.0
        if found and -height < gap < 2.2 * height:
            found[-1].append(word)
        else:
            found.append([word])
    return [_line(piece) for piece in found]


def _line(words: Sequence[Word]) -> Line:
    return Line(
        " ".join(word.text for word in words),
        min(word.left for word in words),
        max(word.right for word in words),
        min(word.top for word in words),
        max(word.bottom for word in words),
    )


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Rows from top to bottom; where the page is set in two columns, the left one before the right one."""
    rows = _rows(lines)
    ordered: list[Line] = []
    index = 0
    while index < len(rows):
        zone = _zone(rows, index)
        if zone > index:
            ordered.extend(_columns(rows[index:zone], _gutter(rows[index:zone])))
            index = zone
        else:
            ordered.append(_joined(rows[index].pieces))
            index += 1
    margin = max((line.right for line in lines), default=0.0)
    indent = min((line.left for line in lines), default=0.0)
    return [line if line.margin else replace(line, margin=margin, indent=indent) for line in ordered]


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda each: each.middle):
        last = rows[-1].pieces if rows else []
        height = min([line.bottom - line.top, *(piece.bottom - piece.top for piece in last)])
        apart = abs(line.middle - sum(p.middle for p in last) / len(last)) if last else 0.0
        if last and apart < 0.5 * max(height, 4.0) and not any(_overlap(line, piece) for piece in last):
            last.append(line)
        else:
            rows.append(_Row([line]))
    for row in rows:
        row.pieces.sort(key=lambda piece: piece.left)
    return rows


def _overlap(one: Line, other: Line) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 0.5 * min(one.right - one.left, other.right - other.left)


def _joined(pieces: Sequence[Line]) -> Line:
    if len(pieces) == 1:
        return pieces[0]
    text = " ".join(piece.text for piece in pieces)
    tops, bottoms = [piece.top for piece in pieces], [piece.bottom for piece in pieces]
    return Line(text, pieces[0].left, pieces[-1].right, min(tops), max(bottoms))


def _zone(rows: Sequence[_Row], start: int) -> int:
    """The end of the rows from `start` that stand in two columns, or `start`."""
    if len(rows[start].pieces) != 2:
        return start
    left, right = rows[start].pieces[0].right, rows[start].pieces[1].left
    end, pairs, last_pair = start, 0, start
    for index in range(start, len(rows)):
        crossing = [p for p in rows[index].pieces if p.left < right and p.right > left]
        before = max((p.right for p in rows[index].pieces if p.right <= (left + right) / 2), default=left)
        after = min((p.left for p in rows[index].pieces if p.left >= (left + right) / 2), default=right)
        if any(p.left < (left + right) / 2 < p.right for p in crossing) or len(rows[index].pieces) > 2:
            break
        if min(right, after) - max(left, before) < 3:
            break
        left, right = max(left, before), min(right, after)
        if len(rows[index].pieces) == 2:
            pairs, last_pair = pairs + 1, index
        end = index + 1
    zone = rows[start:end]
    text = _LETTERS.sub("", fold(" ".join(piece.text for row in zone for piece in row.pieces)))
    if any(mark in text for mark in _SIDE_BY_SIDE):
        # A date under the right head, or a title under both, may stand in one column alone.
        return _end_of_head(rows, start, end, last_pair, is_foot="noinhan" in text)
    return end if pairs >= _COLUMN_ROWS and _is_prose(zone) else start


def _end_of_head(rows: Sequence[_Row], start: int, end: int, last_pair: int, *, is_foot: bool) -> int:
    if is_foot:
        return end
    for index in range(last_pair + 1, end):
        gap = rows[index].pieces[0].top - max(piece.bottom for piece in rows[index - 1].pieces)
        height = rows[index].pieces[0].bottom - rows[index].pieces[0].top
        if gap > 0.9 * height or (len(rows[index].pieces) == 1 and rows[index].pieces[0].text.isupper()):
            return index
    return end


def _is_prose(zone: Sequence[_Row]) -> bool:
    """Two columns of running text, not a list of names and figures: most pieces are long."""
    pieces = [piece for row in zone for piece in row.pieces]
    return sum(len(piece.text) >= 25 for piece in pieces) > 0.6 * len(pieces)


def _gutter(zone: Sequence[_Row]) -> float:
    pairs = [row.pieces for row in zone if len(row.pieces) == 2]
    left = max(pair[0].right for pair in pairs)
    right = min(pair[1].left for pair in pairs)
    return (left + right) / 2


def _columns(zone: Sequence[_Row], gutter: float) -> Iterator[Line]:
    sides: tuple[list[Line], list[Line]] = ([], [])
    for row in zone:
        for piece in row.pieces:
            sides[(piece.left + piece.right) / 2 > gutter].append(piece)
    alone = not _is_prose(zone) or len(zone) < _COLUMN_ROWS
    for side in sides:
        margin, indent = max(p.right for p in side), min(p.left for p in side)
        yield from (replace(piece, margin=margin, indent=indent, alone=alone) for piece in side)
