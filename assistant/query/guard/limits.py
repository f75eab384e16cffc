"""How much a query may cost and return."""

import re

from sqlglot import exp

from assistant.errors import LimitRefused, StatementRefused
from assistant.query.guard.context import Context, folded

RULE = "limits"
_DIGITS = re.compile(r"[0-9]{1,18}")


def cap_parts(expression: exp.Expr, context: Context) -> exp.Expr:
    """Refuse a query with more joins, CTEs, literals or columns than the policy allows, and unbounded series."""
    caps = context.policy.caps
    counted = {
        "phép nối bảng": (len(list(expression.find_all(exp.Join))), caps.joins),
        "truy vấn con WITH": (len(list(expression.find_all(exp.CTE))), caps.ctes),
        "giá trị viết sẵn": (len(list(expression.find_all(exp.Literal))), caps.literals),
        "cột kết quả": (
            max(len(one.expressions) for one in expression.find_all(exp.Select)),
            caps.columns,
        ),
    }
    for what, (number, limit) in counted.items():
        if number > limit:
            raise LimitRefused(RULE, "query_too_many", what=what, limit=limit)
    for series in expression.find_all(exp.GenerateSeries):
        _check_series(series, caps.series)
    for with_ in expression.find_all(exp.With):
        for cte in with_.expressions if with_.args.get("recursive") else ():
            _check_recursion(cte, caps.series)
    for one in expression.find_all(exp.Limit, exp.Offset):
        _whole(one.expression)
    return expression


def cap_rows(expression: exp.Expr, context: Context) -> exp.Expr:
    """Give the outermost query a LIMIT of at most the cap.

    Before: SELECT school_name FROM schools      After: SELECT school_name FROM schools LIMIT 1000
    """
    caps = context.policy.caps
    offset = expression.args.get("offset")
    if offset is not None and _whole(offset.expression) > caps.offset:
        raise LimitRefused(RULE, "query_offset_deep", limit=caps.offset)
    limit = expression.args.get("limit")
    if limit is None or _whole(limit.expression) > caps.rows:
        expression.set("limit", exp.Limit(expression=exp.Literal.number(caps.rows)))
        context.limited = True
        context.note("row_cap")
    return expression


def _whole(node: exp.Expr | None) -> int:
    """A bare non-negative integer, or a refusal: an expression could be anything when it runs."""
    if isinstance(node, exp.Literal) and not node.args["is_string"] and _DIGITS.fullmatch(node.this):
        return int(node.this)
    raise LimitRefused(RULE, "query_limit_literal")


def _check_series(series: exp.GenerateSeries, cap: int) -> None:
    if not isinstance(series.parent, exp.Table):
        raise LimitRefused(RULE, "query_series_unbounded", limit=cap)
    step = series.args.get("step")
    if step is not None and _whole(step) == 0:
        raise LimitRefused(RULE, "query_series_unbounded", limit=cap)
    if abs(_signed(series.args["end"], cap) - _signed(series.args["start"], cap)) > cap:
        raise LimitRefused(RULE, "query_series_unbounded", limit=cap)


def _signed(node: exp.Expr, cap: int) -> int:
    try:
        return -_whole(node.this) if isinstance(node, exp.Neg) else _whole(node)
    except LimitRefused as error:
        raise LimitRefused(RULE, "query_series_unbounded", limit=cap) from error


def _check_recursion(cte: exp.CTE, cap: int) -> None:
    """A recursion must count: start at a literal, add a positive literal, stop below a literal."""
    name = folded(cte.alias)
    if not any(folded(one.name) == name for one in cte.this.find_all(exp.Table)):
        return
    union = cte.this
    start, step = union.this, union.expression
    shapes = isinstance(union, exp.Union) and isinstance(start, exp.Select) and isinstance(step, exp.Select)
    if (
        not shapes
        or step.args.get("joins")
        or start.args.get("from_")
        or len(start.expressions) != len(step.expressions)
    ):
        raise StatementRefused(RULE, "query_recursion_refused")
    columns = [folded(one.name) for one in cte.args["alias"].args.get("columns") or ()]
    columns = columns or [folded(one.alias_or_name) for one in start.expressions]
    bounds = _bounds(step)
    for column, first, following in zip(columns, start.expressions, step.expressions, strict=False):
        grows = following.unalias()
        counts = column in bounds and isinstance(grows, exp.Add) and folded(grows.this.name) == column
        if counts and _signed(grows.expression, cap) >= 1 and bounds[column] - _signed(first.unalias(), cap) <= cap:
            return
    raise StatementRefused(RULE, "query_recursion_refused")


def _bounds(step: exp.Select) -> dict[str, int]:
    """The literals that the recursive member's WHERE keeps its columns below."""
    where = step.args.get("where")
    found: dict[str, int] = {}
    pending = [where.this] if where is not None else []
    while pending:
        node = pending.pop()
        if isinstance(node, exp.And):
            pending += [node.this, node.expression]
        elif isinstance(node, exp.LT | exp.LTE) and isinstance(node.this, exp.Column):
            bound = node.expression
            if isinstance(bound, exp.Literal) and _DIGITS.fullmatch(bound.this):
                found[folded(node.this.name)] = int(bound.this)
    return found
