"""From the lines of pages to paragraphs: running heads and page numbers dropped, sentences whole across page ends."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.tables import RuledTable, goes_on
from ingest.readers.raw import Block, paragraphs, table_block

Item = Line | RuledTable
_PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\W*$", re.IGNORECASE)
_ITEM = re.compile(
    r"^(?:Điều\s+\d+[a-zđ]?\s*[.:]|(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục)\s+[IVXLC\d]|(?:Phụ lục|PHỤ LỤC)\b"
    r"|\d+[a-zđ]?[.)]\s|[a-zđ]\d?\)\s|[-–+•]\s|[“\"]|Căn cứ\s|Theo đề nghị|Nơi nhận|Số\s*:)"
)
_SENTENCE_END = re.compile(r"[.;:!?”\"]\s*$")
_EDGE_LINES = 2
# A hand-written page number that the recogniser saw as a sign or two.
_NO_WORD = re.compile(r"^[\W\d_]{0,4}$")


def blocks_of(pages: Sequence[Sequence[Item]]) -> list[Block]:
    """The blocks of all pages in order; a table cut by a page end is one table."""
    blocks: list[Block] = []
    lines: list[list[Line]] = [[]]
    table: RuledTable | None = None

    def flush_lines() -> None:
        blocks.extend(block for part in _join(lines) for block in paragraphs(part))
        lines[:] = [[]]

    def flush_table() -> None:
        nonlocal table
        if table is not None:
            blocks.extend(table_block([list(row) for row in table.rows]))
        table = None

    for items in _without_running_heads(pages):
        lines.append([])
        for item in items:
            if isinstance(item, Line):
                flush_table()
                lines[-1].append(item)
            elif table is not None and goes_on(table, item):
                table = table.followed_by(item)
            else:
                flush_table()
                flush_lines()
                table = item
    flush_table()
    flush_lines()
    return blocks


def _without_running_heads(pages: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """Drop bare page numbers, and edge lines that repeat on most pages."""
    edges: Counter[str] = Counter()
    for items in pages:
        near = [*items[:_EDGE_LINES], *items[-_EDGE_LINES:]]
        edges.update({_shape(item.text) for item in near if isinstance(item, Line)})
    filled = sum(1 for items in pages if items)
    repeated = {shape for shape, count in edges.items() if filled >= 3 and count > 0.6 * filled}
    return [_body(items, repeated) for items in pages]


def _body(items: Sequence[Item], repeated: set[str]) -> list[Item]:
    def is_furniture(item: Item) -> bool:
        if not isinstance(item, Line):
            return False
        return bool(_PAGE_NUMBER.match(item.text) or _NO_WORD.match(item.text)) or _shape(item.text) in repeated

    start, end = 0, len(items)
    while start < min(_EDGE_LINES, end) and is_furniture(items[start]):
        start += 1
    while end > max(start, len(items) - _EDGE_LINES) and is_furniture(items[end - 1]):
        end -= 1
    return list(items[start:end])


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _join(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Paragraphs, which may run over a page end. A line that stops early, or an item that begins, parts them."""
    parts: list[str] = []
    previous: Line | None = None
    for line in (line for lines in pages for line in lines):
        if previous is not None and _continues(previous, line):
            parts[-1] += " " + line.text
        else:
            parts.append(line.text)
        previous = line
    return parts


def _continues(previous: Line, line: Line) -> bool:
    if previous.alone or line.alone:
        return False
    if _ITEM.match(line.text) or line.text.isupper() != previous.text.isupper():
        return False
    if previous.right >= previous.margin - 0.12 * (previous.margin - previous.indent):
        # A full line goes on, unless a sentence ended with it and the next one is indented like a new paragraph.
        return not (_SENTENCE_END.search(previous.text) and line.left > previous.left + 12)
    return not _SENTENCE_END.search(previous.text) and line.text[:1].islower()
