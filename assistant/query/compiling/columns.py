"""What each column of a compiled query holds, so that suppression, prose and charts need not look at the SQL."""

from dataclasses import dataclass
from enum import StrEnum

from sqlglot import exp


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
