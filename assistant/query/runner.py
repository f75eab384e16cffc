"""The only caller of an engine: guard, run, and say what was changed and withheld."""

from dataclasses import dataclass, replace

from sqlglot import exp

from assistant.access.policy import Policy
from assistant.access.principal import Principal, Role
from assistant.errors import LimitRefused
from assistant.query.engines import Engine
from assistant.query.engines.duckdb_cost import estimated_rows, explained
from assistant.query.guard import GuardedQuery, guard
from assistant.query.ledger import Ledger
from assistant.query.table import ResultTable
from assistant.settings import EngineSettings

_JOINED = 2


@dataclass(frozen=True, slots=True)
class RunResult:
    """`sql` is what ran. `scoped` says the rows were narrowed to the caller's territories.

    `rewrites` are codes of what the guard changed: scope, row_cap, small_groups, small_counts.
    """

    sql: str
    table: ResultTable
    tables: tuple[str, ...]
    scoped: bool
    rewrites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs compiled and free queries alike. Raises QueryRefused, EngineUnavailable or QueryTimedOut.

    A `patient` one runs whatever the engine expects it to cost.
    """

    engine: Engine
    policy: Policy
    settings: EngineSettings
    ledger: Ledger | None = None
    patient: bool = False

    def aside(self, engine: Engine, seconds: float) -> "Runner":
        """The same runner on another engine with a longer deadline, which is not afraid of the cost."""
        settings = self.settings.model_copy(update={"timeout_seconds": seconds})
        return replace(self, engine=engine, settings=settings, patient=True)

    def run(self, query: str | exp.Expr, principal: Principal) -> RunResult:
        guarded = guard(query, self.policy, principal)
        self._check_cost(guarded)
        if self.ledger is not None:
            self.ledger.admit(guarded, principal)
        table = self._execute(guarded.sql)
        cut = table.truncated or (guarded.limited and len(table.rows) >= self.policy.caps.rows)
        seen = not cut and _is_one_figure(query) and all(cell is not None for row in table.rows for cell in row)
        table = replace(table, truncated=cut, suppressed=0 if seen else self._withheld(guarded))
        scoped = principal.role is not Role.NATIONAL and "scope" in guarded.rewrites
        return RunResult(guarded.sql, table, guarded.tables, scoped, guarded.rewrites)

    def check(self, query: str | exp.Expr, principal: Principal) -> GuardedQuery:
        """What would run, without running it."""
        return guard(query, self.policy, principal)

    def _check_cost(self, guarded: GuardedQuery) -> None:
        """Refuse what would only run into its deadline. A single scan is bounded by the table it reads."""
        if self.patient or guarded.sql.count(" main.") < _JOINED or self.engine.dialect != "duckdb":
            return
        plan = self._execute(explained(guarded.sql)).rows
        rows = estimated_rows(str(plan[0][-1])) if plan else 0
        if rows > self.policy.caps.estimated:
            shown = f"{rows / 1_000_000:,.0f}".replace(",", ".")
            raise LimitRefused("cost", "query_too_costly", millions=shown)

    def _withheld(self, guarded: GuardedQuery) -> int:
        if guarded.probe is None:
            return 0
        (count,) = self._execute(guarded.probe).rows[0]
        return int(count or 0)

    def _execute(self, sql: str) -> ResultTable:
        row_cap = min(self.settings.row_cap, self.policy.caps.rows)
        return self.engine.run(sql, timeout_seconds=self.settings.timeout_seconds, row_cap=row_cap)


def _is_one_figure(query: str | exp.Expr) -> bool:
    """Whether the compiler's own select has no groups that could be left out: where no cell of its answer is empty,
    nothing was withheld, and the table need not be read again to count that."""
    return isinstance(query, exp.Select) and query.find(exp.Group, exp.Having, exp.Qualify, exp.Limit) is None
