"""Quoted text in an instruction set apart, so that its words are never read as the act's own."""

import re
from typing import NamedTuple

_OPENING, _STRAIGHT = "“«", '"'
_MARKS = re.compile(r'[“«”»"]')
_MARK = re.compile(r"⟦(\d+)⟧")


class Masked(NamedTuple):
    """A text with each outermost quotation replaced by ⟦n⟧; `quotes` are their words without the outer marks."""

    text: str
    quotes: tuple[str, ...]

    def marks(self, part: str) -> list[int]:
        return [int(number) for number in _MARK.findall(part)]

    def unmasked(self, part: str) -> str:
        return _MARK.sub(lambda match: f"“{self.quotes[int(match[1])]}”", part)


def mask(text: str) -> Masked:
    """Curly marks nest; straight ones open and close in turn. What is never closed runs to the end."""
    straight = _STRAIGHT in text and not any(mark in text for mark in _OPENING)
    shown: list[str] = []
    quotes: list[str] = []
    depth, begin = 0, 0
    for match in _MARKS.finditer(text):
        mark = match[0]
        if mark == _STRAIGHT and not straight:
            continue
        opens = mark in _OPENING or (mark == _STRAIGHT and depth == 0)
        if opens:
            if depth == 0:
                shown.append(text[begin : match.start()])
                begin = match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                _keep(text[begin : match.start()], quotes, shown)
                begin = match.end()
    if depth:
        _keep(text[begin:], quotes, shown)
    else:
        shown.append(text[begin:])
    return Masked("".join(shown), tuple(quotes))


def _keep(words: str, quotes: list[str], shown: list[str]) -> None:
    shown.append(f"⟦{len(quotes)}⟧")
    quotes.append(words.strip("\n"))
