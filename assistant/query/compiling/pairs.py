"""What is set against what: two points in time, each point and the one before it, or two values of a dimension."""

from dataclasses import dataclass
from itertools import pairwise

from sqlglot import exp

from assistant.query.compiling.facts import key_alias, time_literal
from assistant.query.reading.building import names_of
from assistant.query.request import TIME, Comparison, DataRequest, Filter, TimeKind
from assistant.query.semantic_model import SemanticModel

NOW, BEFORE = "now", "before"
PERIOD, _PERIODS = "period", ("DN", "CN")


@dataclass(frozen=True, slots=True)
class Pairing:
    """`steps` are (before, now) literals of the key; a single step leaves one row a group, and the key is not shown."""

    key: str
    steps: tuple[tuple[exp.Expr, exp.Expr], ...]
    names: tuple[str, str]
    is_gap: bool = False

    @property
    def single(self) -> bool:
        return len(self.steps) == 1

    def matches(self) -> exp.Expr:
        """The join condition between a row and the row it is set against."""
        both = [
            self._column(BEFORE).eq(first.copy()).and_(self._column(NOW).eq(last.copy())) for first, last in self.steps
        ]
        return exp.Paren(this=exp.or_(*both)) if len(both) > 1 else both[0]

    def latest(self) -> exp.Expr:
        """Only the rows that have one to be set against."""
        return self._column(NOW).eq(self.steps[-1][1].copy())

    def _column(self, table: str) -> exp.Expr:
        return exp.column(key_alias(self.key), table=table)


def pairing_of(model: SemanticModel, request: DataRequest) -> Pairing | None:
    """The pairing a request asks for, if any."""
    points = request.time.points
    if request.compare is Comparison.GROWTH and TIME in request.by and len(points) > 1:
        kind = request.time.kind or TimeKind.SCHOOL_YEAR
        steps = tuple((time_literal(kind, first), time_literal(kind, last)) for first, last in pairwise(points))
        return Pairing(TIME, steps, (points[-2], points[-1]))
    if request.compare is Comparison.GAP:
        if (periods := _periods(model, request)) is not None:
            return periods
        two = next((one for one in request.filters if one.dimension in request.by and len(one.values) == 2), None)
        if two is not None:
            return _gap(model, request, two)
    return None


def _periods(model: SemanticModel, request: DataRequest) -> Pairing | None:
    """The two reports of a school year are points in time: the change is the later less the earlier."""
    one = request.filter_on(PERIOD)
    if one is None or PERIOD not in request.by or set(one.values) != set(_PERIODS):
        return None
    first, last = (exp.Literal.string(value) for value in _PERIODS)
    names = [model.dimensions[PERIOD].label_of(value) for value in _PERIODS]
    return Pairing(PERIOD, ((first, last),), (names[0], names[1]))


def _gap(model: SemanticModel, request: DataRequest, two: Filter) -> Pairing:
    """The first one named against the second."""
    last, first = (exp.Literal.string(value) for value in two.values)
    names = names_of(model, two, request.map_version)
    if len(names) != len(two.values):
        names = list(two.values)
    return Pairing(two.dimension, ((first, last),), (names[1], names[0]), is_gap=True)
