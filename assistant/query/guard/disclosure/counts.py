"""Ready-made counts of persons: small ones are withheld as values, whether shown as they are or added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from assistant.errors import FunctionRefused
from assistant.query.guard.context import folded
from assistant.query.guard.disclosure.groups import has_totals
from assistant.query.guard.disclosure.relation import Kind, Relation, Scope
from assistant.query.guard.disclosure.shapes import Support, measured_columns, support_of
from assistant.query.guard.disclosure.walking import aggregates, own_columns, sources
from assistant.query.guard.disclosure.withholding import none_or_enough
from assistant.query.guard.functions import Family, family
from assistant.query.guard.names import TABLE

if TYPE_CHECKING:
    from assistant.query.guard.disclosure.queries import Reader

RULE = "disclosure"


def hide_small(node: exp.Select, scope: Scope, reader: Reader) -> None:
    """In rows shown as they are, a small count is NULL already where the table is read."""
    for item in sources(node):
        if TABLE not in item.meta:
            continue
        for one in list(item.this.expressions):
            if scope.sources[folded(item.alias)].columns.get(folded(one.name)) is Kind.COUNT:
                one.replace(exp.alias_(_shown(one, reader.threshold), one.name))
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
    for one in own_columns(node):
        if scope.kind(one) is Kind.COUNT and id(one) not in measured and scope.owners(one):
            one.replace(_edge(one, reader.threshold))
    if raw:
        kinds = {
            name: Kind.COUNT if name in measures and kind is Kind.COUNT else kind for name, kind in columns.items()
        }
        return Relation(kinds, counts=True)
    checks = []
    for unit in units:
        enough = _enough(unit, scope, reader.threshold)
        if enough is not None:
            checks.append(enough.copy())
            unit.replace(exp.Case(ifs=[exp.If(this=enough, true=unit.copy())]))
    if checks:
        reader.context.note("small_counts")
        if node is reader.root:
            reader.context.probe = _probe(node, checks)
    return Relation(dict.fromkeys(columns, Kind.OPEN), left_out=bool(checks))


def count_support(unit: exp.Expr, support: Support) -> list[exp.Expr]:
    """For each count among the added columns, how many persons it brings to the value."""
    if support.family is Family.SELECTING:
        return [unit.copy()] if support.counts else []
    if support.family is Family.COUNTING:
        return []
    totals = []
    for one in support.counts:
        added = exp.Sum(this=one.copy())
        where = support.where
        totals.append(exp.Filter(this=added, expression=exp.Where(this=where.copy())) if where is not None else added)
    return [exp.Coalesce(this=one, expressions=[exp.Literal.number(0)]) for one in totals]


def _enough(unit: exp.Expr, scope: Scope, threshold: int) -> exp.Expr | None:
    if not any(scope.kind(one) is Kind.COUNT for one in measured_columns(unit)):
        return None
    if family(unit) is Family.LISTING:
        raise FunctionRefused(RULE, "query_aggregate_refused", name="")
    totals = count_support(unit, support_of(unit, scope))
    return exp.and_(*(none_or_enough(one, threshold) for one in totals)) if totals else None


def _probe(node: exp.Select, checks: list[exp.Expr]) -> exp.Expr:
    """Counts the values that are withheld from the answer."""
    inner = node.copy()
    for name in ("order", "limit", "offset", "distinct", "qualify", "having", "windows", "with_"):
        inner.set(name, None)
    names = [f"withheld_{position}" for position in range(len(checks))]
    kept = [exp.alias_(exp.Not(this=exp.Paren(this=one.copy())), name) for one, name in zip(checks, names, strict=True)]
    group = inner.args.get("group")
    if group is not None and not has_totals(group):
        written = [one.unalias().copy() for one in inner.expressions if not one.find(exp.Case, exp.Window)]
        inner.set("group", exp.Group(expressions=written) if written else None)
    inner.set("expressions", kept)
    total: exp.Expr = exp.CountIf(this=exp.column(names[0]))
    for name in names[1:]:
        total = exp.Add(this=total, expression=exp.CountIf(this=exp.column(name)))
    source = exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier("groups_")))
    probe = exp.Select(expressions=[exp.alias_(total, "withheld")], from_=exp.From(this=source))
    if node.args.get("with_") is not None:
        probe.set("with_", node.args["with_"].copy())
    return probe


def _shown(column: exp.Expr, threshold: int) -> exp.Expr:
    return exp.Case(ifs=[exp.If(this=none_or_enough(column, threshold), true=column.copy())])


def _edge(column: exp.Column, threshold: int) -> exp.Expr:
    """Small counts read as one below the threshold: right for every comparison with the threshold or more."""
    edge = exp.Literal.number(threshold - 1)
    small = exp.Between(this=column.copy(), low=exp.Literal.number(1), high=edge)
    return exp.Paren(this=exp.Case(ifs=[exp.If(this=small, true=edge.copy())], default=column.copy()))
