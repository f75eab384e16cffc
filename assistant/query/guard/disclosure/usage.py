"""Who reads a grouped subquery, and whether it only adds its numbers up."""

from dataclasses import dataclass

from sqlglot import exp

from assistant.query.guard.context import folded
from assistant.query.guard.disclosure.shapes import measured_columns
from assistant.query.guard.disclosure.walking import aggregates, is_aggregated, sources


@dataclass(frozen=True, slots=True)
class Consumer:
    """The one SELECT that reads a subquery, and the name it reads it under."""

    select: exp.Select
    alias: str


def consumer(root: exp.Expr, query: exp.Select) -> Consumer | None:
    """The SELECT with `query` in its FROM, directly or as a CTE it alone reads; None where there is another use."""
    parent = query.parent
    if isinstance(parent, exp.CTE):
        name = folded(parent.alias)
        readers = [one for one in root.find_all(exp.Table) if folded(one.name) == name and not one.text("db")]
        item: exp.Expr | None = readers[0] if len(readers) == 1 else None
    else:
        item = parent if isinstance(parent, exp.Subquery) else None
    holder = item.parent.parent if item is not None and isinstance(item.parent, exp.From | exp.Join) else None
    if item is None or not isinstance(holder, exp.Select) or item not in sources(holder):
        return None
    alias = item.args.get("alias")
    if alias is not None and alias.args.get("columns"):
        return None
    return Consumer(holder, folded(item.alias_or_name))


def adds_up_only(reader: Consumer | None, measures: set[str]) -> bool:
    """Whether `reader` aggregates, and meets the measures nowhere but as what a sum, a mean and the like add up."""
    if reader is None or not is_aggregated(reader.select):
        return False
    if any(isinstance(one, exp.Star) for one in reader.select.expressions):
        return False
    added = {id(column) for unit in aggregates(reader.select) if _adds(unit) for column in measured_columns(unit)}
    used = [one for one in reader.select.find_all(exp.Column) if folded(one.name) in measures]
    mine = [one for one in used if folded(one.table) in {"", reader.alias} and not _within_source(one, reader.select)]
    return all(id(one) in added for one in mine)


def _adds(unit: exp.Expr) -> bool:
    while isinstance(unit, exp.Filter):
        unit = unit.this
    return isinstance(unit, exp.Sum | exp.Avg | exp.Count)  # a deviation would tell the parts of a sum apart


def _within_source(column: exp.Column, select: exp.Select) -> bool:
    """Whether the column stands inside one of the select's own sources or CTEs."""
    node: exp.Expr | None = column
    while node is not None and node is not select:
        if isinstance(node, exp.From | exp.CTE) and node.parent in (select, select.args.get("with_")):
            return True
        if isinstance(node.parent, exp.Join) and node.parent.parent is select and node is node.parent.this:
            return True
        node = node.parent
    return False
