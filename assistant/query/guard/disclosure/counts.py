"""Ready-made counts of persons: small ones are withheld as values, whether shown as they are or added up."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from sqlglot import exp

from assistant.query.guard.context import folded
from assistant.query.guard.disclosure.groups import group_items, grouped, has_totals, written_out
from assistant.query.guard.disclosure.populations import note_counts, note_rows
from assistant.query.guard.disclosure.relation import Kind, Relation, Scope
from assistant.query.guard.disclosure.shapes import Support, adds_counts, measured_columns, support_of, total_of
from assistant.query.guard.disclosure.walking import aggregates, own_columns, own_nodes, sources
from assistant.query.guard.disclosure.withholding import none_or_enough, rows_with
from assistant.query.guard.functions import Family
from assistant.query.guard.grammar import DIALECT
from assistant.query.guard.names import TABLE

if TYPE_CHECKING:
    from assistant.query.guard.disclosure.queries import Reader


def hide_small(node: exp.Select, scope: Scope, reader: Reader) -> None:
    """In rows shown as they are, a small count is NULL already where the table is read."""
    checks: list[exp.Expr] = []
    named = {folded(one.name) for one in own_columns(node)}
    star = any(one.find(exp.Star) for one in node.expressions)
    shown: list[tuple[exp.Expr, exp.Expr]] = []
    for item in sources(node):
        for one in list(item.this.expressions) if TABLE in item.meta else ():
            source = scope.sources[folded(item.alias)]
            kind = source.columns.get(folded(one.name))
            if kind in {Kind.COUNT, Kind.AMOUNT}:
                behind = one.name if kind is Kind.COUNT else source.total
                enough = none_or_enough(exp.column(behind), reader.threshold)
                if star or folded(one.name) in named:
                    stands = exp.column(behind, table=item.alias, quoted=True)
                    note_rows(node, stands, scope, reader)
                    checks.append(none_or_enough(stands, reader.threshold))
                shown.append((one, exp.alias_(exp.Case(ifs=[exp.If(this=enough, true=one.copy())]), one.name)))
    if checks:
        reader.count_withheld(node, _probe(node, scope, checks))
    for column, value in shown:
        column.replace(value)
    reader.context.note("small_counts")


def protect(
    node: exp.Select,
    scope: Scope,
    reader: Reader,
    *,
    raw: bool,
    columns: dict[str, Kind],
    measures: set[str],
) -> Relation:
    """In sums and the like a value over few persons is NULL; a count that decides is read as the threshold's edge.

    Before: SELECT sum(pupils) FROM stat WHERE pupils < 50
    After:  SELECT CASE WHEN sum(pupils) = 0 OR sum(pupils) >= 10 THEN sum(pupils) END FROM stat
            WHERE CASE WHEN pupils BETWEEN 1 AND 9 THEN 9 ELSE pupils END < 50

    With `raw` the level above only adds the values up, and withholds them itself.
    """
    units = aggregates(node)
    measured = {id(one) for unit in units for one in measured_columns(unit)}
    grouped_by = _grouped_by(node, scope)
    for one in own_columns(node):
        if id(one) in measured or not scope.owners(one):
            continue
        if scope.kind(one) is Kind.COUNT:
            key = folded(one.name) in grouped_by and one.find_ancestor(exp.Where, exp.Select) is node
            one.replace(_withheld(one, reader.threshold) if key else _edge(one, reader.threshold))
        elif scope.kind(one) is Kind.AMOUNT:
            one.replace(_told(one, scope, reader.threshold))
    note_counts(node, scope, reader)
    if raw:
        return Relation(columns, counts=True)
    for one in list(node.expressions):
        if aggregates_in(one, units) and not isinstance(one, exp.Alias):
            one.replace(exp.alias_(one.copy(), one.sql(dialect=DIALECT).lower(), quoted=True))
    checks = _withhold(node, scope, reader)
    if checks:
        reader.context.note("small_counts")
        reader.count_withheld(node, _probe(node, scope, checks))
    return Relation(dict.fromkeys(columns, Kind.MADE))


def _withhold(node: exp.Select, scope: Scope, reader: Reader) -> list[exp.Expr]:
    """Every value over few persons becomes NULL, and the one that gives it away; what was checked is returned."""
    totals = has_totals(node.args.get("group"))
    small = {id(unit): _enough(unit, scope, reader.threshold) for unit in aggregates(node)}
    keys = [one for one in (grouped(one, node, scope) for one in group_items(node)) if _varies(one)]
    if totals or (keys and any(small.values())):
        _filter_last(node)
        node.set("group", written_out(node.args["group"], node, scope))  # ALL does not see through a window
    checks: list[exp.Expr] = []
    for unit in aggregates(node):
        support = small[id(unit)]
        if support is None:  # one row's amount is chosen, not added up
            for one in measured_columns(unit):
                if scope.kind(one) is Kind.AMOUNT:
                    one.replace(_told(one, scope, reader.threshold))
                    reader.context.note("small_counts")
            continue
        enough, behind = support
        having = unit.find_ancestor(exp.Having, exp.Select)
        if unit.find_ancestor(exp.Window, exp.Select) is node and (having is None or having is node):
            enough = exp.and_(enough, *_beside_another(keys, enough, behind, totals=totals))
        if enough not in checks:
            checks.append(enough.copy())
        if totals and having is node:
            enough = exp.and_(enough, exp.Not(this=exp.Paren(this=_gives_away(node, scope, support[0]))))
        unit.replace(exp.Case(ifs=[exp.If(this=enough, true=unit.copy())]))
    return checks


def _varies(key: exp.Expr) -> bool:
    return not isinstance(key, exp.Literal | exp.Null)


def _beside_another(keys: list[exp.Expr], enough: exp.Expr, behind: exp.Expr, *, totals: bool) -> list[exp.Expr]:
    """Not the smallest value beside exactly one that is withheld, among groups that differ in one key only: with the
    total, which another question may ask for, it would give that one away."""
    level = [exp.Grouping(expressions=[one.copy() for one in keys])] if totals else []
    small, some = exp.Not(this=exp.Paren(this=enough)), exp.GT(this=behind, expression=exp.Literal.number(0))
    one = exp.Literal.number(1)
    found: list[exp.Expr] = []
    for position in range(len(keys)):
        among = [*keys[:position], *keys[position + 1 :], *level]
        order = exp.Order(expressions=[exp.Ordered(this=part.copy()) for part in (behind, *keys)])
        alone = exp.Window(this=exp.CountIf(this=small.copy()), partition_by=[part.copy() for part in among])
        told = exp.Paren(this=exp.and_(enough, some))
        least = exp.Window(this=exp.RowNumber(), partition_by=[*(part.copy() for part in among), told], order=order)
        gives = exp.and_(exp.EQ(this=alone, expression=one.copy()), some, exp.EQ(this=least, expression=one.copy()))
        found.append(exp.Not(this=exp.Paren(this=gives)))
    return found


def _grouped_by(node: exp.Select, scope: Scope) -> set[str]:
    """The counts grouped by as they are: a small one is empty there, as nothing is compared. They keep their names."""
    keys = [grouped(one, node, scope) for one in group_items(node)]
    names = {folded(one.name) for one in keys if isinstance(one, exp.Column)}
    for one in list(node.expressions):
        if isinstance(one, exp.Column) and folded(one.name) in names and scope.kind(one) is Kind.COUNT:
            one.replace(exp.alias_(one.copy(), one.name, copy=False))
    return names


def _withheld(column: exp.Expr, threshold: int) -> exp.Expr:
    return exp.Case(ifs=[exp.If(this=none_or_enough(column, threshold), true=column.copy())])


def aggregates_in(projection: exp.Expr, units: list[exp.Expr]) -> bool:
    return any(one is unit for one in projection.walk() for unit in units)


def count_support(unit: exp.Expr, support: Support) -> list[exp.Expr]:
    """For each count among the added columns, how many persons it brings to the value."""
    if support.family is Family.SELECTING:
        chosen = any(one in support.counts for one in measured_columns(unit))
        return [unit.copy()] if chosen else []
    if support.family is Family.COUNTING:
        return []
    adds = unit.this if isinstance(unit, exp.Filter) else unit
    if isinstance(adds, exp.Sum) and isinstance(adds.this, exp.Column) and adds.this in support.counts:
        return [unit.copy()] if support.counts else []
    totals = []
    for one in support.counts:
        added = exp.Sum(this=one.copy())
        where = support.where
        totals.append(exp.Filter(this=added, expression=exp.Where(this=where.copy())) if where is not None else added)
    return [exp.Coalesce(this=one, expressions=[exp.Literal.number(0)]) for one in totals]


def _enough(unit: exp.Expr, scope: Scope, threshold: int) -> tuple[exp.Expr, exp.Expr] | None:
    """Whether enough persons stand behind a value, and how many do; None for what is not added up from counts."""
    if not adds_counts(unit, scope):
        return None
    totals = count_support(unit, support_of(unit, scope))
    if not totals:
        return None
    return exp.and_(*(none_or_enough(one, threshold) for one in totals), copy=False), totals[0].copy()


def _gives_away(node: exp.Select, scope: Scope, enough: exp.Expr) -> exp.Expr:
    """A total of ROLLUP and the like, while a part of any total is withheld."""
    keys = [grouped(one, node, scope).copy() for one in group_items(node)]
    level = exp.Grouping(expressions=list(dict.fromkeys(keys)))
    if node.args.get("having") is not None:  # the parts it leaves out cannot be looked at
        return exp.GT(this=level, expression=exp.Literal.number(0))
    small = exp.Window(this=exp.CountIf(this=exp.Not(this=exp.Paren(this=enough.copy()))))
    none = exp.Literal.number(0)
    return exp.and_(exp.GT(this=level, expression=none), exp.GT(this=small, expression=none.copy()))


def _filter_last(node: exp.Select) -> None:
    """HAVING as QUALIFY, so that the parts it leaves out are still there to be looked at: the same rows, unless windows
    read them."""
    having = node.args.get("having")
    if having is not None and not any(isinstance(one, exp.Window) for one in own_nodes(node)):
        node.set("having", None)
        node.set("qualify", exp.Qualify(this=having.this))


def _told(amount: exp.Column, scope: Scope, threshold: int) -> exp.Expr:
    """A row's amount where enough persons have it together."""
    enough = none_or_enough(total_of(amount, scope), threshold)
    return exp.Paren(this=exp.Case(ifs=[exp.If(this=enough, true=amount.copy())]))


def _probe(node: exp.Select, scope: Scope, checks: list[exp.Expr]) -> exp.Expr:
    """Counts the values of all groups that are withheld."""
    small = {f"withheld_{position}": exp.Not(this=exp.Paren(this=one.copy())) for position, one in enumerate(checks)}
    inner = exp.Select(expressions=[exp.alias_(one, name) for name, one in small.items()])
    for clause in ("from_", "joins", "where"):
        part = node.args.get(clause)
        if part:
            inner.set(clause, [one.copy() for one in part] if isinstance(part, list) else part.copy())
    group = node.args.get("group")
    if group is not None:
        written = written_out(group, node, scope)
        inner.set("group", written if written.expressions else None)
    total = reduce(lambda left, right: exp.Add(this=left, expression=right), map(rows_with, map(exp.column, small)))
    source = exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier("withheld_from")))
    return exp.Select(expressions=[total], from_=exp.From(this=source))


def _edge(column: exp.Column, threshold: int) -> exp.Expr:
    """Small counts read as one below the threshold: right for every comparison with the threshold or more."""
    edge = exp.Literal.number(threshold - 1)
    small = exp.Between(this=column.copy(), low=exp.Literal.number(1), high=edge)
    return exp.Paren(this=exp.Case(ifs=[exp.If(this=small, true=edge.copy())], default=column.copy()))
