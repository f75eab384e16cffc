"""The DataRequest: what a data question means, before any SQL; shown to people and carried through a conversation."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

WHOLE = "whole"
"""The reference of a threshold: the whole country's ratio, or the mean of all groups of a count."""
TIME = "time"
"""The name of the time dimension of every metric: school year, year or day, as the metric's data set has it."""


class TimeKind(StrEnum):
    SCHOOL_YEAR = "school_year"
    YEAR = "year"
    DAY = "day"


class Operator(StrEnum):
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    EQUAL = "="


class Comparison(StrEnum):
    """DIFFERENCE sets the chosen things side by side; GROWTH also computes the change between points in time,
    GAP how far apart two values of one dimension are. MINUS, PLUS and QUOTIENT compute with two metrics."""

    DIFFERENCE = "difference"
    GROWTH = "growth"
    GAP = "gap"
    MINUS = "minus"
    PLUS = "plus"
    QUOTIENT = "quotient"


ARITHMETIC = (Comparison.MINUS, Comparison.PLUS, Comparison.QUOTIENT)
"""What is computed of two metrics in the order they are named."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep (or, negated, drop) the rows whose `dimension` is one of `values`, given as codes.

    With an operator the dimension is a number compared with the one value, as in "sĩ số trên 45".
    """

    dimension: str
    values: tuple[str, ...]
    negated: bool = False
    operator: Operator | None = None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Points in time, in order: school years, years or ISO days; what was asked before the data were looked at.

    `last` asks for the newest points the data hold (beside `points`: for one up to the newest). `relative` points
    ("năm nay") move back together while the data do not reach them. `until` asks for the newest point up to a day,
    `since` for all points from one on, `every` for every point there is. `summed` adds the points up.
    """

    kind: TimeKind | None = None
    points: tuple[str, ...] = ()
    relative: bool = False
    last: int = 0
    since: str = ""
    until: str = ""
    every: bool = False
    summed: bool = False

    @property
    def bound(self) -> bool:
        """Whether the points are final; a register without time needs none."""
        return self.kind is None or (bool(self.points) and not (self.relative or self.last))


@dataclass(frozen=True, slots=True)
class Having:
    """Keep only the groups whose metric, or its change, or that in per cent, compares with `value` like this.

    A `reference` is what the value is read from before the query runs: WHOLE, or the code of a province. Of a share,
    `of_whole` compares what it is a share of: "chỉ tính tỉnh có trên 50 trường".
    """

    metric: str
    operator: Operator
    value: float
    by_change: bool = False
    by_rate: bool = False
    reference: str = ""
    of_whole: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    metric: str
    descending: bool = True
    by_change: bool = False


@dataclass(frozen=True, slots=True)
class DataRequest:
    """`share` holds the filters of the numerator when a share of the unfiltered metric is asked.

    `distribution` asks for each group's part of the total, `defaults` names the slots nobody spoke of, and
    `map_version` the list of provinces the places belong to. `count_of` asks how many groups there are, `average_of`
    for their mean; `within` ranks inside each group of that dimension. `whole` shows the total of all groups beside
    those that are listed, `together` adds the listed ones up and says what part of it they make. `replaced` are the
    filters the question before had where this one has others: "hai tỉnh đó" are both. `falls` asks by how much it fell.
    """

    metrics: tuple[str, ...]
    time: TimeSpan
    by: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    share: tuple[Filter, ...] = ()
    distribution: bool = False
    having: tuple[Having, ...] = ()
    order: Order | None = None
    limit: int | None = None
    compare: Comparison | None = None
    falls: bool = False
    rank_of: str | None = None
    count_of: str | None = None
    average_of: str | None = None
    within: str | None = None
    whole: bool = False
    together: bool = False
    replaced: tuple[Filter, ...] = ()
    map_version: str | None = None
    defaults: tuple[str, ...] = ()

    def filter_on(self, dimension: str) -> Filter | None:
        return next((one for one in (*self.filters, *self.share) if one.dimension == dimension), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; empty slots are left out."""
        plain: dict[str, Any] = _plain(asdict(self))
        return {**plain, "metrics": plain["metrics"], "time": plain.get("time", {})}


def request_from_dict(data: Mapping[str, Any]) -> DataRequest:
    """The inverse of `DataRequest.to_dict`. Raises KeyError, TypeError or ValueError on another shape."""
    order, compare, time = data.get("order"), data.get("compare"), data["time"]
    return DataRequest(
        metrics=tuple(data["metrics"]),
        time=_time(time),
        by=tuple(data.get("by", ())),
        filters=_filters(data.get("filters", ())),
        share=_filters(data.get("share", ())),
        distribution=bool(data.get("distribution", False)),
        having=tuple(Having(**{**one, "operator": Operator(one["operator"])}) for one in data.get("having", ())),
        order=None if order is None else Order(**order),
        limit=data.get("limit"),
        compare=None if compare is None else Comparison(compare),
        falls=bool(data.get("falls", False)),
        rank_of=data.get("rank_of"),
        count_of=data.get("count_of"),
        average_of=data.get("average_of"),
        within=data.get("within"),
        whole=bool(data.get("whole", False)),
        together=bool(data.get("together", False)),
        replaced=_filters(data.get("replaced", ())),
        map_version=data.get("map_version"),
        defaults=tuple(data.get("defaults", ())),
    )


def _time(data: Mapping[str, Any]) -> TimeSpan:
    known = {name: value for name, value in data.items() if value is not None}
    kind = known.get("kind")
    return TimeSpan(
        **{**known, "kind": TimeKind(kind) if kind else None, "points": tuple(known.get("points", ()))},
    )


def _filters(items: Any) -> tuple[Filter, ...]:
    return tuple(
        Filter(
            one["dimension"],
            tuple(one["values"]),
            bool(one.get("negated", False)),
            Operator(one["operator"]) if one.get("operator") else None,
        )
        for one in items
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        parts = {name: _plain(part) for name, part in value.items()}
        return {name: part for name, part in parts.items() if not _is_empty(name, part)}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value.value if isinstance(value, StrEnum) else value


def _is_empty(name: str, value: Any) -> bool:
    """What says nothing; an order's `descending` and a threshold of 0 do say something."""
    unsaid = value is False and name != "descending"
    return (
        value is None
        or unsaid
        or (name == "last" and value == 0)
        or (isinstance(value, str | list | dict) and not value)
    )
