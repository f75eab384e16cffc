"""Levels of education, owners and offices: a rule for one is no answer about another, however alike the words."""

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
_GENERAL = re.compile(r"(?<!trung hoc )\bpho thong\b(?! cap (?:tieu hoc|trung hoc))")
_SECONDARY = re.compile(r"\btrung hoc\b(?! co so| pho thong)")
_GENERAL_LEVELS = frozenset(("primary", "lower secondary", "upper secondary"))
_PUBLIC = re.compile(r"(?<!ngoai )\bcong lap\b")
_PRIVATE = re.compile(r"\b(?:tu thuc|dan lap|ngoai cong lap)\b")
_OFFICES = re.compile(r"\b(pho )?(hieu truong|giam doc|chu tich|truong phong|thu truong|truong khoa)\b")
_SECONDARY_LEVELS = frozenset(("lower secondary", "upper secondary"))


def of_another_level(question: str, text: str) -> bool:
    """Whether both name levels of education and none is the same."""
    asked = _levels(question)
    found = _levels(text) if asked else frozenset()
    return bool(asked and found) and not asked & found


def of_another_owner(question: str, text: str) -> bool:
    """Whether a public school is asked about and the text only has private ones, or the other way round."""
    asked, found = _owners(_spaced(question)), _owners(_spaced(text))
    return len(asked) == 1 and len(found) == 1 and asked != found


def only_of_a_deputy(question: str, text: str) -> bool:
    """Whether an office is asked about of which the text only has the deputy."""
    asked = {office for deputy, office in _OFFICES.findall(_spaced(question)) if not deputy}
    if not asked:
        return False
    found = _OFFICES.findall(_spaced(text))
    mine = [deputy for deputy, office in found if office in asked]
    return bool(mine) and all(mine)


def _owners(folded: str) -> list[bool]:
    return [owner for owner, words in ((True, _PUBLIC), (False, _PRIVATE)) if words.search(folded)]


def _spaced(text: str) -> str:
    return " ".join(fold(text).split())


@lru_cache(maxsize=4096)
def _levels(text: str) -> frozenset[str]:
    folded = " ".join(fold(text).split())
    found = frozenset(level for level, words in _ONE if words.search(folded))
    found |= _GENERAL_LEVELS if _GENERAL.search(folded) else frozenset()
    return found | (_SECONDARY_LEVELS if _SECONDARY.search(folded) else frozenset())
