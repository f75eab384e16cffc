"""Plain text: a line is a paragraph, unless the file is hard-wrapped; then blank lines part the paragraphs."""

import re

from ingest.readers.raw import RawDocument, clean, paragraphs

_WRAP_MIN, _WRAP_MAX = 55, 110
_ENDS = re.compile(r"[.;:!?”\"]\s*$")
_STARTS = re.compile(
    r"^(?:[-+•*]\s|\d+[a-zđ]?[.)]\s|[a-zđ]\d?\)\s|[“\"]|Điều\s+\d|Chương\s|Mục\s|Phụ lục|[A-ZĐ\W\d]+$)"
)


def read_plain(text: str) -> RawDocument:
    lines = clean(text).split("\n")
    if not _hard_wrapped(lines):
        return RawDocument(tuple(paragraphs("\n".join(lines))))
    return RawDocument(tuple(block for part in join_lines(lines) for block in paragraphs(part)))


def join_lines(lines: list[str]) -> list[str]:
    """Paragraphs of hard-wrapped text: a line goes on until a blank line, an item, or a line that ends early."""
    parts: list[str] = []
    width = max(map(len, lines), default=0)
    open_part = False
    for line in lines:
        if not line:
            open_part = False
            continue
        if open_part and not _STARTS.match(line):
            parts[-1] += " " + line
        else:
            parts.append(line)
        # A line that stops well before the margin after a full stop is the last of its paragraph.
        open_part = not (_ENDS.search(line) and len(line) < 0.8 * width)
    return parts


def _hard_wrapped(lines: list[str]) -> bool:
    """Most long lines stop near one margin without ending a sentence."""
    long_lines = [line for line in lines if len(line) >= _WRAP_MIN]
    if len(long_lines) < 5 or max(map(len, long_lines)) > _WRAP_MAX:
        return False
    return sum(not _ENDS.search(line) for line in long_lines) > 0.5 * len(long_lines)
