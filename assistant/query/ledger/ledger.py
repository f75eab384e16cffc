"""Refuses an answer that, subtracted from answers given before, would be about a few persons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from assistant.access.policy import Suppression
from assistant.access.principal import Principal
from assistant.errors import LimitRefused, UpstreamError
from assistant.query.engines import Engine
from assistant.query.guard import GuardedQuery
from assistant.query.guard.disclosure.populations import Listing, Population
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
    _one_at_a_time: Lock = field(default_factory=Lock)

    def admit(self, guarded: GuardedQuery, principal: Principal) -> None:
        """Remember the groups `guarded` will show. Raises LimitRefused when they and earlier ones tell too much."""
        families: dict[tuple[str, str], list[Listing]] = {}
        for one in guarded.populations:
            families.setdefault((one.domain, one.trait), []).append(one.listing)
        with self._one_at_a_time:
            fresh = {name: self._admitted(name, asked, guarded, str(principal)) for name, asked in families.items()}
            for (domain, trait), listings in fresh.items():
                if listings:
                    self.store.add(str(principal), domain, trait, listings)

    def _admitted(
        self, family: tuple[str, str], asked: Sequence[Listing], guarded: GuardedQuery, principal: str
    ) -> list[Listing]:
        known = self._known(*family, principal)
        fresh = [one for one in asked if one not in known]
        if fresh and self._tells(known, fresh, guarded.threshold):
            raise self._refusal(family[0], guarded, principal)
        return fresh

    def _refusal(self, domain: str, guarded: GuardedQuery, principal: str) -> LimitRefused:
        """Names a condition without which the question is broad enough."""
        known = self._known(domain, "", principal)
        for one in guarded.populations:
            if one.domain == domain and one.trait and not self._tells(known, [one.listing], guarded.threshold):
                return LimitRefused(RULE, "query_differencing_broader", limit=guarded.threshold, name=one.trait)
        return LimitRefused(RULE, "query_differencing", limit=guarded.threshold)

    def _known(self, domain: str, trait: str, principal: str) -> list[Listing]:
        return self.store.released(principal, domain, trait, self.suppression.ledger_days)

    def _tells(self, known: Sequence[Listing], fresh: Sequence[Listing], threshold: int) -> bool:
        """Whether the groups together, subtracted in any way, are about too few persons. Undecided is yes."""
        listings = list(dict.fromkeys([*known, *fresh]))
        if len(listings) == 1:
            return False
        if len(listings) > self.suppression.ledger_groups:
            raise LimitRefused(RULE, "query_ledger_full", limit=self.suppression.ledger_days)
        try:
            atoms = self._atoms(listings)
        except UpstreamError:  # a population that cannot be listed by itself cannot be compared
            return bool(known)
        if len(atoms) > _MOST_ATOMS:
            return True
        return bool(atoms) and smallest_difference(atoms, threshold) < threshold

    def _atoms(self, listings: Sequence[Listing]) -> Mapping[str, int]:
        """How many persons share which memberships. The texts are the guard's own, each behind the caller's scope."""
        sources: dict[tuple[str, str, str], list[str]] = {}
        for number, one in enumerate(listings):
            mark = f"CASE WHEN {one.condition} THEN '{number}:' || {one.cell} END"
            sources.setdefault((one.ctes, one.source, one.person), []).append(mark)
        listed = " UNION ALL ".join(
            f"({ctes} SELECT DISTINCT {person} AS person, concat_ws(' ', {', '.join(marks)}) AS marks {source})"
            for (ctes, source, person), marks in sources.items()
        )
        words = "string_split(string_agg(marks, ' '), ' ')"
        sql = (
            f"SELECT marks, count(*) FROM (SELECT array_to_string(list_sort(list_distinct({words})), ' ') AS marks "
            f"FROM ({listed}) AS listed WHERE person IS NOT NULL AND marks <> '' GROUP BY person) AS persons "
            "GROUP BY marks"
        )
        rows = self.engine.run(sql, timeout_seconds=_TIMEOUT_SECONDS, row_cap=_MOST_ATOMS + 1).rows
        return {str(marks): int(persons) for marks, persons in rows}
