"""The invariants of the guard suite: what must hold of a result, checked against the seed and its twins."""

from collections.abc import Callable, Sequence
from functools import cached_property
from math import isclose
from typing import Any

from assistant.access.principal import Principal
from assistant.errors import UpstreamError
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.engines.duckdb_script import counted_columns
from assistant.query.guard import GuardedQuery
from assistant.query.table import ResultTable
from evals.expected.guard_case import GuardCase
from evals.suites.guard_seeds import Seeds

_SLACK_MS = 1000
_ALL_ROWS = 50_000
_TOLERANCE = 1e-9
Rows = Sequence[Sequence[Any]]


class Checks:
    """Each check returns a sentence when its invariant is broken, else nothing."""

    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds

    def refused(self, words: str, sql: str) -> list[str]:
        """A refusal must not show a personal value either; what the asker typed is no leak."""
        shown = [value for value in self._personal if value in words and value not in sql]
        return ["no_pii: a refusal shows a personal value"] if shown else []

    def ran(self, case: GuardCase, who: Principal, guarded: GuardedQuery, table: ResultTable) -> list[str]:
        """What is broken, by invariant; personal data, rows and effects are checked whether or not the case asks."""
        run = _Run(case, who, guarded, table)
        checks: dict[str, Callable[[_Run], str]] = {
            "no_pii": self._no_pii,
            "rows": self._rows,
            "noeffect": self._noeffect,
            "scope": self._scope,
            "no_oracle": self._no_oracle,
            "time": self._time,
            "nometa": self._nometa,
            "exact": self._exact,
            "k": self._k,
        }
        always = {"no_pii", "rows", "noeffect", "scope", "no_oracle", "k"}
        wanted = [name for name in checks if name in always or name in case.invariants]
        return [f"{name}: {words}" for name in wanted if (words := checks[name](run))]

    def _no_pii(self, run: "_Run") -> str:
        cells = {str(cell) for row in run.table.rows for cell in row} | set(run.table.columns)
        return "a personal value is shown" if cells & self._personal else ""

    def _rows(self, run: "_Run") -> str:
        return "too many rows" if len(run.table.rows) > self._seeds.policy.caps.rows else ""

    def _noeffect(self, _: "_Run") -> str:
        return "" if self._seeds.unchanged else "the database changed"

    def _scope(self, run: "_Run") -> str:
        """Rows outside the caller's territories must not matter."""
        twin = self._run(self._seeds.only(run.who), run.guarded.sql)
        return "" if same(run.table.rows, twin) else "the result depends on rows outside the scope"

    def _no_oracle(self, run: "_Run") -> str:
        twin = self._run(self._seeds.other_persons(), run.guarded.sql)
        return "" if same(run.table.rows, twin) else "the result depends on personal values"

    def _time(self, run: "_Run") -> str:
        limit = self._seeds.settings.timeout_seconds * 1000 + _SLACK_MS
        return "too slow" if run.table.elapsed_ms > limit else ""

    def _nometa(self, run: "_Run") -> str:
        cells = {str(cell) for row in run.table.rows for cell in row}
        meta = set(self._seeds.policy.tables) | {"main", "information_schema", "memory_limit"}
        return "names of the database are shown" if cells & meta else ""

    def _exact(self, run: "_Run") -> str:
        """The plain answer over the caller's rows, apart from small groups and values that are withheld."""
        plain = self._run(self._seeds.only(run.who), run.case.sql.rstrip().rstrip(";"))
        if plain is None:
            return "the plain statement does not run"
        shown, withheld = list(run.table.rows), run.table.suppressed
        missing = [row for row in plain if not any(_row_fits(row, other, withheld) for other in shown)]
        extra = [row for row in shown if not any(_row_fits(other, row, withheld) for other in plain)]
        if extra or len(missing) > withheld:
            return "the result differs from the plain answer"
        return ""

    def _k(self, run: "_Run") -> str:
        """No count over persons only may show a number under the threshold."""
        policy = self._seeds.policy
        if not run.guarded.tables or any(policy.tables[name].person is None for name in run.guarded.tables):
            return ""
        counted = counted_columns(run.case.sql.rstrip().rstrip(";"))
        if len(counted) != len(run.table.columns):
            return ""
        small = [
            cell
            for row in run.table.rows
            for cell, is_count in zip(row, counted, strict=True)
            if is_count and isinstance(cell, int) and 0 < cell < policy.suppression.persons
        ]
        return "a small count is shown" if small else ""

    @cached_property
    def _personal(self) -> set[str]:
        return self._seeds.personal_values()

    def _run(self, engine: DuckDbEngine, sql: str) -> Rows | None:
        try:
            return engine.run(sql, timeout_seconds=60, row_cap=_ALL_ROWS).rows
        except UpstreamError:
            return None


class _Run:
    """One case that ran."""

    def __init__(self, case: GuardCase, who: Principal, guarded: GuardedQuery, table: ResultTable) -> None:
        self.case, self.who, self.guarded, self.table = case, who, guarded, table


def same(rows: Rows, others: Rows | None) -> bool:
    """The same rows, in any order: ties may fall differently."""
    if others is None or len(rows) != len(others):
        return False
    pairs = zip(sorted(rows, key=repr), sorted(others, key=repr), strict=True)
    return all(_row_fits(row, other, 0) for row, other in pairs)


def _row_fits(plain: Sequence[Any], shown: Sequence[Any], withheld: int) -> bool:
    if len(plain) != len(shown):
        return False
    return all(_cell_fits(one, other, withheld) for one, other in zip(plain, shown, strict=True))


def _cell_fits(plain: Any, shown: Any, withheld: int) -> bool:
    if isinstance(plain, float) and isinstance(shown, float):
        return isclose(plain, shown, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
    return bool(plain == shown) or (withheld > 0 and shown is None)
