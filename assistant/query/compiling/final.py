"""The outer SELECT: names for codes, ratios, shares and changes, then conditions, order and limit."""

from collections.abc import Sequence
from typing import Protocol

from sqlglot import exp

from assistant.query.compiling.columns import Column, Role
from assistant.query.compiling.facts import MISSING, PLACE_TABLE, Piece, key_alias, number, time_literal
from assistant.query.request import TIME, Comparison, DataRequest, Operator, TimeKind
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.parts import Lookup, Metric
from assistant.query.semantics.places import NEW_MAP

_NOW, _BEFORE = "now", "before"
_TIME_LABELS = {TimeKind.SCHOOL_YEAR: "Năm học", TimeKind.YEAR: "Năm", TimeKind.DAY: "Ngày số liệu"}
_CONDITIONS = {
    Operator.MORE: exp.GT,
    Operator.AT_LEAST: exp.GTE,
    Operator.LESS: exp.LT,
    Operator.AT_MOST: exp.LTE,
    Operator.EQUAL: exp.EQ,
}


class Asked(Protocol):
    """A figure of the compiler: a number or a ratio of two, by index of the pieces added up."""

    @property
    def metric(self) -> Metric: ...
    @property
    def value(self) -> int: ...
    @property
    def denominator(self) -> int | None: ...
    @property
    def scale(self) -> float: ...
    @property
    def label(self) -> str: ...


class FinalSelect:
    """Builds the outer SELECT of one request over the CTE that holds its keys and sums."""

    def __init__(self, model: SemanticModel, request: DataRequest, source: str) -> None:
        self._model = model
        self._request = request
        self._growth = request.compare is Comparison.GROWTH and len(request.time.points) == 2 and TIME in request.by
        self._source = source
        self._name = _NOW if self._growth else source
        self._shown = [name for name in request.by if not (self._growth and name == TIME)]
        self._columns: list[Column] = []
        self._selected: list[exp.Expr] = []
        self._value_of: dict[str, exp.Expr] = {}
        self._change_of: dict[str, exp.Expr] = {}

    def build(
        self, figures: Sequence[Asked], pieces: Sequence[Piece], *, has_missing: bool
    ) -> tuple[exp.Select, list[Column]]:
        for name in self._shown:
            self._add_key(name)
        for figure in figures:
            if self._growth:
                self._add_growth(figure)
            else:
                self._add_figure(figure, pieces)
        for name in self._shown:
            if self._lookup(name) is not None:
                label = f"Mã {self._model.dimensions[name].label[:1].lower()}{self._model.dimensions[name].label[1:]}"
                self._add(self._key(name), Column(label, Role.CODE, name))
        if has_missing and not self._growth:
            self._add(exp.column(MISSING, table=self._name), Column(MISSING, Role.HIDDEN))
        select = self._joined(exp.select(*self._selected).from_(self._from()))
        for condition in self._having():
            select = select.where(condition)
        order = self._order()
        select = select.order_by(*order) if order else select
        return (select.limit(self._request.limit) if self._request.limit else select), self._columns

    def _add(self, expression: exp.Expr, column: Column) -> int:
        label = column.label
        taken = {one.label for one in self._columns}
        if label in taken:
            label = f"{label} ({len(taken)})"
        self._selected.append(exp.alias_(expression, label, quoted=True))
        self._columns.append(column)
        return len(self._columns) - 1

    def _add_key(self, name: str) -> None:
        if name == TIME:
            kind = self._request.time.kind or TimeKind.SCHOOL_YEAR
            self._add(self._key(name), Column(_TIME_LABELS[kind], Role.TIME, TIME))
            return
        lookup = self._lookup(name)
        shown = exp.column(lookup.label, table=f"{name}_list") if lookup else self._key(name)
        self._add(shown, Column(self._model.dimensions[name].label, Role.DIMENSION, name))

    def _add_figure(self, figure: Asked, pieces: Sequence[Piece]) -> None:
        metric, name = figure.metric, self._name
        value = self._measure(figure.value, name)
        if figure.denominator is None:
            at = self._add(value, _measure_column(metric))
            self._value_of[metric.name] = value
            if self._request.distribution:
                self._add(self._part(value), Column("Tỷ trọng (%)", Role.PART, metric.name, "%", 2, parts=(at,)))
            return
        below = self._measure(figure.denominator, name)
        top = self._add(value, _measure_column(pieces[figure.value].metric, figure.label))
        bottom = self._add(below, _measure_column(pieces[figure.denominator].metric))
        ratio = _ratio(value, below, figure.scale)
        self._value_of[metric.name] = ratio
        self._add(ratio, _ratio_column(figure, (top, bottom)))

    def _add_growth(self, figure: Asked) -> None:
        """Before, now, change, and change in per cent of before; of a ratio the change in points only."""
        metric = figure.metric
        before, now = (self._value(figure, name) for name in (_BEFORE, _NOW))
        first, last = self._request.time.points
        base = _ratio_column(figure, ()) if figure.denominator is not None else _measure_column(metric)
        at = [
            self._add(
                value, Column(f"{base.label} {point}", base.role, metric.name, base.unit, base.decimals, base.persons)
            )
            for value, point in ((before, first), (now, last))
        ]
        change = exp.Paren(this=exp.Sub(this=now.copy(), expression=before.copy()))
        self._value_of[metric.name], self._change_of[metric.name] = now, change
        self._add(
            change, Column("Tăng (+), giảm (-)", Role.CHANGE, metric.name, base.unit, base.decimals, parts=tuple(at))
        )
        if figure.denominator is None:
            rate = _ratio(change, before, 100)
            self._add(rate, Column("Tăng, giảm (%)", Role.CHANGE_RATE, metric.name, "%", 2, parts=tuple(at)))

    def _value(self, figure: Asked, name: str) -> exp.Expr:
        value = self._measure(figure.value, name)
        if figure.denominator is None:
            return value
        return exp.Paren(this=_ratio(value, self._measure(figure.denominator, name), figure.scale))

    def _measure(self, index: int, name: str) -> exp.Expr:
        return exp.column(f"m{index}", table=name)

    def _part(self, value: exp.Expr) -> exp.Expr:
        """A group's part of the total over the first dimension asked for, within each group of the others."""
        first = next((name for name in self._shown if name != TIME), None)
        others = [self._key(name) for name in self._shown if name != first]
        total = exp.Window(this=exp.Sum(this=value.copy()), partition_by=others)
        return _ratio(value, total, 100)

    def _key(self, name: str) -> exp.Expr:
        return exp.column(key_alias(name), table=self._name)

    def _lookup(self, name: str) -> Lookup | None:
        if name == PROVINCE:
            return Lookup(table=PLACE_TABLE, label="short_name", order=None)
        if name == REGION:
            return Lookup(table="dim_region")
        return None if name == TIME else self._model.dimensions[name].lookup

    def _from(self) -> exp.Expr:
        table = exp.to_table(self._source)
        return exp.alias_(table, _NOW, table=True) if self._growth else table

    def _joined(self, select: exp.Select) -> exp.Select:
        if self._growth:
            select = self._beside_before(select)
        for name in self._shown:
            lookup = self._lookup(name)
            if lookup is None:
                continue
            listed = f"{name}_list"
            condition: exp.Expr = exp.column(lookup.code, table=listed).eq(self._key(name))
            if name in (PROVINCE, REGION):
                version = exp.Literal.string(self._request.map_version or NEW_MAP)
                condition = exp.and_(exp.column("admin_version_id", table=listed).eq(version), condition)
            select = select.join(
                exp.alias_(exp.to_table(lookup.table), listed, table=True), on=condition, join_type="left"
            )
        return select

    def _beside_before(self, select: exp.Select) -> exp.Select:
        kind = self._request.time.kind or TimeKind.SCHOOL_YEAR
        first, last = (time_literal(kind, point) for point in self._request.time.points)
        time_key = key_alias(TIME)
        pairs = [exp.column(time_key, table=_BEFORE).eq(first)]
        pairs += [
            exp.column(key_alias(name), table=_BEFORE).eq(exp.column(key_alias(name), table=_NOW))
            for name in self._shown
        ]
        before = exp.alias_(exp.to_table(self._source), _BEFORE, table=True)
        return select.join(before, on=exp.and_(*pairs), join_type="left").where(
            exp.column(time_key, table=_NOW).eq(last)
        )

    def _having(self) -> list[exp.Expr]:
        conditions: list[exp.Expr] = []
        for one in self._request.having:
            value = (self._change_of if one.by_change else self._value_of)[one.metric]
            conditions.append(_CONDITIONS[one.operator](this=value.copy(), expression=number(float(one.value))))
        return conditions

    def _order(self) -> list[exp.Expr]:
        """By the asked figure, and then, so that ties never swap, by the lists' own order and the codes."""
        order: list[exp.Expr] = []
        asked = self._request.order
        if asked is not None:
            values = self._change_of if asked.by_change and asked.metric in self._change_of else self._value_of
            order.append(exp.Ordered(this=values[asked.metric].copy(), desc=asked.descending, nulls_first=False))
        for name in self._shown:
            lookup = self._lookup(name)
            if lookup is not None and lookup.order is not None:
                order.append(_ascending(exp.column(lookup.order, table=f"{name}_list")))
            order.append(_ascending(self._key(name)))
        return order


def _ascending(expression: exp.Expr) -> exp.Expr:
    return exp.Ordered(this=expression, nulls_first=False)


def _ratio(top: exp.Expr, bottom: exp.Expr, scale: float) -> exp.Expr:
    """scale * top / bottom, NULL where there is nothing to divide by."""
    below = exp.Nullif(this=bottom.copy(), expression=exp.Literal.number(0))
    return exp.Div(this=exp.Mul(this=exp.Literal.number(f"{float(scale)}"), expression=top.copy()), expression=below)


def _measure_column(metric: Metric, label: str = "") -> Column:
    edu = metric.edu
    return Column(label or edu.label, Role.MEASURE, metric.name, edu.unit, edu.decimals, metric.about_persons)


def _ratio_column(figure: Asked, parts: tuple[int, ...]) -> Column:
    edu = figure.metric.edu
    if figure.metric.is_ratio:
        label = f"{edu.label} (%)" if edu.unit == "%" else edu.label
        return Column(label, Role.RATIO, figure.metric.name, edu.unit, edu.decimals, parts=parts)
    return Column("Tỷ lệ (%)", Role.RATIO, figure.metric.name, "%", 2, parts=parts)
