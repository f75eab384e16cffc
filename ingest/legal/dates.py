"""Dates as Vietnamese documents write them."""

import re
from collections.abc import Iterator
from datetime import date, datetime

_DATE = re.compile(
    r"(?:ngày\s*)?(?P<d>\d{1,2})\s*tháng\s*(?P<m>\d{1,2})\s*năm\s*(?P<y>(?:19|20)\d{2})"
    r"|(?<![\d/])(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>(?:19|20)\d{2})(?!\d)"
    r"|(?<!\d)(?P<y3>(?:19|20)\d{2})-(?P<m3>\d{2})-(?P<d3>\d{2})(?!\d)",
    re.IGNORECASE,
)


def find_dates(text: str) -> Iterator[date]:
    """The days named in `text` in order; impossible ones are passed over."""
    for match in _DATE.finditer(text):
        year, month, day = (int(match[name] or match[name + "2"] or match[name + "3"]) for name in ("y", "m", "d"))
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def first_date(text: object) -> date | None:
    """The first day in `text`, which may also be a date that a YAML reader already understood."""
    if isinstance(text, datetime):
        return text.date()
    if isinstance(text, date):
        return text
    return next(find_dates(str(text or "")), None)
