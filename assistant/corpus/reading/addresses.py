"""Addresses within a document as people type them: "điểm a khoản 2 Điều 5", "Điều 5 khoản 2", "k2 Đ5"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.reading.letters import bare
from assistant.text import nfc

_POINT = r"diem\s+([a-z]\d?)"
_CLAUSE = r"(?:khoan|k\.)\s*(\d{1,2}[a-z]?)"
_ARTICLE = r"dieu\s*(\d{1,3}[a-z]?)"
_UPWARD = re.compile(rf"(?<!\w)(?:{_POINT}[\s,]*)?(?:{_CLAUSE}[\s,]*)?{_ARTICLE}(?!\w)")
_DOWNWARD = re.compile(rf"(?<!\w){_ARTICLE}[\s,]*{_CLAUSE}(?:[\s,]*{_POINT})?(?!\w)")
# "Đ5" needs its bar: "d5" is too much else.
_SHORT = re.compile(r"(?<!\w)(?:[kK]\.?\s?(\d{1,2})[\s,]*)?[Đđ]\.?\s?(\d{1,3}[a-z]?)(?!\w)")


@dataclass(frozen=True, slots=True)
class Address:
    """An article, perhaps narrowed to a clause and a point of it."""

    article: str
    clause: str = ""
    point: str = ""

    @property
    def anchors(self) -> tuple[str, ...]:
        """The pieces of a provision's id, outermost first: ("dieu-5", "khoan-2", "diem-a")."""
        named = (("dieu", self.article), ("khoan", self.clause), ("diem", self.point))
        return tuple(f"{word}-{bare(label.replace('đ', 'dd'))}" for word, label in named if label)

    @property
    def path(self) -> str:
        """As a citation writes it."""
        named = (("điểm", self.point), ("khoản", self.clause), ("Điều", self.article))
        return " ".join(f"{word} {label}" for word, label in named if label)

    def nearness(self, provision_id: str, text: str) -> float:
        """1 for the addressed unit or a part of it, less for `text` that contains it, 0 for anything else."""
        pieces = provision_id.partition("#")[2].split(".")
        if self.anchors[0] not in pieces:
            return 0.0
        below = pieces[pieces.index(self.anchors[0]) :]
        shared = _common(below, self.anchors)
        if shared == len(self.anchors):
            return 1.0
        return shared / len(self.anchors) if shared == len(below) and self._is_in(text, shared) else 0.0

    def _is_in(self, text: str, above: int) -> bool:
        """Whether lines of `text` begin the units below the first `above` ones: "2." and "a)"."""
        labels = [label for label in (self.article, self.clause, self.point) if label][above:]
        return all(re.search(rf"(?m)^\W*{re.escape(label)}[.)]", text) for label in labels)


def find_addresses(text: str) -> list[Address]:
    """Every address in `text`, in order, each once."""
    composed, plain = nfc(text), bare(text)
    found: dict[int, Address] = {}
    taken: list[tuple[int, int]] = []

    def note(match: re.Match[str], article: int, clause: int, point: int = 0) -> None:
        if any(start < match.end() and match.start() < end for start, end in taken):
            return
        taken.append((match.start(), match.end()))
        letter = composed[match.start(point) : match.end(point)].lower() if point and match[point] else ""
        found[match.start()] = Address((match[article] or "").lower(), (match[clause] or "").lower(), letter)

    for match in _DOWNWARD.finditer(plain):
        note(match, 1, 2, 3)
    for match in _UPWARD.finditer(plain):
        note(match, 3, 2, 1)
    for match in _SHORT.finditer(composed):
        note(match, 2, 1)
    return list(dict.fromkeys(found[start] for start in sorted(found)))


def _common(pieces: Sequence[str], anchors: Sequence[str]) -> int:
    """How many leading pieces are the same."""
    count = 0
    for piece, anchor in zip(pieces, anchors, strict=False):
        if piece != anchor:
            break
        count += 1
    return count
