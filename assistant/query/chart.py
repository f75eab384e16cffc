"""The chart that fits a result's shape, as a Vega-Lite specification: chosen by rules, drawn from the shown cells."""

from collections.abc import Sequence

from assistant.query.compiling.columns import Column, Role

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
MOST_BARS = 70
_FEW_BARS = 12
_FIGURES = (Role.RATIO, Role.PART, Role.CHANGE, Role.MEASURE)
_GROUPS = (Role.DIMENSION, Role.TIME)


def chart_of(columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> dict[str, object] | None:
    """Lines over time, bars for groups (lying when many), nothing for one figure or what no chart can show.

    A cell without a figure stays null and leaves a gap: missing is never drawn as 0.
    """
    groups = [at for at, column in enumerate(columns) if column.role in _GROUPS]
    figure = _figure(columns)
    if figure is None or not groups or len(groups) > 2 or not 1 < len(rows) <= MOST_BARS * len(groups):
        return None
    time = next((at for at in groups if columns[at].role is Role.TIME), None)
    others = [at for at in groups if at != time]
    first = time if time is not None else others[0]
    rest = [at for at in groups if at != first]
    values = [_value(row, first, figure, rest) for row in rows]
    lying = time is None and len({value["x"] for value in values}) > _FEW_BARS
    category: dict[str, object] = {"field": "x", "type": "nominal", "title": columns[first].label, "sort": None}
    quantity: dict[str, object] = {"field": "y", "type": "quantitative", "title": _title(columns[figure])}
    encoding: dict[str, object] = {"y": category, "x": quantity} if lying else {"x": category, "y": quantity}
    if rest:
        encoding["color"] = {"field": "series", "type": "nominal", "title": columns[rest[0]].label}
        if time is None:
            encoding["yOffset" if lying else "xOffset"] = {"field": "series"}
    return {
        "$schema": SCHEMA,
        "data": {"values": values},
        "mark": {"type": "line", "point": True} if time is not None else {"type": "bar"},
        "encoding": encoding,
    }


def _value(row: Sequence[object], first: int, figure: int, rest: Sequence[int]) -> dict[str, object]:
    value: dict[str, object] = {"x": _name(row[first]), "y": row[figure]}
    return {**value, "series": _name(row[rest[0]])} if rest else value


def _name(cell: object) -> str:
    return "" if cell is None else str(cell)


def _title(column: Column) -> str:
    return f"{column.label} ({column.unit})" if column.unit and column.unit not in column.label else column.label


def _figure(columns: Sequence[Column]) -> int | None:
    """What is drawn: the ratio, share or change when there is one."""
    return next((at for role in _FIGURES for at, column in enumerate(columns) if column.role is role), None)
