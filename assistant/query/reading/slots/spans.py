"""Time expressions turned into the time a metric knows: school years, years, or days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.query.reading.words.lexicon import Item
from assistant.query.reading.words.times import TimeWord
from assistant.query.request import TimeKind, TimeSpan

SCHOOL_YEAR_BEGINS = 9
"""The month a school year opens in (5 September)."""


@dataclass(slots=True)
class Spoken:
    """What a question says of time: the span, whether to show it point by point, what was taken for what."""

    span: TimeSpan
    by_time: bool = False
    which: bool = False
    change: bool = False
    future: bool = False
    spoken: bool = True
    taken: list[tuple[str, str]] = field(default_factory=list)


def current_point(kind: TimeKind, day: date) -> str:
    """The school year, year or day `day` lies in."""
    if kind is TimeKind.DAY:
        return day.isoformat()
    first = day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1
    return str(day.year) if kind is TimeKind.YEAR else f"{first}-{first + 1}"


def shifted(kind: TimeKind, point: str, years: int) -> str:
    """The same point `years` later (earlier when negative)."""
    year = int(point[:4]) + years
    if kind is TimeKind.DAY:
        return f"{year}{point[4:]}"
    return str(year) if kind is TimeKind.YEAR else f"{year}-{year + 1}"


def spoken_time(
    mentions: Sequence[tuple[str, Item]],
    kind: TimeKind | None,
    day: date,
    before: TimeSpan | None = None,
    *,
    year_end: bool = False,
) -> Spoken:
    """Resolve the time mentions (text, item) of a question for a metric of this kind of time.

    `before` is the previous question's time: "năm trước" after it is the year before that one. With `year_end` the
    figures are known when a school year ends, so those "of 2025" are of 2024-2025.
    """
    if kind is None:
        later = [item for _, item in mentions if item.name not in (TimeWord.NOW, TimeWord.LATEST)]
        return Spoken(TimeSpan(), spoken=bool(mentions) and not later)
    if not mentions:
        return Spoken(TimeSpan(kind, last=1), spoken=False)
    reader = _Reader(kind, day, before, year_end=year_end)
    for text, item in mentions:
        reader.read(text, item)
    return reader.result()


class _Reader:
    def __init__(self, kind: TimeKind, day: date, before: TimeSpan | None, *, year_end: bool) -> None:
        self._kind, self._day, self._year_end = kind, day, year_end
        self._anchor = before.points[0] if before and before.kind is kind and len(before.points) == 1 else None
        self._now = current_point(kind, day)
        self._points: list[str] = []
        self._relative = self._every = self._which = self._change = self._future = False
        self._last, self._since = 0, ""
        self._taken: list[tuple[str, str]] = []

    def read(self, text: str, item: Item) -> None:
        match TimeWord(item.name):
            case TimeWord.POINT:
                self._point(text, TimeKind(item.values[0]), item.values[1])
            case TimeWord.RANGE:
                self._range(text, TimeKind(item.values[0]), item.values[1], item.values[2])
            case TimeWord.NOW:
                self._relative_point(0)
            case TimeWord.AGO:
                self._relative_point(int(item.values[0]))
            case TimeWord.SAME_PERIOD:
                self._change = True
            case TimeWord.LAST:
                self._last = int(item.values[0])
            case TimeWord.LATEST:
                self._last = max(self._last, 1)
            case TimeWord.EACH:
                self._every, self._which = True, bool(item.values)
            case TimeWord.FUTURE:
                self._future = True

    def result(self) -> Spoken:
        span, by_time = self._span()
        return Spoken(span, by_time, self._which, self._change, self._future, True, self._taken)

    def _span(self) -> tuple[TimeSpan, bool]:
        points = tuple(sorted(dict.fromkeys(self._points)))
        if self._change and len(points) <= 1:
            newest = points[0] if points else None
            if newest is None:
                return TimeSpan(self._kind, last=2), True
            return TimeSpan(self._kind, (shifted(self._kind, newest, -1), newest), relative=self._relative), True
        if self._since:
            return TimeSpan(self._kind, since=self._since, every=self._every), True
        if self._last > 1:
            return TimeSpan(self._kind, last=self._last), True
        if points:
            until = points[0] if self._kind is TimeKind.DAY and len(points) == 1 else ""
            span = TimeSpan(self._kind, until=until) if until else TimeSpan(self._kind, points, relative=self._relative)
            return span, len(points) > 1 or self._every
        return (TimeSpan(self._kind, every=True), True) if self._every else (TimeSpan(self._kind, last=1), False)

    def _relative_point(self, years_ago: int) -> None:
        if self._anchor is not None and years_ago:
            self._points.append(shifted(self._kind, self._anchor, -years_ago))
            return
        self._relative = True
        self._points.append(shifted(self._kind, self._now, -years_ago))

    def _point(self, text: str, kind: TimeKind, value: str) -> None:
        taken = self._as_mine(kind, value)
        if kind is not self._kind:
            self._taken.append((text, taken))
        # A day to come is no forecast: the newest figures up to it are asked for.
        self._future |= self._kind is not TimeKind.DAY and taken[:4] > self._now[:4]
        self._points.append(taken)

    def _range(self, text: str, kind: TimeKind, first: str, last: str) -> None:
        if not last:
            # Days since a year was said begin with it.
            opens = self._kind is TimeKind.DAY and kind is TimeKind.YEAR
            self._since = f"{first}-01-01" if opens else self._as_mine(kind, first)
            return
        years = int(last[:4]) - int(first[:4])
        points = [self._as_mine(kind, shifted(kind, first, step)) for step in range(years + 1)]
        if kind is not self._kind:
            self._taken.append((text, f"{points[0]} – {points[-1]}"))
        # "2019 → 2025" reaches as far as the data do; only a range wholly ahead is a forecast.
        self._future |= points[0][:4] > self._now[:4]
        self._points += [point for point in points if point[:4] <= self._now[:4]]

    def _as_mine(self, kind: TimeKind, value: str) -> str:
        """A point of another kind of time in this metric's: figures of a year are those of the school year it opens,
        an examination or admission belongs to the year in which its school year ends."""
        if kind is self._kind:
            return value
        if kind is TimeKind.DAY:
            return current_point(self._kind, date.fromisoformat(value))
        if self._kind is TimeKind.SCHOOL_YEAR:
            return f"{int(value) - 1}-{value}" if self._year_end else f"{value}-{int(value) + 1}"
        ends = value[-4:]
        return ends if self._kind is TimeKind.YEAR else f"{ends}-{'12-31' if kind is TimeKind.YEAR else '08-31'}"


def mention_texts(taken: Iterable[tuple[str, str]]) -> list[str]:
    """Sentences as "“năm 2024” được hiểu là 2024-2025", for each mention that was converted."""
    return [f"“{text}” được hiểu là {point}" for text, point in taken]
