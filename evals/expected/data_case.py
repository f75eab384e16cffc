"""A data question with its truth: hand-written SQL, rows, or the status it should end with."""

import re
from typing import Any

from pydantic import Field, field_validator, model_validator

from assistant.conversations.record import Cell
from evals.case import Case
from evals.expected.outcomes import Outcome, expected_outcome

_LIMIT = re.compile(r"\s+limit\s+(\d+)\s*;?\s*\Z", re.IGNORECASE)
_ORDER = re.compile(r"\border\s+by\b", re.IGNORECASE)
_INNERMOST = re.compile(r"\([^()]*\)")


class DataCase(Case):
    """`rows` may be a list of rows, of objects or of single values. `ordered` overrides what the SQL's LIMIT says."""

    sql: str | None = None
    rows: tuple[tuple[Cell, ...], ...] | None = None
    columns: tuple[str, ...] = ()
    ordered: bool | None = Field(default=None, description="the order of rows is part of the answer")

    @field_validator("rows", mode="before")
    @classmethod
    def _as_rows(cls, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        return [tuple(r.values()) if isinstance(r, dict) else r if isinstance(r, list | tuple) else (r,) for r in value]

    @model_validator(mode="after")
    def _has_truth(self) -> "DataCase":
        if self.sql is None and self.rows is None and not self.status:
            raise ValueError("one of sql, rows, status is needed")
        return self

    @property
    def has_gold(self) -> bool:
        return self.sql is not None or self.rows is not None

    @property
    def expected(self) -> Outcome:
        return expected_outcome(self.status, has_gold=self.has_gold)

    @property
    def in_scope(self) -> bool:
        """There is a figure to give, directly or after a question back."""
        return self.has_gold or self.expected is Outcome.ANSWERED

    @property
    def limit(self) -> int | None:
        """Rows wanted when the SQL ranks: ORDER BY … LIMIT k at its end."""
        found = _LIMIT.search(self.sql or "")
        return int(found[1]) if found and _ORDER.search(_outermost(self.sql or "")) else None

    @property
    def gold_sql(self) -> str:
        """What to run: a ranking runs whole, which shows whom its last place is shared with."""
        return (self.sql or "") if self.limit is None else _LIMIT.sub("", self.sql or "")

    @property
    def is_ordered(self) -> bool:
        return self.limit is not None if self.ordered is None else self.ordered


def _outermost(sql: str) -> str:
    """The SQL without anything in parentheses."""
    inner = ""
    while inner != sql:
        inner, sql = sql, _INNERMOST.sub(" ", sql)
    return sql
