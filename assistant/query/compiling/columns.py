"""What each column of a compiled query holds, so that suppression, prose and charts need not look at the SQL."""

from dataclasses import dataclass
from enum import StrEnum

from sqlglot import exp

from assistant.query.semantics.parts import Metric


class Role(StrEnum):
    DIMENSION = "dimension"
    CODE = "code"
    """The code beside a name, for those who join the table with another."""
    TIME = "time"
    MEASURE = "measure"
    RATIO = "ratio"
    PART = "part"
    """A group's part of the total."""
    WHOLE = "whole"
    """The total of all groups, listed or not."""
    REPORTED = "reported"
    """How many of the whole have reported at all, where that is fewer."""
    CHANGE = "change"
    CHANGE_RATE = "change_rate"
    RANK = "rank"
    OUT_OF = "out_of"
    HIDDEN = "hidden"
    """For our eyes: taken out before anything is shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """`parts` are the indexes of the measures a computed column is made from; `name` a dimension or a metric."""

    label: str
    role: Role
    name: str = ""
    unit: str = ""
    decimals: int = 0
    persons: bool = False
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    expression: exp.Select
    columns: tuple[Column, ...]


def measure_column(metric: Metric, label: str = "") -> Column:
    """The column of a plain metric."""
    edu = metric.edu
    return Column(label or edu.label, Role.MEASURE, metric.name, edu.unit, edu.decimals, metric.about_persons)


def ratio_of(top: exp.Expr, bottom: exp.Expr, scale: float) -> exp.Expr:
    """scale * top / bottom, NULL where there is nothing to divide by."""
    below = exp.Nullif(this=bottom.copy(), expression=exp.Literal.number(0))
    return exp.Div(this=exp.Mul(this=exp.Literal.number(f"{float(scale)}"), expression=top.copy()), expression=below)
