"""Transitional sentences read: which day, course or school year parts the older rules from the newer ones."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.corpus.reading.numbers import find_cited_numbers

_DAY = r"(?P<d>\d{1,2})(?:\s+tháng\s+|[/.-])(?P<m>\d{1,2})(?:\s+năm\s+|[/.-])(?P<y>(?:19|20)\d{2})"
_BEFORE_DAY = re.compile(rf"trước\s+(?:ngày\s+)?{_DAY}")
_BEFORE_EFFECT = re.compile(
    r"trước\s+(?:thời điểm|ngày|khi)\s+(?:Luật|Bộ luật|Nghị quyết|Nghị định|Quyết định|Thông tư|Quy chế|Quy định)\s+này"
    r"(?:\s+bắt đầu)?\s+có hiệu lực"
)
_COHORT_YEAR = re.compile(
    r"(?:khóa|khoá)(?:\s+\w+){0,4}?\s+(?:năm\s+)?(?P<y>(?:19|20)\d{2})(?:\s*[-–]\s*\d{4})?\s+trở về trước",
    re.IGNORECASE,
)
_UNTIL_SCHOOL_YEAR = re.compile(r"(?:đến\s+)?hết\s+năm học\s+\d{4}\s*[-–]\s*(?P<y>\d{4})", re.IGNORECASE)
_FROM_SCHOOL_YEAR = re.compile(r"(?:từ|kể từ|bắt đầu từ)\s+năm học\s+(?P<y>\d{4})\s*[-–]\s*\d{4}", re.IGNORECASE)
_COHORT = re.compile(r"(?:khóa|khoá)\s+(?:tuyển sinh|đào tạo|học|bồi dưỡng)|khai giảng|trúng tuyển|nhập học|tuyển sinh")
_SCHOOL_YEAR_BEGINS = (9, 5)


@dataclass(frozen=True, slots=True)
class Transition:
    """What a sentence says: events before `limit` stay under the older rules, or with `newer` go under the new."""

    note: str
    kind: str
    """ "cohort", "school_year" or "matter"."""
    limit: date | None
    numbers: tuple[str, ...] = ()
    """The acts it names, as written: mostly those that go on for older events."""

    def keeps_older(self, event: date) -> bool | None:
        """Whether an event on that day stays under the older rules; None where the sentence names no day."""
        return None if self.limit is None else event < self.limit


def read_transition(note: str, begins: date | None) -> Transition:
    """`begins` is the first day of the act's effect, for sentences that part events by it."""
    numbers = tuple(dict.fromkeys(each.written_out for each in find_cited_numbers(note) if each.is_full))
    school = _UNTIL_SCHOOL_YEAR.search(note) or _FROM_SCHOOL_YEAR.search(note)
    if school:
        return Transition(note, "school_year", date(int(school["y"]), *_SCHOOL_YEAR_BEGINS), numbers)
    kind = "cohort" if _COHORT.search(note) else "matter"
    if cohort := _COHORT_YEAR.search(note):
        return Transition(note, "cohort", date(int(cohort["y"]) + 1, 1, 1), numbers)
    if day := _BEFORE_DAY.search(note):
        return Transition(note, kind, _date(day), numbers)
    return Transition(note, kind, begins if _BEFORE_EFFECT.search(note) else None, numbers)


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
