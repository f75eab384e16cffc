"""Times as people write them: days, school years, years, ranges, "năm nay", "3 năm gần đây", "qua các năm"."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from assistant.query.reading.words.lexicon import Hit, Item, Kind
from assistant.query.reading.words.tokens import Spelling, Token
from assistant.query.request import TimeKind


class TimeWord(StrEnum):
    """The shape of a time expression; the values of its Item depend on it."""

    POINT = "point"
    RANGE = "range"
    NOW = "now"
    LATEST = "latest"
    AGO = "ago"
    LAST = "last"
    EACH = "each"
    SAME_PERIOD = "same_period"
    FUTURE = "future"


_COUNTS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_N = r"(\d{1,2}|" + "|".join(_COUNTS) + ")"
_YEAR = r"(?:19|20)\d\d"
_DASH = r"\s*[-–—/]\s*"
_EITHER = rf"({_YEAR}(?:{_DASH}(?:{_YEAR}|\d\d)(?!\d))?|\d\d-\d\d(?!\d))"
# "đầu năm" and "cuối năm" are reporting periods: their "năm" belongs to them.
_NAMED = r"(?:(?<!dau )(?<!cuoi )\b(?:nam hoc|nam|nh)\s+)?"
# After a word that compares, 2000 is a number.
_NOT_COMPARED = r"(?<!tren )(?<!duoi )(?<!hon )(?<!vuot )(?<!it nhat )(?<!toi thieu )"
_FREE = r"(?<!dau )(?<!cuoi )\b"
_YEARS = r"nam(?: hoc)?\b(?! sinh)"
_SNAPSHOTS = r"(?:dot|lan|ky|moc|thoi diem)(?: (?:chot|chup|cap nhat|bao cao))?(?: so lieu)?\b(?! (?:dau|cuoi))"
_SOUTHERN = frozenset({"quang", "ha", "viet", "mien", "phia", "dong", "tay"})
"""Before a "Nam" that is part of a place's name."""
_PEOPLE = frozenset({"sinh", "vien", "tre", "em", "tinh"})

Build = Callable[[re.Match[str]], Item | None]


def times_in(bare: str, tokens: Sequence[Token]) -> list[Hit]:
    """The time expressions of a question, given as its unaccented shadow; each becomes one hit over its tokens."""
    text, hits = _without_male(bare, tokens), []
    for pattern, build in _PATTERNS:
        for found in pattern.finditer(text):
            item = build(found)
            span = _span(tokens, *found.span())
            if item is not None and span is not None:
                hits.append(Hit(*span, Spelling.EXACT, (item,), found[0].strip()))
                text = text[: found.start()] + "\0" * (found.end() - found.start()) + text[found.end() :]
    return sorted(hits, key=lambda hit: hit.start)


def _without_male(bare: str, tokens: Sequence[Token]) -> str:
    """Hide a "nam" that is no year: beside "nữ", after a word for people in a text with marks, in "Quảng Nam"."""
    marked = any(token.text != token.folded for token in tokens)
    for index, token in enumerate(tokens):
        if token.text != "nam":
            continue
        near = {other.folded for other in tokens[max(0, index - 2) : index + 3]}
        before = tokens[index - 1].folded if index else ""
        if "nu" in near or (marked and before in _PEOPLE) or before in _SOUTHERN:
            bare = bare[: token.start] + "\1\1\1" + bare[token.end :]
    return bare


def _span(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    inside = [index for index, token in enumerate(tokens) if token.start >= start and token.end <= end]
    return (inside[0], inside[-1] + 1) if inside else None


def _item(word: TimeWord, *values: str) -> Item:
    return Item(Kind.TIME, word.value, values)


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _COUNTS[text]


def _day(day: str, month: str, year: str) -> Item | None:
    valid = 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    return _item(TimeWord.POINT, TimeKind.DAY, f"{year}-{int(month):02}-{int(day):02}") if valid else None


def _month(found: re.Match[str]) -> Item | None:
    month = int(found[1])
    # The last day most months have in common is enough: figures are the latest up to that day.
    last = 28 if month == 2 else 30 if month in {4, 6, 9, 11} else 31
    return _day(str(last), found[1], found[2])


def _parse(text: str) -> tuple[TimeKind, str] | None:
    """A year or a school year; two years that do not follow each other are neither."""
    parts = [part.strip() for part in re.split(r"[-–—/]", text)]
    first = parts[0] if len(parts[0]) == 4 else f"20{parts[0]}"
    if len(parts) == 1:
        return TimeKind.YEAR, first
    last = parts[1] if len(parts[1]) == 4 else f"20{parts[1]}"
    return (TimeKind.SCHOOL_YEAR, f"{first}-{last}") if int(last) == int(first) + 1 else None


def _pair(found: re.Match[str]) -> Item | None:
    """What "2024-2025" is a school year, "2020-2024" a range of years."""
    single = _parse(f"{found[1]}-{found[2]}")
    if single is not None:
        return _item(TimeWord.POINT, *single)
    last = found[2] if len(found[2]) == 4 else f"20{found[2]}"
    return _item(TimeWord.RANGE, TimeKind.YEAR, found[1], last) if int(last) > int(found[1]) else None


def _short_pair(found: re.Match[str]) -> Item | None:
    plausible = 10 <= int(found[1]) <= 40 and int(found[2]) == int(found[1]) + 1
    return _item(TimeWord.POINT, TimeKind.SCHOOL_YEAR, f"20{found[1]}-20{found[2]}") if plausible else None


def _range(found: re.Match[str]) -> Item | None:
    first, last = _parse(found[1]), _parse(found[2])
    return _item(TimeWord.RANGE, first[0], first[1], last[1]) if first and last else None


def _since(found: re.Match[str]) -> Item | None:
    first = _parse(found[1])
    return _item(TimeWord.RANGE, first[0], first[1], "") if first else None


def _school_year_from(found: re.Match[str]) -> Item:
    return _item(TimeWord.POINT, TimeKind.SCHOOL_YEAR, f"{found[1]}-{int(found[1]) + 1}")


def _year(found: re.Match[str]) -> Item:
    return _item(TimeWord.POINT, TimeKind.YEAR, found[1])


def _fixed(word: TimeWord, *values: str) -> Build:
    return lambda found: _item(word, *values)


def _counted(word: TimeWord) -> Build:
    return lambda found: _item(word, str(_count(found[1])))


# Tried in this order; what one has taken the next do not see.
_PATTERNS: tuple[tuple[re.Pattern[str], Build], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"(?:\bngay )?\b(\d\d?) thang (\d\d?)(?: nam |/)({_YEAR})\b", lambda found: _day(*found.groups())),
        (rf"(?:\bngay )?(?<!\d)(\d\d?)[/.-](\d\d?)[/.-]({_YEAR})\b", lambda found: _day(*found.groups())),
        (rf"\b(?:(?:tinh )?(?:den|toi) )?(?:het |cuoi )?thang (\d\d?)(?: nam |\s*/\s*)({_YEAR})\b", _month),
        (rf"(?<!\btu )\bgiua nam ({_YEAR})\b", lambda found: _day("30", "6", found[1])),
        (
            rf"\b(?:ke tu|tinh tu|tu|giai doan|trong|giua) {_NAMED}{_EITHER}\s*(?:->|→|-|–|den|toi|va) (?:het )?"
            rf"{_NAMED}{_EITHER}",
            _range,
        ),
        (rf"{_NAMED}{_EITHER}\s*(?:->|→|den|toi)\s*{_NAMED}{_EITHER}", _range),
        (
            rf"\b(?:ke tu|tu) giua nam ({_YEAR})(?: (?:den|toi) (?:hien )?(?:nay|gio)| tro lai day| tro di)?",
            lambda found: _item(TimeWord.RANGE, TimeKind.DAY, f"{found[1]}-06-30", ""),
        ),
        (
            rf"\b(?:ke tu|tu) (?:dau|cuoi) nam ({_YEAR})"
            r"(?: (?:den|toi) (?:hien )?(?:nay|gio)| tro lai day| tro di)?",
            _since,
        ),
        (
            rf"\b(?:ke tu|tu sau|tu) {_NAMED}{_EITHER}(?: (?:den|toi) (?:hien )?(?:nay|gio)\b| tro lai day| tro di)?",
            _since,
        ),
        (rf"{_NAMED}({_YEAR}){_DASH}({_YEAR}|\d\d)(?!\d|{_DASH}\d)", _pair),
        (rf"\b(?:nam hoc|nam|nh) (\d\d){_DASH}(\d\d)(?!\d)", _short_pair),
        (r"(?<![\d/.-])\b(\d\d)\s?[-–]\s?(\d\d)\b(?![\d/.-]|\s*(?:tuoi|thang|%|gio|buoi))", _short_pair),
        (
            rf"\b{_N} {_YEARS} (?:gan day|gan nhat|vua qua|qua|tro lai day|lien tiep|lien ke)(?: nhat)?",
            _counted(TimeWord.LAST),
        ),
        (rf"\b{_N} {_YEARS} (?:toi|nua|tiep theo)\b", _fixed(TimeWord.FUTURE)),
        (rf"\b(?:cach day )?{_N} {_YEARS} truoc\b|\bcach day {_N} nam\b", lambda found: _ago(found)),
        (rf"{_FREE}{_YEARS} nao\b", _fixed(TimeWord.EACH, "which")),
        (rf"{_FREE}{_YEARS} (?:sau|toi|toi day|tiep theo)\b|\bsang nam\b|\btuong lai\b", _fixed(TimeWord.FUTURE)),
        (r"\bso voi nam(?: hoc)? (?:truoc do|lien truoc|truoc|ngoai)\b", _fixed(TimeWord.SAME_PERIOD)),
        (r"\b(?:so voi )?cung (?:ky|ki)\b(?: (?:cua )?nam (?:truoc|ngoai))?", _fixed(TimeWord.SAME_PERIOD)),
        # "Đầu năm học trước" is the beginning of that year: its "năm" belongs to what follows it.
        (rf"\b{_YEARS} (?:truoc do|lien truoc|truoc nua|lien ke truoc)\b", _fixed(TimeWord.AGO, "1")),
        (rf"\b{_YEARS} kia\b", _fixed(TimeWord.AGO, "2")),
        (rf"\b{_YEARS} (?:ngoai|truoc|vua qua|vua roi|qua)\b", _fixed(TimeWord.AGO, "1")),
        (rf"\b{_YEARS} (?:nay|hien tai|hien hanh|hien nay)\b", _fixed(TimeWord.NOW)),
        (rf"\b{_YEARS} (?:gan (?:day )?nhat|moi nhat)\b", _fixed(TimeWord.LATEST)),
        (rf"\b(?:qua|theo|giua|trong|cua) (?:cac|tung|moi) {_YEARS}(?! {_YEAR})", _fixed(TimeWord.EACH)),
        (rf"\b(?:qua|theo) (?:cac|tung|moi) {_SNAPSHOTS}", _fixed(TimeWord.EACH)),
        (rf"\b(?:theo|tung|moi|cac|hang|nhung) {_YEARS}(?! {_YEAR})", _fixed(TimeWord.EACH)),
        (rf"\bqua {_YEARS}(?! {_YEAR})|\btheo thoi gian\b|\bqua thoi gian\b", _fixed(TimeWord.EACH)),
        (rf"{_FREE}nam hoc ({_YEAR})\b", _school_year_from),
        (rf"{_FREE}(?:nam hoc|nam|nh)\s+({_YEAR})\b(?![.,]\d)", _year),
        (rf"{_NOT_COMPARED}\b({_YEAR})\b(?![.,]\d)", _year),
        (r"\b(?:tinh )?(?:den|toi) (?:hien )?(?:nay|gio)\b|\bhien (?:nay|tai|gio)\b", _fixed(TimeWord.LATEST)),
        (r"\b(?:tinh )?(?:den|toi) hom nay\b|\bhom nay\b", _fixed(TimeWord.LATEST)),
        (r"\bbay gio\b|\b(?:moi|gan) nhat\b|\bgan day\b", _fixed(TimeWord.LATEST)),
    )
)


def _ago(found: re.Match[str]) -> Item:
    return _item(TimeWord.AGO, str(_count(found[1] or found[2])))
