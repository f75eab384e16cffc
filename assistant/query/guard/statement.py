"""One SELECT tree made of nothing but what the grammar names."""

from sqlglot import exp

from assistant.errors import LimitRefused, StatementRefused
from assistant.query.guard.context import Context, folded
from assistant.query.guard.functions import function_name
from assistant.query.guard.grammar import (
    CAST_TYPES,
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
        if type(node) in PARTS:
            _check_parts(node)
            _check_details(node)
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
    return [name for name, value in node.args.items() if value not in (None, False, [], "")]


def _check_parts(node: exp.Expr) -> None:
    extra = [name for name in _given(node) if name not in PARTS[type(node)]]
    if extra:
        raise StatementRefused(RULE, "query_node_refused", name=f"{_spoken(node)} … {extra[0].rstrip('_').upper()}")


def _check_details(node: exp.Expr) -> None:
    if isinstance(node, exp.Join):
        kinds = (node.kind.upper() in JOIN_KINDS, node.side.upper() in JOIN_SIDES, node.method.upper() in JOIN_METHODS)
        if not all(kinds):
            raise StatementRefused(RULE, "query_join_refused", name=f"{node.method} {node.side} {node.kind}".strip())
    elif isinstance(node, exp.DataType) and node.this not in CAST_TYPES:
        raise StatementRefused(RULE, "query_cast_refused", name=node.sql(dialect="duckdb")[:40])
    elif isinstance(node, exp.Var) and node.name.upper() not in VARS:
        raise StatementRefused(RULE, "query_node_refused", name=node.name[:40])
    elif isinstance(node, exp.Window) and not isinstance(node.args.get("alias"), exp.Identifier | None):
        raise StatementRefused(RULE, "query_node_refused", name="WINDOW")
    elif isinstance(node, exp.Select) and not node.expressions:
        raise StatementRefused(RULE, "query_unreadable")
    elif isinstance(node, exp.Identifier) and not node.name.strip():
        raise StatementRefused(RULE, "query_node_refused", name="“”")
    elif isinstance(node, exp.Star) and not isinstance(node.parent, exp.Select | exp.Count | exp.Column):
        raise StatementRefused(RULE, "query_node_refused", name="*")


def _spoken(node: exp.Expr) -> str:
    return folded(type(node).__name__).upper()
