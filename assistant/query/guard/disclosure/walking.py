"""Walking one query level: what belongs to a SELECT itself, and what to the queries nested in it."""

from collections.abc import Iterator

from sqlglot import exp

from assistant.query.guard.disclosure.shapes import aggregate_unit
from assistant.query.guard.grammar import QUERIES

_CLAUSES = ("expressions", "distinct", "where", "group", "having", "qualify", "windows", "order")


def sources(select: exp.Select) -> list[exp.Expr]:
    """The items of FROM and JOIN, in order."""
    from_ = select.args.get("from_")
    return ([from_.this] if from_ else []) + [join.this for join in select.args.get("joins") or ()]


def own_nodes(select: exp.Select) -> Iterator[exp.Expr]:
    """Every node of the select's own expressions: not its sources, its CTEs or the inside of nested queries."""
    for root in _roots(select):
        yield from _level(root)


def _roots(select: exp.Select) -> Iterator[exp.Expr]:
    for name in _CLAUSES:
        value = select.args.get(name)
        if isinstance(value, list):
            yield from value
        elif isinstance(value, exp.Expr):
            yield value
    for join in select.args.get("joins") or ():
        if join.args.get("on") is not None:
            yield join.args["on"]


def _level(root: exp.Expr) -> Iterator[exp.Expr]:
    yield root
    if not isinstance(root, QUERIES):
        for child in root.iter_expressions():
            yield from _level(child)


def own_columns(select: exp.Select) -> list[exp.Column]:
    return [one for one in own_nodes(select) if isinstance(one, exp.Column) and not isinstance(one.this, exp.Star)]


def nested_queries(select: exp.Select) -> list[exp.Expr]:
    return [one for one in own_nodes(select) if isinstance(one, QUERIES)]


def windowed(node: exp.Expr) -> bool:
    """Whether a function is computed over a window and not over a group."""
    parent: exp.Expr | None = node.parent
    child = node
    while isinstance(parent, exp.Filter | exp.WithinGroup | exp.IgnoreNulls) and parent.this is child:
        child, parent = parent, parent.parent
    return isinstance(parent, exp.Window) and parent.this is child


def aggregates(select: exp.Select) -> list[exp.Expr]:
    """The outermost nodes that aggregate the select's groups, FILTER included."""
    found: list[exp.Expr] = []
    for root in _roots(select):
        _collect(root, found)
    return found


def _collect(node: exp.Expr, found: list[exp.Expr]) -> None:
    if isinstance(node, QUERIES):
        return
    if aggregate_unit(node) is not None and not windowed(node):
        found.append(node)
        return
    for child in node.iter_expressions():
        _collect(child, found)


def is_aggregated(select: exp.Select) -> bool:
    return select.args.get("group") is not None or bool(aggregates(select))


def conjuncts(condition: exp.Expr | None) -> list[exp.Expr]:
    """The parts of a condition that must all hold."""
    if condition is None:
        return []
    node = condition.unnest()
    if isinstance(node, exp.And):
        return conjuncts(node.this) + conjuncts(node.expression)
    return [node]


def conditions(select: exp.Select) -> list[exp.Expr]:
    """The conjuncts of WHERE and of every ON."""
    where = select.args.get("where")
    found = conjuncts(where.this if where else None)
    for join in select.args.get("joins") or ():
        found += conjuncts(join.args.get("on"))
    return found


def output_name(projection: exp.Expr) -> str:
    return str(projection.alias_or_name) if isinstance(projection, exp.Alias | exp.Column) else ""
