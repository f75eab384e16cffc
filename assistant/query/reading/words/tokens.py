"""A question as tokens in match form beside their unaccented shadow, and how two spellings of a word agree."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from assistant.text import fold, match_form

_JOINING = frozenset(".-–—_")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+|<=|>=|->|[^\w\s]")
# "tỷ" and "tỉ", "lý" and "lí" are one word: a lone final y is written i.
_FINAL_Y = re.compile(r"\b([hklmst]|qu)([yýỳỷỹỵ])\b")
_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


class Spelling(IntEnum):
    """How a typed word agrees with a known one, better is higher."""

    CONFLICT = 0
    """Same letters, other marks: "trưởng" for "trường"."""
    BARE = 1
    """Marks left out, wholly or partly: "truong", "trương" for "trường"."""
    EXACT = 2


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    folded: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] == "_"

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit() and not any(ch.isalpha() for ch in self.text)


@lru_cache(maxsize=16384)
def canonical(text: str) -> str:
    """The one spelling this package compares: match form, new tone placement, i for a lone final y."""
    return _FINAL_Y.sub(lambda found: found[1] + found[2].translate(_Y_TO_I), match_form(text))


@lru_cache(maxsize=16384)
def shadow(text: str) -> str:
    """`text` without diacritics, letter for letter, so that positions agree."""
    return "".join((fold(ch) or ch)[0] for ch in text)


def tokenise(form: str) -> list[Token]:
    """The tokens of a text already in canonical form; dots and hyphens only join ("TP.HCM", "Bà Rịa - Vũng Tàu")."""
    bare = shadow(form)
    found = (Token(one[0], bare[one.start() : one.end()], *one.span()) for one in _TOKEN.finditer(form))
    return [token for token in found if token.text not in _JOINING]


@lru_cache(maxsize=65536)
def spelling(typed: str, known: str) -> Spelling:
    """Compare two words of the same letters; a mark the known word lacks is a conflict."""
    if typed == known:
        return Spelling.EXACT
    typed_marks, known_marks = _marks(typed), _marks(known)
    if len(typed_marks) != len(known_marks):
        return Spelling.CONFLICT
    subset = all(mine <= theirs for mine, theirs in zip(typed_marks, known_marks, strict=True))
    return Spelling.BARE if subset else Spelling.CONFLICT


def _marks(word: str) -> list[frozenset[str]]:
    """The diacritics of each letter; đ counts as d with a bar."""
    letters: list[set[str]] = []
    for ch in unicodedata.normalize("NFD", word):
        if unicodedata.combining(ch) and letters:
            letters[-1].add(ch)
        else:
            letters.append({"-"} if ch == "đ" else set())
    return [frozenset(marks) for marks in letters]
