"""Queries inside a condition or a value: they may ask about the same person, or be released by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlglot import exp

from assistant.errors import ColumnRefused, StatementRefused
from assistant.query.guard.disclosure.relation import Kind, Relation, Scope
from assistant.query.guard.disclosure.walking import conditions, conjuncts, is_aggregated, nested_queries

if TYPE_CHECKING:
    from assistant.query.guard.disclosure.queries import Reader

RULE = "nested"


def check_nested(reader: Reader, node: exp.Select, scope: Scope, seen: Mapping[str, Relation]) -> list[exp.Expr]:
    """Read the queries nested in `node`'s own expressions.

    Returns the conditions of WHERE that choose rows of `node` (schools, classes) by what persons they have.
    """
    chosen: list[exp.Expr] = []
    where = node.args.get("where")
    parts = conjuncts(where.this) if where is not None else []
    for query in nested_queries(node):
        relation = reader.query(query, scope, seen)
        holder = query.parent.parent if isinstance(query.parent, exp.Subquery) else query.parent
        if not relation.persons:
            _check_value(relation, holder)
            if relation.correlated and is_aggregated(node) and not any(_holds(part, query) for part in parts):
                _refuse_when_released(scope)
        elif not _same_person(relation, holder, scope):
            part = next((one for one in parts if _holds(one, query)), None)
            if part is None or scope.hidden or not is_aggregated(node):
                raise StatementRefused(RULE, "query_person_exists")
            if not any(part is one for one in chosen):
                chosen.append(part)
    return chosen


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


def _check_value(relation: Relation, holder: exp.Expr | None) -> None:
    if isinstance(holder, exp.In | exp.Exists):
        return
    if any(kind is Kind.KEY for kind in relation.columns.values()):
        raise ColumnRefused(RULE, "query_person_key", name="")


def _refuse_when_released(scope: Scope) -> None:
    """Released groups are read through a query of their own, where the outer row's columns have other names."""
    if scope.hidden:
        raise StatementRefused(RULE, "query_person_nested")


def _same_person(relation: Relation, holder: exp.Expr | None, scope: Scope) -> bool:
    """Whether it tells only about the person of the row: tied to it by key, or asking if its key is in a list."""
    if relation.same_person:
        return bool(scope.hidden)
    if not isinstance(holder, exp.In):
        return False
    key = holder.this.unnest()
    columns = list(relation.columns.values())
    if not isinstance(key, exp.Column) or columns != [Kind.KEY] or scope.kind(key) is not Kind.KEY:
        return False
    owners = scope.owners(key)
    return bool(owners) and all(scope.sources[alias].hidden for alias in owners)


def _holds(part: exp.Expr, query: exp.Expr) -> bool:
    node: exp.Expr | None = query
    while node is not None:
        if node is part:
            return True
        node = node.parent
    return False
