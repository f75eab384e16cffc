"""What a GROUP BY means once positions, aliases and ALL are written out."""

from sqlglot import exp

from assistant.errors import ColumnRefused
from assistant.query.guard.context import cut, folded
from assistant.query.guard.disclosure.relation import Scope
from assistant.query.guard.disclosure.walking import aggregates

RULE = "disclosure"
_SETS = (exp.Rollup, exp.Cube, exp.GroupingSets)


def has_totals(group: exp.Expr | None) -> bool:
    """Whether ROLLUP, CUBE or GROUPING SETS add rows that sum up others."""
    return group is not None and group.find(*_SETS) is not None


def group_items(node: exp.Select) -> list[exp.Expr]:
    """Every expression grouped by, those inside ROLLUP and GROUPING SETS included."""
    group = node.args.get("group")
    if group is None:
        return []
    if group.args.get("all") or any(isinstance(one, exp.Var) for one in group.expressions):
        found = set(map(id, aggregates(node)))
        plain = [one.unalias() for one in node.expressions]
        return [one for one in plain if not any(id(part) in found for part in one.walk())]
    return [part for one in group.expressions for part in _flat(one)]


def _flat(node: exp.Expr) -> list[exp.Expr]:
    if isinstance(node, (*_SETS, exp.Tuple)):
        return [part for one in node.expressions for part in _flat(one)]
    return [node.unnest()]


def grouped(item: exp.Expr, node: exp.Select, scope: Scope) -> exp.Expr:
    """What a GROUP BY item stands for: positions and aliases are followed; columns of the sources go first."""
    item = item.unnest()
    if isinstance(item, exp.Literal) and not item.args["is_string"]:
        position = int(item.this) if item.this.isdigit() else 0
        if not 0 < position <= len(node.expressions):
            raise ColumnRefused(RULE, "query_column_unknown", name=cut(item.this))
        meant: exp.Expr = node.expressions[position - 1].unalias()
        return meant
    if isinstance(item, exp.Column) and not item.table and not scope.owners(item):
        return scope.aliases.get(folded(item.name), item)
    return item


def written_out(group: exp.Expr, node: exp.Select, scope: Scope) -> exp.Expr:
    """The same GROUP BY in expressions over the sources only."""
    if not has_totals(group):
        items = [grouped(one, node, scope).copy() for one in group_items(node)]
        return exp.Group(expressions=[one for one in items if not isinstance(one, exp.Literal | exp.Null)])
    written = group.copy()
    for one in list(written.find_all(exp.Column, exp.Literal)):
        if isinstance(one.parent, (*_SETS, exp.Tuple, exp.Paren, exp.Group)):
            one.replace(grouped(one, node, scope).copy())
    return written
