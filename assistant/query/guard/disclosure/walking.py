"""Walking one query level: what belongs to a SELECT itself, and what to the queries nested in it."""

from collections.abc import Iterable, Iterator

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
    return outside_queries(_roots(select))


def outside_queries(roots: Iterable[exp.Expr]) -> Iterator[exp.Expr]:
    """Every node under `roots`, the queries nested there included, but not their inside."""
    pending = [*roots][::-1]
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, QUERIES):
            pending += [*node.iter_expressions()][::-1]


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
    return list(_aggregates(select))


def _aggregates(select: exp.Select) -> Iterator[exp.Expr]:
    pending = [*_roots(select)][::-1]
    while pending:
        node = pending.pop()
        if aggregate_unit(node) is not None and not windowed(node):
            yield node
        elif not isinstance(node, QUERIES):
            pending += [*node.iter_expressions()][::-1]


def is_aggregated(select: exp.Select) -> bool:
    return select.args.get("group") is not None or any(True for _ in _aggregates(select))


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
