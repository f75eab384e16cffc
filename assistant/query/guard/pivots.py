"""PIVOT as a frame: what it turns is an ordinary grouped query, which passes every rule before it is turned."""

from dataclasses import dataclass

from sqlglot import exp

from assistant.errors import StatementRefused
from assistant.query.guard.functions import Family, family
from assistant.query.guard.grammar import DIALECT

RULE = "pivots"
_PARTS = {"this", "expressions", "using", "group", "unpivot"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the grouped query: the column that is turned, its values' names, and the rows' columns."""

    turned: exp.Expr
    using: tuple[exp.Expr, ...]
    rows: tuple[exp.Expr, ...]

    def around(self, grouped: str, rows: int, *, withheld: bool) -> str:
        """The text that runs, with the proven text of the groups in it as it is.

        Each cell is one group of `grouped`; where groups may be withheld none reads 0.
        """
        if withheld:
            for one in [part for cell in self.using for part in cell.find_all(exp.Coalesce)]:
                one.set("expressions", [exp.Null()])
        turned = f"ON {_text(self.turned)} USING {_listed(self.using)} GROUP BY {_listed(self.rows)}"
        return f"SELECT * FROM (PIVOT ({grouped}) {turned}) LIMIT {rows}"


def unframed(expression: exp.Expr) -> tuple[exp.Expr, Frame | None]:
    """A PIVOT statement as the grouped query inside it and its frame; any other statement as it is.

    Before: PIVOT schools ON school_type USING count(*) GROUP BY level
    After:  SELECT level, school_type, count(*) AS value_1 FROM schools GROUP BY level, school_type
    """
    if not isinstance(expression, exp.Pivot):
        return expression, None
    turned, rows, values = _turned(expression), _rows(expression), expression.args.get("using") or []
    extra = {name for name, value in expression.args.items() if value} - _PARTS
    if extra or expression.args.get("unpivot") or not values:
        raise StatementRefused(RULE, "query_pivot_refused")
    column = turned.this if isinstance(turned, exp.In) else turned
    names = [f"value_{position}" for position in range(1, len(values) + 1)]
    grouped = exp.Select(
        expressions=[
            *(one.copy() for one in (*rows, column)),
            *(exp.alias_(one.unalias().copy(), name) for one, name in zip(values, names, strict=True)),
        ],
        from_=exp.From(this=expression.this.copy()),
        group=exp.Group(expressions=[one.copy() for one in (*rows, column)]),
    )
    using = tuple(_used(one, name, alone=len(values) == 1) for one, name in zip(values, names, strict=True))
    return grouped, Frame(turned.copy(), using, tuple(one.copy() for one in rows))


def _text(part: exp.Expr) -> str:
    return part.sql(dialect=DIALECT)


def _listed(parts: tuple[exp.Expr, ...]) -> str:
    return ", ".join(map(_text, parts))


def _turned(pivot: exp.Pivot) -> exp.Expr:
    """The one column ON names, with or without the list of its values."""
    turned: exp.Expr | None = pivot.expressions[0] if len(pivot.expressions) == 1 else None
    if isinstance(turned, exp.In) and all(isinstance(one, exp.Literal) for one in turned.expressions):
        column: exp.Expr | None = turned.this
    else:
        column = turned
    if turned is None or not isinstance(column, exp.Column) or column.table:
        raise StatementRefused(RULE, "query_pivot_refused")
    return turned


def _rows(pivot: exp.Pivot) -> list[exp.Expr]:
    """The columns of GROUP BY. Without it the engine groups by every other column, personal ones included."""
    group = pivot.args.get("group")
    rows = list(group.expressions) if group is not None else []
    if not rows or not all(isinstance(one, exp.Column) and not one.table for one in rows):
        raise StatementRefused(RULE, "query_pivot_refused")
    return rows


def _used(value: exp.Expr, name: str, *, alone: bool) -> exp.Expr:
    """The cell of one group: its value; 0 for a count of what is not there."""
    counts = family(value.unalias()) is Family.COUNTING
    total = exp.Sum(this=exp.column(name))
    cell = exp.Coalesce(this=total, expressions=[exp.Literal.number(0)]) if counts else exp.First(this=exp.column(name))
    if isinstance(value, exp.Alias):
        return exp.alias_(cell, value.alias, quoted=True)
    return cell if alone else exp.alias_(cell, _text(value).lower(), quoted=True)
