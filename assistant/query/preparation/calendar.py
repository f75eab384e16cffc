"""Times as the data have them: "năm nay" and "3 năm gần đây" become points that exist, and lie before the day asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Protocol

from sqlglot import exp

from assistant.access.principal import Principal
from assistant.query.compiling.facts import FactBuilder, Piece
from assistant.query.reading.slots.spans import shifted
from assistant.query.request import TIME, DataRequest, TimeKind, TimeSpan
from assistant.query.runner import RunResult
from assistant.query.semantic_model import SemanticModel
from assistant.query.semantics.parts import Dataset

PERIOD, YEAR_END = "period", "CN"
_FARTHEST_BACK = 5
_MANY_DAYS = 24


class Runs(Protocol):
    """The runner, as far as this package needs it."""

    def run(self, query: str | exp.Expr, principal: Principal) -> RunResult: ...


@dataclass(frozen=True, slots=True)
class Bound:
    """The request with its time fixed. `missing` points were asked for and are not held; `moved` tells a step back."""

    request: DataRequest
    held: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    moved: tuple[str, str] | None = None

    @property
    def empty(self) -> bool:
        return self.request.time.kind is not None and not self.request.time.points


@dataclass(slots=True)
class Calendar:
    """Which points each data set holds, asked of the engine once per caller and kept."""

    model: SemanticModel
    runner: Runs
    _held: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    _origin: str | None = None
    _lock: Lock = field(default_factory=Lock)

    def bind(self, request: DataRequest, day: date, principal: Principal) -> Bound:
        """Fix the request's time to points that are held and closed by `day`."""
        span = request.time
        if span.kind is None:
            return Bound(request)
        held = self._points(request, day, principal)
        points, missing, moved = _resolve(span, held)
        by = request.by
        if len(points) > 1 and TIME not in by and not span.summed:
            by = (TIME, *by)
        bound = TimeSpan(span.kind, points, summed=span.summed)
        return Bound(replace(request, time=bound, by=by), held, missing, moved)

    def forget(self) -> None:
        """Ask again: the education database was replaced."""
        with self._lock:
            self._held.clear()
            self._origin = None

    def origin(self, principal: Principal) -> str:
        """What the database says of itself: whether its data are synthetic, and at which scale."""
        with self._lock:
            known = self._origin
        if known is None:
            wanted = exp.column("key").eq(exp.Literal.string("notice"))
            rows = self.runner.run(exp.select("value").from_("meta").where(wanted), principal).table.rows
            known = str(rows[0][0]) if rows else ""
            with self._lock:
                self._origin = known
        return known

    def _points(self, request: DataRequest, day: date, principal: Principal) -> tuple[str, ...]:
        """The points every data set of the request holds."""
        parts = [part for name in request.metrics for part in self.model.components(name)]
        found = [self._of(request, Piece(part), day, principal) for part in parts]
        shared = set.intersection(*(set(points) for points in found))
        return tuple(point for point in found[0] if point in shared)

    def _of(self, request: DataRequest, piece: Piece, day: date, principal: Principal) -> tuple[str, ...]:
        dataset = self.model.datasets[piece.metric.dataset]
        period = request.filter_on(PERIOD)
        codes = period.values if period else ()
        key = (dataset.name, *codes, principal.scope)
        with self._lock:
            known = self._held.get(key)
        if known is None:
            known = self._ask(dataset, codes, principal)
            with self._lock:
                self._held[key] = known
        return tuple(point for point in known if _closed(dataset, point, codes, day))

    def _ask(self, dataset: Dataset, periods: tuple[str, ...], principal: Principal) -> tuple[str, ...]:
        builder = FactBuilder(self.model, DataRequest((), TimeSpan()))
        key = builder.key(dataset, TIME)
        select = exp.select(exp.alias_(key, "point"), exp.alias_(exp.Count(this=exp.Star()), "rows_held"))
        select = select.from_(builder.table(dataset)).group_by(key.copy())
        if periods and dataset.field(PERIOD) is not None:
            named = [exp.Literal.string(code) for code in periods]
            select = select.where(exp.In(this=builder.key(dataset, PERIOD), expressions=named))
        rows = self.runner.run(select, principal).table.rows
        return tuple(sorted(_text(row[0]) for row in rows if row[0] is not None))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _closed(dataset: Dataset, point: str, periods: Iterable[str], day: date) -> bool:
    """Whether the figures of `point` were known by `day`."""
    time = dataset.edu.time
    if time is None:
        return True
    if time.kind is TimeKind.DAY:
        return point <= day.isoformat()
    year_end = time.closes == "end" or YEAR_END in periods
    if time.kind is TimeKind.SCHOOL_YEAR:
        first = int(point[:4])
        return day >= (date(first + 1, 5, 31) if year_end else date(first, 9, 30))
    return day >= date(int(point), 8, 1) if year_end else day.year >= int(point)


def _resolve(span: TimeSpan, held: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, str] | None]:
    """(points, missing, moved) of a span."""
    if span.points and span.last:
        begin, missing, _ = _named(span, held)
        return (*begin, *(point for point in held[-1:] if point not in begin)) if begin else (), missing, None
    if span.points:
        return _named(span, held)
    if span.until:
        return tuple(point for point in held if point <= span.until)[-1:], (), None
    thinned = _thinned(span, tuple(point for point in held if point >= span.since))
    if span.since:
        return thinned, (), None
    return (thinned if span.every else thinned[-span.last :]), _before_the_first(span, thinned), None


def _before_the_first(span: TimeSpan, held: tuple[str, ...]) -> tuple[str, ...]:
    """The years of "10 năm qua" that lie before the oldest that is held."""
    if span.kind in (None, TimeKind.DAY) or span.every or not held:
        return ()
    lacking = max(0, span.last - len(held))
    return tuple(shifted(span.kind, held[0], -back) for back in range(lacking, 0, -1))


def _thinned(span: TimeSpan, held: tuple[str, ...]) -> tuple[str, ...]:
    """Of daily figures over years, the last day of each year."""
    several = span.every or span.since or span.last > 1
    if span.kind is not TimeKind.DAY or not several or (span.every and len(held) <= _MANY_DAYS):
        return held
    return tuple({point[:4]: point for point in held}.values())


def _named(span: TimeSpan, held: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, str] | None]:
    kind = span.kind or TimeKind.SCHOOL_YEAR
    points = span.points
    if span.relative:
        for back in range(_FARTHEST_BACK + 1):
            tried = tuple(shifted(kind, point, -back) for point in points)
            found = _existing(kind, tried, held)
            if len(found) == len(points):
                return found, (), (points[-1], found[-1]) if back else None
        return (), points, None
    found = _existing(kind, points, held)
    missing = () if kind is TimeKind.DAY else tuple(point for point in points if point not in found)
    return found, missing, None


def _existing(kind: TimeKind, points: Iterable[str], held: tuple[str, ...]) -> tuple[str, ...]:
    """The points that are held; for a day the newest one up to it."""
    if kind is not TimeKind.DAY:
        return tuple(point for point in points if point in held)
    newest = (max((one for one in held if one <= point), default=None) for point in points)
    return tuple(dict.fromkeys(one for one in newest if one is not None))
