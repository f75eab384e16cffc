"""The chart that fits a result's shape; a plain description, never code."""

from collections.abc import Sequence

from assistant.query.compiling.columns import Column, Role

MOST_BARS = 70
_FIGURES = (Role.RATIO, Role.PART, Role.MEASURE)
_GROUPS = (Role.DIMENSION, Role.TIME)


def chart_of(columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> dict[str, object] | None:
    """`{kind, x, y, series?}` naming columns of the table: lines over time, bars for groups, nothing for one figure."""
    groups = [column for column in columns if column.role in _GROUPS]
    figure = _figure(columns)
    if figure is None or not groups or len(groups) > 2 or not 1 < len(rows) <= MOST_BARS * len(groups):
        return None
    time = next((column for column in groups if column.role is Role.TIME), None)
    others = [column for column in groups if column is not time]
    kind = "line" if time is not None else "bar"
    chart: dict[str, object] = {"kind": kind, "x": (time or others[0]).label, "y": figure.label}
    rest = others if time is not None else others[1:]
    return {**chart, "series": rest[0].label} if rest else chart


def _figure(columns: Sequence[Column]) -> Column | None:
    """What is drawn: the ratio or share when there is one."""
    return next((column for role in _FIGURES for column in columns if column.role is role), None)
