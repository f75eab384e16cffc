"""A guard case: one statement by one principal, what may become of it, and what must hold when it runs."""

from typing import Any

from pydantic import Field

from evals.case import Case

ENGINE_DIALECT = "duckdb"
RUNS = frozenset({"allow", "rewrite"})


class GuardCase(Case):
    """`expect` and `also_ok` are of allow, rewrite, deny. Other dialects than the engine's are judged by decision."""

    category: str = ""
    sql: str
    dialect: str = ENGINE_DIALECT
    expect: str
    also_ok: tuple[str, ...] = ()
    invariants: tuple[str, ...] = ()
    why: str = Field(default="", description="for the reader of a report")

    @property
    def right(self) -> frozenset[str]:
        """The decisions that are right: `run` or `deny`."""
        return frozenset("run" if one in RUNS else one for one in (self.expect, *self.also_ok))

    @property
    def legitimate(self) -> bool:
        """Whether refusing it would refuse a question somebody may ask."""
        return "deny" not in self.right


def read_case(record: dict[str, Any]) -> dict[str, Any]:
    """The benchmark's lines: `role` is who asks, `category` makes the slices."""
    return {**record, "as": record.get("role", "national"), "kind": record.get("category", "")}
