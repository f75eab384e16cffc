"""One SELECT tree made of nothing but what the grammar names."""

from collections.abc import Callable

from sqlglot import exp

from assistant.errors import LimitRefused, StatementRefused
from assistant.query.guard.context import Context, cut, folded
from assistant.query.guard.functions import function_name
from assistant.query.guard.grammar import (
    CAST_TYPES,
    DIALECT,
    JOIN_KINDS,
    JOIN_METHODS,
    JOIN_SIDES,
    PARTS,
    QUERIES,
    VARS,
)

RULE = "statement"


def allow_statement(expression: exp.Expr, context: Context) -> exp.Expr:
    """Refuse another root than SELECT or a set operation, and every node, part or type that is not listed.

    Before: WITH d AS (DELETE FROM pupils RETURNING *) SELECT * FROM d      After: refused
    """
    while isinstance(expression, exp.Subquery) and set(_given(expression)) == {"this"}:
        expression = expression.this
    if not isinstance(expression, QUERIES):
        raise StatementRefused(RULE, "query_not_select")
    _check_depth(expression, context)
    for node in expression.walk():
        kind = type(node)
        if kind in PARTS:
            _check_parts(node, PARTS[kind])
            if kind in _DETAILS:
                _DETAILS[kind](node)
        elif function_name(node) is None and not isinstance(node, exp.Func):
            raise StatementRefused(RULE, "query_node_refused", name=_spoken(node))
    return expression


def _check_depth(expression: exp.Expr, context: Context) -> None:
    cap, nodes = context.policy.caps, 0
    level: list[exp.Expr] = [expression]
    for _ in range(cap.depth):
        nodes += len(level)
        level = [child for node in level for child in node.iter_expressions()]
        if not level:
            break
    else:
        raise LimitRefused(RULE, "query_too_deep", limit=cap.depth)
    if nodes > cap.nodes:
        raise LimitRefused(RULE, "query_too_many", what="thành phần", limit=cap.nodes)


def _given(node: exp.Expr) -> list[str]:
    return [name for name, value in node.args.items() if _filled(value)]


def _filled(value: object) -> bool:
    return value is not None and value is not False and value != [] and value != ""


def _check_parts(node: exp.Expr, allowed: frozenset[str]) -> None:
    for name, value in node.args.items():
        if name not in allowed and _filled(value):
            raise StatementRefused(RULE, "query_node_refused", name=f"{_spoken(node)} … {name.rstrip('_').upper()}")


def _check_join(node: exp.Expr) -> None:
    kind, side, method = (str(node.args.get(one) or "").upper() for one in ("kind", "side", "method"))
    if kind not in JOIN_KINDS or side not in JOIN_SIDES or method not in JOIN_METHODS:
        raise StatementRefused(RULE, "query_join_refused", name=f"{method} {side} {kind}".strip())


def _check_type(node: exp.Expr) -> None:
    if node.this not in CAST_TYPES:
        raise StatementRefused(RULE, "query_cast_refused", name=cut(node.sql(dialect=DIALECT)))


def _check_var(node: exp.Expr) -> None:
    if node.name.upper() not in VARS:
        raise StatementRefused(RULE, "query_node_refused", name=cut(node.name))


def _check_identifier(node: exp.Expr) -> None:
    if not node.name.strip():
        raise StatementRefused(RULE, "query_node_refused", name="“”")


def _check_star(node: exp.Expr) -> None:
    if not isinstance(node.parent, exp.Select | exp.Count | exp.Column):
        raise StatementRefused(RULE, "query_node_refused", name="*")


_DETAILS: dict[type[exp.Expr], Callable[[exp.Expr], None]] = {
    exp.Join: _check_join,
    exp.DataType: _check_type,
    exp.Var: _check_var,
    exp.Identifier: _check_identifier,
    exp.Star: _check_star,
}


def _spoken(node: exp.Expr) -> str:
    return folded(type(node).__name__).upper()
