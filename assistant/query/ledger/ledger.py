"""Refuses an answer that, subtracted from answers given before, would be about a few persons."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from assistant.access.policy import Suppression
from assistant.access.principal import Principal
from assistant.errors import LimitRefused, UpstreamError
from assistant.query.engines import Engine
from assistant.query.guard import GuardedQuery
from assistant.query.guard.disclosure.populations import PERSON, Listing
from assistant.query.ledger.overlap import overlapping
from assistant.query.ledger.persons import MOST_ATOMS, Persons, reading
from assistant.query.ledger.store import Family, Listings, Store

RULE = "ledger"
_TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Ledger:
    """Per principal, across questions, conversations, exports and processes."""

    store: Store
    engine: Engine
    suppression: Suppression
    _one_at_a_time: Lock = field(default_factory=Lock)

    def admit(self, guarded: GuardedQuery, principal: Principal) -> None:
        """Remember the groups `guarded` will show. Raises LimitRefused when they and earlier ones tell too much."""
        asked: dict[Family, list[Listing]] = {}
        for one in guarded.populations:
            asked.setdefault((one.domain, one.trait), []).append(one.listing)
        if not asked:
            return
        with self._one_at_a_time:
            known = self.store.released(principal.scope, self.suppression.ledger_days)
            fresh = {
                family: [one for one in dict.fromkeys(listings) if one not in known.get(family, ())]
                for family, listings in asked.items()
            }
            if any(fresh.values()):
                self._compare(known, fresh, guarded)
                self.store.add(principal.scope, fresh)

    def _compare(self, known: Listings, fresh: Listings, guarded: GuardedQuery) -> None:
        """Raises LimitRefused for what is too much, too many, or cannot be listed so that it could be compared."""
        together = {family: [*known.get(family, ()), *listings] for family, listings in fresh.items() if listings}
        counts = {family: told for family, told in together.items() if told[-1].weight != PERSON}
        self._compare_persons(known, {one: together[one] for one in together.keys() - counts.keys()}, guarded)
        for family, told in counts.items():
            near = overlapping(told[-self.suppression.ledger_groups :], fresh[family])
            if self._counts_tell(near, len(fresh[family]), guarded.threshold):
                raise LimitRefused(RULE, "query_differencing", limit=guarded.threshold)

    def _counts_tell(self, told: Sequence[Listing], fresh: int, threshold: int) -> bool:
        """Whether ready-made counts can be subtracted; where that is too much to decide, from the latest answers."""
        while len(told) > 1:
            try:
                fewest = self._persons(told).fewest(told, threshold)
            except UpstreamError:
                return True
            if fewest or len(told) == fresh:
                return fewest < threshold
            told = told[(len(told) - fresh + 1) // 2 :]
        return False

    def _compare_persons(self, known: Listings, together: Listings, guarded: GuardedQuery) -> None:
        if any(len(told) > self.suppression.ledger_groups for told in together.values()):
            raise LimitRefused(RULE, "query_ledger_full", limit=self.suppression.ledger_days)
        if all(len(listings) == 1 for listings in together.values()):
            return
        refusal = LimitRefused(RULE, "query_differencing", limit=guarded.threshold)
        try:
            persons = self._persons(list(dict.fromkeys(one for listings in together.values() for one in listings)))
        except UpstreamError as error:
            if any(family in known for family in together):
                raise refusal from error
            return
        for family, listings in together.items():
            if persons.tell(listings, guarded.threshold):
                raise _broader(family[0], known, persons, guarded) or refusal

    def _persons(self, listings: Sequence[Listing]) -> Persons:
        sql, sources = reading(listings)
        rows = self.engine.run(sql, timeout_seconds=_TIMEOUT_SECONDS, row_cap=MOST_ATOMS + 1).rows
        return Persons([(str(read), int(persons)) for read, persons in rows], sources)


def _broader(domain: str, known: Listings, persons: Persons, guarded: GuardedQuery) -> LimitRefused | None:
    """Names a condition without which the question is broad enough."""
    told = known.get((domain, ""), [])
    for one in guarded.populations:
        if one.domain == domain and one.trait and not persons.tell([*told, one.listing], guarded.threshold):
            return LimitRefused(RULE, "query_differencing_broader", limit=guarded.threshold, name=one.trait)
    return None
