"""What a rule knows beside the expression, and what it notes for the reader."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlglot import exp

from assistant.access.policy import Policy
from assistant.access.principal import Principal

if TYPE_CHECKING:
    from assistant.query.guard.disclosure.populations import Population


@dataclass(slots=True)
class Context:
    """One query's way through the rules: who asks under which policy, and what was changed so far."""

    policy: Policy
    principal: Principal
    prefix: str = "_t"
    rewrites: list[str] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)
    probe: exp.Expr | None = None
    populations: "list[Population]" = field(default_factory=list)
    threshold: int = 0
    limited: bool = False
    _serial: int = 0

    def fresh(self, kind: str) -> str:
        """A name no identifier of the query begins with."""
        self._serial += 1
        return f"{self.prefix}{kind}{self._serial}"

    @property
    def row(self) -> str:
        """The name under which the ledger reads the number of a row of ready-made counts."""
        return f"{self.prefix}row"

    def note(self, rewrite: str) -> None:
        if rewrite not in self.rewrites:
            self.rewrites.append(rewrite)


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """An identifier as DuckDB compares it: ASCII letters without case, everything else as it is."""
    return name.encode().lower().decode()  # of bytes only the ASCII letters have a case


def cut(name: str) -> str:
    """As much of a name as a refusal repeats: it may be anything, of any length."""
    return name[:40]
