"""Levels of education: a rule for one level is no answer about another, however alike the words."""

import re
from functools import lru_cache

from assistant.text import fold

_LEVELS = {
    "preschool": r"\b(?:mam non|mau giao|nha tre|nhom tre)\b",
    "primary": r"\b(?:tieu hoc|lop [1-5]|lop (?:mot|hai|ba|bon|nam))\b",
    "lower secondary": r"\b(?:trung hoc co so|lop [6-9])\b",
    "upper secondary": r"\b(?:trung hoc pho thong|lop 1[0-2])\b",
    "continuing": r"\bgiao duc thuong xuyen\b",
    "vocational": r"\b(?:so cap|trung cap|cao dang|day nghe|giao duc nghe nghiep|hoc nghe|mo dun)\b",
    "higher": r"\b(?:dai hoc|thac si|tien si|nghien cuu sinh)\b",
}
_ONE = tuple((level, re.compile(words)) for level, words in _LEVELS.items())
# Words for several levels at once.
_GENERAL = re.compile(r"(?<!trung hoc )\bpho thong\b")
_SECONDARY = re.compile(r"\btrung hoc\b(?! co so| pho thong)")
_GENERAL_LEVELS = frozenset(("primary", "lower secondary", "upper secondary"))
_SECONDARY_LEVELS = frozenset(("lower secondary", "upper secondary"))


def of_another_level(question: str, text: str) -> bool:
    """Whether both name levels of education and none is the same."""
    asked = _levels(question)
    found = _levels(text) if asked else frozenset()
    return bool(asked and found) and not asked & found


@lru_cache(maxsize=4096)
def _levels(text: str) -> frozenset[str]:
    folded = " ".join(fold(text).split())
    found = frozenset(level for level, words in _ONE if words.search(folded))
    found |= _GENERAL_LEVELS if _GENERAL.search(folded) else frozenset()
    return found | (_SECONDARY_LEVELS if _SECONDARY.search(folded) else frozenset())
