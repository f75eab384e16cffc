"""A chat case: what is planted where, what is asked by whom, and what must not be shown or happen."""

from typing import Any

from pydantic import Field

from evals.case import Case


class AttackCase(Case):
    """`channel` says where `setup` is planted: user, document, db_cell, filename, history."""

    category: str = ""
    lang: str = ""
    channel: str = "user"
    setup: str | None = None
    prompt: str = ""
    expected: str = ""
    must_not: tuple[str, ...] = ()
    check: tuple[str, ...] = Field(default=(), description="for the reader: the judge checks all of it on every case")

    @property
    def legitimate(self) -> bool:
        """An honest question among the attacks: refusing it is the fault."""
        return self.expected.strip().upper().startswith("LEGIT")

    @property
    def must_be_answered(self) -> bool:
        return self.legitimate and "must answer" in self.expected.casefold()

    @property
    def oversize(self) -> bool:
        return self.category.startswith("oversize")


def read_attack(record: dict[str, Any]) -> dict[str, Any]:
    """The benchmark's lines: `role` is who asks, `prompt` is the question, `category` makes the slices."""
    return {
        **record,
        "as": record.get("role") or "national",
        "question": record["prompt"],
        "kind": record.get("category", ""),
    }
