"""The day a question means, read from its words: "tại ngày 15/9/2023", "từ 1/7/2025", "năm học trước", "hiện nay"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.corpus.reading.letters import bare
from assistant.corpus.reading.numbers import find_cited_numbers
from assistant.text import nfc

_SCHOOL_YEAR_BEGINS = (9, 5)
_D, _M, _Y = r"(\d{1,2})", r"(\d{1,2})", r"((?:19|20)\d{2})"
_WHOLE = re.compile(rf"(?<![\d/]){_D}\s?[/.-]\s?{_M}\s?[/.-]\s?{_Y}(?![\d/])|ngay {_D} thang {_M} nam {_Y}")
_MONTH = re.compile(rf"(?<![\w/])thang {_M}\s?(?:/|nam )\s?{_Y}(?!\d)")
_SCHOOL_YEAR = re.compile(rf"(?<!\w)nam hoc {_Y}\s?[-–/]\s?(?:(?:19|20)?\d{{2}})(?!\d)")
_RELATIVE_YEAR = re.compile(r"(?<!\w)nam hoc (truoc|vua qua|vua roi|ngoai|nay|hien tai|toi|sau)(?!\w)")
_CALENDAR_YEAR = re.compile(rf"(?<!\w)(?:trong |vao |cuoi |dau |hoi |thoi diem )?nam {_Y}(?!\s?[-–/]\s?\d)(?!\d)")
_LAST_YEAR = re.compile(r"(?<!\w)nam (ngoai|truoc|kia)(?!\w)")
_BEFORE = re.compile(r"(?<!\w)(?:truoc|den het|toi het)(?: ngay| thoi diem| khi)?\s*$")
# "Luật Giáo dục năm 2019", "chương trình năm 2018": the year is part of a name.
_NAMES = re.compile(
    r"(?<!\w)(?:luat|bo luat|hien phap|phap lenh|nghi dinh|thong tu|nghi quyet|quyet dinh|quy che|dieu le|chuong trinh"
    r"|de an|van ban|cong van|gdpt|ctgdpt|khoa)(?: (?!tai |vao |trong |truoc |thi |co |con |ap |quy )\w+){0,6}\s*$"
)
# Words that ask about a document's own days, not for the law of a day.
_OWN_DAYS = re.compile(r"(?<!\w)(?:ban hanh|ky|thong qua|sua doi|duoc sua)(?: (?:ngay|vao|tu))*\s*$")
# "đề án được duyệt từ tháng 10/2025 thì còn được làm tiếp không": the day of an event, the law of today.
_HAPPENED = re.compile(
    r"(?<!\w)(?:duyet|cap|tuyen|cong nhan|trung tuyen|bo nhiem|thanh lap|nhap hoc|xep hang)"
    r"(?: (?:ngay|vao|tu|hoi))*\s*$"
)
_STILL = re.compile(r"(?<!\w)con (?:duoc|dung|gia tri|hieu luc|lam|ap dung|su dung|tiep tuc)(?!\w)")


@dataclass(frozen=True, slots=True)
class AskedDay:
    """The day whose law is asked for, and the words that say so."""

    day: date
    words: str


def asked_day(question: str, today: date) -> AskedDay | None:
    """The day that the words of `question` name, seen from `today`; None when they name none.

    A year that has passed stands for its last day, a school year for its first; what begins later than today is asked
    of the law as it stands, unless a whole day is named.
    """
    text = nfc(question)
    plain = bare(text)
    for number in find_cited_numbers(text):
        plain = plain[: number.start] + "·" * (number.end - number.start) + plain[number.end :]
    found = [each for each in _days(plain, today) if not _is_of_something(plain, each)]
    if not found:
        return None
    start, end, day = found[0]
    if _BEFORE.search(plain[:start]):
        day -= timedelta(days=1)
    return AskedDay(day, text[start:end].strip())


def _is_of_something(plain: str, named: tuple[int, int, date]) -> bool:
    """Whether the words say when a document was made, or when something happened that may still hold."""
    before, after = plain[: named[0]], plain[named[1] :]
    return bool(_OWN_DAYS.search(before)) or bool(_HAPPENED.search(before) and _STILL.search(after))


def _days(plain: str, today: date) -> Iterator[tuple[int, int, date]]:
    for match in _WHOLE.finditer(plain):
        day, month, year = (part for part in match.groups() if part)
        if (whole := _date(int(year), int(month), int(day))) is not None:
            yield match.start(), match.end(), whole
    for start, end, day, last in _periods(plain, today):
        yield start, end, today if day > today or last >= today else day


def _periods(plain: str, today: date) -> Iterator[tuple[int, int, date, date]]:
    """Where a period is named, the day that stands for it, and its last day."""
    for match in _SCHOOL_YEAR.finditer(plain):
        yield match.start(), match.end(), date(int(match[1]), *_SCHOOL_YEAR_BEGINS), _school_year_ends(int(match[1]))
    for match in _MONTH.finditer(plain):
        if (first := _date(int(match[2]), int(match[1]), 1)) is not None:
            yield match.start(), match.end(), first, first
    for match in _RELATIVE_YEAR.finditer(plain):
        began = today.year if today >= date(today.year, *_SCHOOL_YEAR_BEGINS) else today.year - 1
        year = began + (0 if match[1] in {"nay", "hien tai", "toi", "sau"} else -1)
        yield match.start(), match.end(), date(year, *_SCHOOL_YEAR_BEGINS), _school_year_ends(year)
    for match in _CALENDAR_YEAR.finditer(plain):
        if not _NAMES.search(plain[: match.start()]):
            last = date(int(match[1]), 12, 31)
            yield match.start(), match.end(), last, last
    for match in _LAST_YEAR.finditer(plain):
        last = date(today.year - 1, 12, 31)
        yield match.start(), match.end(), last, last


def _school_year_ends(began: int) -> date:
    return date(began + 1, *_SCHOOL_YEAR_BEGINS) - timedelta(days=1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
