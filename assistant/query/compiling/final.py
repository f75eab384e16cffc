"""The outer SELECT: names for codes, ratios, shares and changes, then conditions, order and limit."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from sqlglot import exp

from assistant.query.compiling.columns import Column, Role, measure_column, ratio_of
from assistant.query.compiling.facts import MISSING, PLACE_TABLE, Piece, key_alias, number
from assistant.query.compiling.pairs import BEFORE, NOW, Pairing, pairing_of
from assistant.query.request import ARITHMETIC, TIME, Comparison, DataRequest, Having, Operator, TimeKind
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.parts import Lookup, Metric
from assistant.query.semantics.places import NEW_MAP

UNRANKED = "unranked"
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
    @property
    def reported(self) -> int | None: ...


class FinalSelect:
    """Builds the outer SELECT of one request over the CTE that holds its keys and sums."""

    def __init__(self, model: SemanticModel, request: DataRequest, source: str) -> None:
        self._model = model
        self._request = request
        self._pairing = pairing_of(model, request)
        self._source = source
        self._name = NOW if self._pairing else source
        hidden = self._pairing.key if self._pairing and self._pairing.single else ""
        self._shown = [name for name in request.by if name != hidden]
        self._columns: list[Column] = []
        self._selected: list[exp.Expr] = []
        self._value_of: dict[str, exp.Expr] = {}
        self._whole_of: dict[str, exp.Expr] = {}
        self._change_of: dict[str, exp.Expr] = {}
        self._rate_of: dict[str, exp.Expr] = {}

    def build(
        self, figures: Sequence[Asked], pieces: Sequence[Piece], *, has_missing: bool
    ) -> tuple[exp.Select, list[Column]]:
        for name in self._shown:
            self._add_key(name)
        for figure in figures:
            if self._pairing is not None:
                self._add_change(figure, self._pairing)
            else:
                self._add_figure(figure, pieces, has_missing=has_missing)
        if self._request.compare in ARITHMETIC and len(figures) == 2:
            self._add_computed(figures)
        for name in self._shown:
            if self._lookup(name) is not None:
                label = f"Mã {self._model.dimensions[name].label[:1].lower()}{self._model.dimensions[name].label[1:]}"
                self._add(self._key(name), Column(label, Role.CODE, name))
        if has_missing and self._pairing is None:
            self._add(exp.column(MISSING, table=self._name), Column(MISSING, Role.HIDDEN))
        if self._is_cut_off():
            self._add(self._unranked(), Column(UNRANKED, Role.HIDDEN))
        select = self._joined(exp.select(*self._selected).from_(self._from()))
        for condition in self._having():
            select = select.where(condition)
        order = self._order()
        select = select.order_by(*order) if order else select
        return (select.limit(self._request.limit) if self._request.limit else select), self._columns

    def _is_cut_off(self) -> bool:
        asked = self._request
        apart = asked.within or asked.rank_of or asked.together or asked.count_of or asked.average_of
        return asked.order is not None and asked.limit is not None and not apart and self._pairing is None

    def _unranked(self) -> exp.Expr:
        """How many groups have no figure to be ranked by: withheld, or not there."""
        value = self._value_of[self._request.order.metric] if self._request.order else exp.null()
        empty = exp.case().when(value.copy().is_(exp.null()), exp.Literal.number(1)).else_(exp.Literal.number(0))
        return exp.Window(this=exp.Sum(this=empty))

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

    def _add_figure(self, figure: Asked, pieces: Sequence[Piece], *, has_missing: bool) -> None:
        metric, name = figure.metric, self._name
        value = self._measure(figure.value, name)
        if figure.denominator is None:
            at = self._add(value, measure_column(metric))
            self._value_of[metric.name] = value
            if self._request.whole or self._request.together:
                column = measure_column(metric, f"Tổng {metric.edu.label[:1].lower()}{metric.edu.label[1:]}")
                self._add(self._whole(value, has_missing=has_missing), replace(column, role=Role.WHOLE))
            if self._request.distribution:
                self._add(self._part(value), Column("Tỷ trọng (%)", Role.PART, metric.name, "%", 2, parts=(at,)))
            return
        below = self._measure(figure.denominator, name)
        top = self._add(value, measure_column(pieces[figure.value].metric, figure.label))
        bottom = self._add(below, measure_column(pieces[figure.denominator].metric))
        ratio = ratio_of(value, below, figure.scale)
        self._value_of[metric.name], self._whole_of[metric.name] = ratio, below
        self._add(ratio, _ratio_column(figure, (top, bottom)))
        if figure.reported is not None:
            told = self._measure(figure.reported, name)
            label = f"{metric.edu.label} đã báo cáo"
            at = self._add(told, replace(measure_column(metric, label), role=Role.REPORTED))
            label = "Tỷ lệ trên số đã báo cáo (%)"
            column = Column(label, Role.RATIO, metric.name, "%", 2, parts=(top, at))
            self._add(ratio_of(value, told, figure.scale), column)

    def _add_change(self, figure: Asked, pairing: Pairing) -> None:
        """Before, now, change, and change in per cent of before; of a ratio the change in points only."""
        metric = figure.metric
        before, now = (self._value(figure, name) for name in (BEFORE, NOW))
        base = _ratio_column(figure, ()) if figure.denominator is not None else measure_column(metric)
        shown = list(zip((before, now), pairing.names, strict=True)) if pairing.single else [(now, "")]
        shown = shown[::-1] if pairing.is_gap else shown
        at = tuple(self._add(value, replace(base, label=f"{base.label} {name}".strip())) for value, name in shown)
        change = exp.Paren(this=exp.Sub(this=now.copy(), expression=before.copy()))
        self._value_of[metric.name], self._change_of[metric.name] = now, change
        label = "Chênh lệch" if pairing.is_gap else "Tăng (+), giảm (-)"
        self._add(change, Column(label, Role.CHANGE, metric.name, base.unit, base.decimals, parts=at))
        if self._request.falls and pairing.single:
            fallen = exp.Paren(this=exp.Sub(this=before.copy(), expression=now.copy()))
            self._add(fallen, Column("Mức giảm", Role.CHANGE, metric.name, base.unit, base.decimals, parts=at))
        if pairing.is_gap:
            times = ratio_of(now, before, 1)
            self._add(times, Column("Gấp (lần)", Role.CHANGE_RATE, metric.name, "lần", 2, parts=at))
        elif figure.denominator is None:
            rate = ratio_of(change, before, 100)
            self._rate_of[metric.name] = rate
            self._add(rate, Column("Tăng, giảm (%)", Role.CHANGE_RATE, metric.name, "%", 2, parts=at))

    def _add_computed(self, figures: Sequence[Asked]) -> None:
        """What is asked of two figures: the first less the second, both together, or the first by the second."""
        first, second = (figure.metric for figure in figures)
        one, other = (self._value_of[metric.name] for metric in (first, second))
        at = tuple(index for index, shown in enumerate(self._columns) if shown.role in (Role.MEASURE, Role.RATIO))
        decimals = max(first.edu.decimals, second.edu.decimals)
        if self._request.compare is Comparison.QUOTIENT:
            value = ratio_of(one, other, 1)
            unit = f"{first.edu.unit}/{second.edu.unit}"
            label = f"{first.edu.label} chia cho {second.edu.label[:1].lower()}{second.edu.label[1:]}"
            self._add(value, Column(label, Role.RATIO, first.name, unit, 3, parts=at))
        else:
            plus = self._request.compare is Comparison.PLUS
            operation = exp.Add if plus else exp.Sub
            value = exp.Paren(this=operation(this=one.copy(), expression=other.copy()))
            unit = first.edu.unit if first.edu.unit == second.edu.unit else ""
            self._add(
                value, Column("Cộng" if plus else "Chênh lệch", Role.CHANGE, first.name, unit, decimals, parts=at)
            )
        self._change_of[first.name] = value

    def _value(self, figure: Asked, name: str) -> exp.Expr:
        value = self._measure(figure.value, name)
        if figure.denominator is None:
            return value
        return exp.Paren(this=ratio_of(value, self._measure(figure.denominator, name), figure.scale))

    def _measure(self, index: int, name: str) -> exp.Expr:
        return exp.column(f"m{index}", table=name)

    def _whole(self, value: exp.Expr, *, has_missing: bool) -> exp.Expr:
        """The total of all groups; unknown where one is withheld, for it would then be too small."""
        empty: exp.Expr = value.copy().is_(exp.null())
        if has_missing:
            silent = exp.Coalesce(this=exp.column(MISSING, table=self._name), expressions=[exp.Literal.number(0)])
            empty = exp.and_(empty, silent.eq(exp.Literal.number(0)))
        withheld = exp.case().when(empty, exp.Literal.number(1)).else_(exp.Literal.number(0))
        none = exp.Window(this=exp.Sum(this=withheld)).eq(exp.Literal.number(0))
        return exp.case().when(none, exp.Window(this=exp.Sum(this=value.copy())))

    def _part(self, value: exp.Expr) -> exp.Expr:
        """A group's part of the total over the first dimension asked for, within each group of the others."""
        first = next((name for name in self._shown if name != TIME), None)
        others = [self._key(name) for name in self._shown if name != first]
        total = exp.Window(this=exp.Sum(this=value.copy()), partition_by=others)
        return ratio_of(value, total, 100)

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
        return exp.alias_(table, NOW, table=True) if self._pairing else table

    def _joined(self, select: exp.Select) -> exp.Select:
        if self._pairing is not None:
            select = self._beside_before(select, self._pairing)
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

    def _beside_before(self, select: exp.Select, pairing: Pairing) -> exp.Select:
        keys = [key_alias(name) for name in self._shown if name != pairing.key]
        pairs = [exp.column(key, table=BEFORE).eq(exp.column(key, table=NOW)) for key in keys]
        before = exp.alias_(exp.to_table(self._source), BEFORE, table=True)
        select = select.join(before, on=exp.and_(pairing.matches(), *pairs), join_type="left")
        return select.where(pairing.latest()) if pairing.single else select

    def _compared(self, condition: Having) -> dict[str, exp.Expr]:
        """By metric what a condition looks at: the whole of a share, the change in per cent or not, or the value."""
        if condition.of_whole:
            return self._whole_of
        if condition.by_rate:
            return self._rate_of
        return self._change_of if condition.by_change else self._value_of

    def _having(self) -> list[exp.Expr]:
        conditions: list[exp.Expr] = []
        for one in self._request.having:
            value = self._compared(one).get(one.metric, self._value_of[one.metric])
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


def _ratio_column(figure: Asked, parts: tuple[int, ...]) -> Column:
    edu = figure.metric.edu
    if figure.metric.is_ratio:
        label = f"{edu.label} (%)" if edu.unit == "%" else edu.label
        return Column(label, Role.RATIO, figure.metric.name, edu.unit, edu.decimals, parts=parts)
    return Column("Tỷ lệ (%)", Role.RATIO, figure.metric.name, "%", 2, parts=parts)
