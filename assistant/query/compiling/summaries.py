"""Queries over the groups of a query: how many there are, their mean, the first of each kind."""

from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp

from assistant.query.compiling.columns import Column, CompiledQuery, Role
from assistant.query.request import DataRequest
from assistant.query.semantic_model import SemanticModel

GROUPS, PLACE, AMONG = "groups", "place", "among"


def counted(model: SemanticModel, select: exp.Select, dimension: str) -> CompiledQuery:
    """How many groups the query has, instead of the groups."""
    label = f"Số {_lower(model.dimensions[dimension].label)}"
    value = exp.Count(this=exp.Star())
    return CompiledQuery(_over(select, [exp.alias_(value, label, quoted=True)]), (Column(label, Role.MEASURE),))


def averaged(model: SemanticModel, select: exp.Select, columns: Sequence[Column], dimension: str) -> CompiledQuery:
    """The mean of the groups, with their sum and number beside it."""
    measure = next(one for one in columns if one.role is Role.MEASURE)
    value = exp.column(exp.to_identifier(measure.label, quoted=True), table=GROUPS)
    total, number = exp.Sum(this=value), exp.Count(this=value.copy())
    each = _lower(model.dimensions[dimension].label)
    mean = exp.Div(this=exp.Mul(this=exp.Literal.number("1.0"), expression=total.copy()), expression=number.copy())
    shown = [
        (total, Column(measure.label, Role.MEASURE, measure.name, measure.unit, measure.decimals, measure.persons)),
        (number, Column(f"Số {each}", Role.MEASURE, "", each)),
        (
            mean,
            Column(
                f"Bình quân một {each}", Role.RATIO, measure.name, measure.unit, max(1, measure.decimals), parts=(0,)
            ),
        ),
    ]
    selected: list[exp.Expr] = [exp.alias_(expression, column.label, quoted=True) for expression, column in shown]
    return CompiledQuery(_over(select, selected), tuple(column for _, column in shown))


def pooled(select: exp.Select, columns: Sequence[Column]) -> CompiledQuery:
    """The listed groups added up, the total of all, and what part of it they make."""
    measure = next(one for one in columns if one.role is Role.MEASURE)
    whole = next(one for one in columns if one.role is Role.WHOLE)
    listed, every = (exp.column(exp.to_identifier(one.label, quoted=True), table=GROUPS) for one in (measure, whole))
    parts, total = exp.Sum(this=listed), exp.Max(this=every)
    below = exp.Nullif(this=total.copy(), expression=exp.Literal.number(0))
    rate = exp.Div(this=exp.Mul(this=exp.Literal.number("100.0"), expression=parts.copy()), expression=below)
    shown: list[tuple[exp.Expr, Column]] = [
        (parts, measure),
        (total, replace(whole, role=Role.MEASURE)),
        (rate, Column("Tỷ trọng (%)", Role.RATIO, measure.name, "%", 2, parts=(0, 1))),
    ]
    selected: list[exp.Expr] = [exp.alias_(expression, column.label, quoted=True) for expression, column in shown]
    return CompiledQuery(_over(select, selected, ordered=True), tuple(column for _, column in shown))


def first_of_each(request: DataRequest, select: exp.Select, columns: Sequence[Column]) -> CompiledQuery:
    """The first rows of each group of `request.within`, by the order the query has."""
    at = next(index for index, column in enumerate(columns) if column.name == request.within)
    order = select.args["order"]
    select.set("order", None)
    select.set("limit", None)
    place = exp.Window(this=exp.RowNumber(), partition_by=[select.selects[at].unalias().copy()], order=order.copy())
    select = select.select(exp.alias_(place, PLACE))
    names = [exp.to_identifier(column.label, quoted=True) for column in columns]
    outer = _over(select, [exp.column(name, table=GROUPS) for name in names])
    limit = exp.Literal.number(request.limit or 1)
    outer = outer.where(exp.LTE(this=exp.column(PLACE, table=GROUPS), expression=limit))
    outer = outer.order_by(exp.Ordered(this=exp.column(names[at].copy(), table=GROUPS), nulls_first=False))
    return CompiledQuery(outer, tuple(columns))


def ranked(request: DataRequest, select: exp.Select, columns: Sequence[Column]) -> CompiledQuery:
    """One group with its place among all groups that have a figure: a cell, so that it can be shown and kept."""
    order = select.args["order"].expressions[0]
    place = exp.Window(this=exp.Anonymous(this="RANK"), order=exp.Order(expressions=[order.copy()]))
    among = exp.Window(this=exp.Count(this=order.this.copy()))
    select = select.select(exp.alias_(place, PLACE), exp.alias_(among, AMONG))
    shown = [*columns, Column("Hạng", Role.RANK), Column("Trên tổng số", Role.OUT_OF)]
    labels = [*(column.label for column in columns), PLACE, AMONG]
    names = [exp.to_identifier(label, quoted=True) for label in labels]
    selected: list[exp.Expr] = [
        exp.alias_(exp.column(name, table=GROUPS), column.label, quoted=True)
        for name, column in zip(names, shown, strict=True)
    ]
    outer = _over(select, selected)
    code = next(at for at, column in enumerate(columns) if column.role is Role.CODE)
    asked = exp.column(names[code].copy(), table=GROUPS).eq(exp.Literal.string(request.rank_of or ""))
    return CompiledQuery(outer.where(asked), tuple(shown))


def _over(select: exp.Select, columns: Sequence[exp.Expr], *, ordered: bool = False) -> exp.Select:
    """SELECT columns FROM (select) AS groups, with the WITH clause outermost; `ordered` keeps which rows come first."""
    ctes = select.args.pop("with_")
    if not ordered:
        select.set("order", None)
    outer = exp.select(*columns).from_(exp.alias_(select.subquery(), GROUPS, table=True))
    outer.set("with_", ctes)
    return outer


def _lower(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"
