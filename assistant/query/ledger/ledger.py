"""Refuses an answer that, subtracted from answers given before, would be about a few persons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.access.policy import Suppression
from assistant.access.principal import Principal
from assistant.errors import LimitRefused, UpstreamError
from assistant.query.engines import Engine
from assistant.query.guard import GuardedQuery
from assistant.query.guard.disclosure.populations import Population
from assistant.query.ledger.linear import smallest_difference
from assistant.query.ledger.store import Store

RULE = "ledger"
_TIMEOUT_SECONDS = 20.0
_MOST_ATOMS = 20_000


@dataclass(frozen=True, slots=True)
class Ledger:
    """Per principal, across questions, conversations, exports and processes."""

    store: Store
    engine: Engine
    suppression: Suppression

    def admit(self, guarded: GuardedQuery, principal: Principal) -> None:
        """Remember the groups `guarded` will show. Raises LimitRefused when they and earlier ones tell too much."""
        families: dict[tuple[str, str], list[Population]] = {}
        for one in guarded.populations:
            families.setdefault((one.domain, one.trait), []).append(one)
        fresh = {name: self._admitted(asked, guarded, str(principal)) for name, asked in families.items()}
        for (domain, trait), populations in fresh.items():
            if populations:
                self.store.add(str(principal), f"{domain} {trait}", populations)

    def _admitted(self, asked: Sequence[Population], guarded: GuardedQuery, principal: str) -> list[str]:
        known = self._known(asked[0].domain, asked[0].trait, principal)
        fresh = [one.sql for one in asked if one.sql not in known]
        if fresh and self._tells(known, fresh, guarded.threshold):
            raise self._refusal(asked[0].domain, guarded, principal)
        return fresh

    def _refusal(self, domain: str, guarded: GuardedQuery, principal: str) -> LimitRefused:
        """Names a condition without which the question is broad enough."""
        known = self._known(domain, "", principal)
        for one in guarded.populations:
            if one.domain == domain and one.trait and not self._tells(known, [one.sql], guarded.threshold):
                return LimitRefused(RULE, "query_differencing_broader", limit=guarded.threshold, name=one.trait)
        return LimitRefused(RULE, "query_differencing", limit=guarded.threshold)

    def _known(self, domain: str, trait: str, principal: str) -> list[str]:
        return self.store.released(principal, f"{domain} {trait}", self.suppression.ledger_days)

    def _tells(self, known: Sequence[str], fresh: Sequence[str], threshold: int) -> bool:
        """Whether the groups together, subtracted in any way, are about too few persons. Undecided is yes."""
        populations = list(dict.fromkeys([*known, *fresh]))
        if len(populations) == 1:
            return False
        if len(populations) > self.suppression.ledger_groups:
            raise LimitRefused(RULE, "query_ledger_full", limit=self.suppression.ledger_days)
        try:
            atoms = self._atoms(populations)
        except UpstreamError:  # a population that cannot be listed by itself cannot be compared
            return bool(known)
        if len(atoms) > _MOST_ATOMS:
            return True
        return bool(atoms) and smallest_difference(atoms, threshold) < threshold

    def _atoms(self, populations: Sequence[str]) -> Mapping[str, int]:
        """How many persons share which memberships. The texts are the guard's own, each behind the caller's scope."""
        marked = " UNION ALL ".join(
            f"SELECT person, '{number}:' || cell AS mark FROM ({sql}) AS population_{number}"
            for number, sql in enumerate(populations)
        )
        sql = (
            f"SELECT marks, count(*) FROM (SELECT person, string_agg(mark, ' ' ORDER BY mark) AS marks "
            f"FROM ({marked}) AS marked WHERE person IS NOT NULL GROUP BY person) AS persons GROUP BY marks"
        )
        rows = self.engine.run(sql, timeout_seconds=_TIMEOUT_SECONDS, row_cap=_MOST_ATOMS + 1).rows
        return {str(marks): int(persons) for marks, persons in rows}
