"""Queries inside a condition or a value: they may ask about the same person, or be released by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from assistant.errors import ColumnRefused, StatementRefused
from assistant.query.guard.context import cut, folded
from assistant.query.guard.disclosure.relation import Kind, Relation, Scope
from assistant.query.guard.disclosure.walking import (
    aggregates,
    conditions,
    conjuncts,
    is_aggregated,
    nested_queries,
    sources,
)

if TYPE_CHECKING:
    from assistant.query.guard.disclosure.queries import Reader

RULE = "nested"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A condition of WHERE that chooses schools or classes by what persons they have, and those persons as a list."""

    condition: exp.Expr
    persons: exp.Expr


def check_nested(reader: Reader, node: exp.Select, scope: Scope, seen: Mapping[str, Relation]) -> list[Chosen]:
    """Read the queries nested in `node`'s own expressions; returns the conditions that choose units by persons."""
    chosen: list[Chosen] = []
    where = node.args.get("where")
    parts = conjuncts(where.this) if where is not None else []
    for query in nested_queries(node):
        relation = reader.query(query, scope, seen)
        holder = query.parent.parent if isinstance(query.parent, exp.Subquery) else query.parent
        _check_keys(relation, holder, scope)
        if relation.persons and not _same_person(relation, holder, scope):
            part = next((one for one in parts if _holds(one, query)), None)
            if part is None or scope.hidden or not is_aggregated(node):
                raise StatementRefused(RULE, "query_person_exists")
            chosen.append(Chosen(part, _matched(query, relation, holder, scope)))
        elif relation.correlated and scope.hidden and is_aggregated(node):
            _refuse_beside_groups(query, [*parts, *aggregates(node)])
    return chosen


def _refuse_beside_groups(query: exp.Expr, inside: list[exp.Expr]) -> None:
    """Released groups are read through a query of their own, where the outer row's columns have other names."""
    if not any(_holds(part, query) for part in inside):
        raise StatementRefused(RULE, "query_person_nested")


def _matched(query: exp.Expr, relation: Relation, holder: exp.Expr | None, scope: Scope) -> exp.Expr:
    """The list of persons for whom the condition holds at one unit: a copy of the query that lists their keys."""
    ends = ("limit", "offset", "with_")
    plain = isinstance(query, exp.Select) and not any(query.args.get(one) for one in ends)
    if not plain or not isinstance(holder, exp.In | exp.Exists) or len(relation.behind) != 1:
        raise StatementRefused(RULE, "query_person_exists")
    listed = query.copy()
    listed.set("distinct", None)
    listed.set("order", None)
    if isinstance(holder, exp.In):
        looked_up = exp.EQ(this=listed.expressions[0].unalias().copy(), expression=_outer(holder, query, scope))
        where = listed.args.get("where")
        both = exp.and_(where.this, looked_up) if where is not None else looked_up
        listed.set("where", exp.Where(this=both))
    key = relation.behind[0].column()
    listed.set("expressions", [exp.ArrayAgg(this=exp.Distinct(expressions=[key]))])
    return exp.Subquery(this=listed)


def _outer(holder: exp.In, query: exp.Expr, scope: Scope) -> exp.Column:
    """The left side of IN, addressed so that it means the same inside the query."""
    column = holder.this.unnest()
    owners = scope.owners(column) if isinstance(column, exp.Column) else []
    inside = {folded(item.alias_or_name) for item in sources(query)} if isinstance(query, exp.Select) else set()
    if len(owners) != 1 or owners[0] in inside:
        raise StatementRefused(RULE, "query_person_exists")
    return exp.column(column.name, table=scope.spelled[owners[0]], quoted=True)


def bound_sources(node: exp.Select, scope: Scope) -> set[str]:
    """The sources whose person an equality makes the person of the query around."""
    bound: set[str] = set()
    for condition in conditions(node):
        if not isinstance(condition, exp.EQ):
            continue
        left, right = condition.this.unnest(), condition.expression.unnest()
        for inner, outer in ((left, right), (right, left)):
            if isinstance(inner, exp.Column) and isinstance(outer, exp.Column) and _around(outer, scope):
                bound |= set(scope.owners(inner)) if scope.kind(inner) is Kind.KEY else set()
    return bound


def _around(column: exp.Column, scope: Scope) -> bool:
    """Whether it is the key of a row about a person in a query around this one."""
    outer = scope.outer
    if not scope.is_outer(column) or scope.kind(column) is not Kind.KEY:
        return False
    while outer is not None:
        owners = outer.owners(column)
        if owners:
            return all(outer.sources[alias].hidden for alias in owners)
        outer = outer.outer
    return False


def _check_keys(relation: Relation, holder: exp.Expr | None, scope: Scope) -> None:
    """A person's key leaves a nested query only to be looked up among keys, and is looked up nowhere else."""
    looked_up = holder.this.unnest().name if isinstance(holder, exp.In) and _is_key(holder.this, scope) else ""
    offered = next((name for name, kind in relation.columns.items() if kind is Kind.KEY), "")
    if bool(looked_up) != bool(offered) and not isinstance(holder, exp.Exists):
        raise ColumnRefused(RULE, "query_person_key", name=cut(looked_up or offered))


def _is_key(node: exp.Expr, scope: Scope) -> bool:
    column = node.unnest()
    return isinstance(column, exp.Column) and scope.kind(column) is Kind.KEY


def _same_person(relation: Relation, holder: exp.Expr | None, scope: Scope) -> bool:
    """Whether it tells only about the person of the row: tied to it by key, or asking if its key is in a list."""
    if relation.same_person:
        return bool(scope.hidden)
    if not isinstance(holder, exp.In) or [*relation.columns.values()] != [Kind.KEY] or not _is_key(holder.this, scope):
        return False
    owners = scope.owners(holder.this.unnest())
    return bool(owners) and all(scope.sources[alias].hidden for alias in owners)


def _holds(part: exp.Expr, query: exp.Expr) -> bool:
    node: exp.Expr | None = query
    while node is not None:
        if node is part:
            return True
        node = node.parent
    return False
