"""Reading the law over time: the text on a day, what changed it, and what is known but not applied or not held."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Row, Select, and_, bindparam, or_, select

from assistant.corpus.catalogue.reading import Catalogue, provision_of
from assistant.corpus.catalogue.tables import amendments, changes, documents, findings, provisions, relations
from assistant.corpus.document import Provision
from assistant.corpus.law.amendment import Part, Place


@dataclass(frozen=True, slots=True)
class Effect:
    """An amendment with what became of it: `outcome` is "applied" or the code that says why not."""

    amending_id: str
    amending_number: str
    ordinal: int
    kind: str
    source_path: str
    place: str
    target_number: str
    target_id: str
    effective_from: date | None
    effective_to: date | None
    outcome: str
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class StateHead:
    """A state of a text: the source's own when `begins` is None."""

    document_id: str
    begins: date | None
    ends: date | None


_DAY = bindparam("day", type_=Date)
# Built once: composing it would cost more than running it.
_ON_DAY = (
    select(*provisions.c)
    .join(documents, documents.c.id == provisions.c.document_id)
    .where(
        documents.c.number == bindparam("number"),
        provisions.c.path == bindparam("path"),
        *(or_(column.is_(None), column <= _DAY) for column in (documents.c.state_from, provisions.c.effective_from)),
        *(or_(column.is_(None), column >= _DAY) for column in (documents.c.state_to, provisions.c.effective_to)),
    )
    .order_by(documents.c.id)
    .limit(1)
)


class LawReader:
    """Answers from one generation's catalogue. Safe to share between threads, as the catalogue is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def provision_on(self, number: str, path: str, day: date) -> Provision | None:
        """The provision of that address whose words are in force on `day`; None when none is."""
        rows = self._catalogue.rows(_ON_DAY, {"number": number, "path": path, "day": day})
        return provision_of(rows[0]) if rows else None

    def states(self, document_id: str) -> list[StateHead]:
        """The states of a document in order, the source's own words first."""
        columns = (documents.c.id, documents.c.state_from, documents.c.state_to)
        own = or_(documents.c.id == document_id, documents.c.version_of == document_id)
        return [
            StateHead(row.id, row.state_from, row.state_to)
            for row in self._rows(select(*columns).where(own).order_by(documents.c.id))
        ]

    def state_on(self, document_id: str, day: date) -> StateHead:
        """The state whose words stand on `day`."""
        held = [s for s in self.states(document_id) if s.begins is None or s.begins <= day]
        return max(held, key=lambda state: state.begins or date.min)

    def effects_on(self, document_id: str) -> list[Effect]:
        """Every amendment of this document by a held act, in order of effect; those not applied say why."""
        return self._effects(amendments.c.target_id == document_id)

    def effects_of(self, document_id: str) -> list[Effect]:
        """Every instruction of this act, in the order it stands."""
        found = self._effects(amendments.c.document_id == document_id)
        return sorted(found, key=lambda effect: effect.ordinal)

    def changed_spans(self, document_id: str) -> list[tuple[int, int, str, int]]:
        """(start, end, amending document, ordinal) of the words of a state that an amendment put there."""
        columns = (changes.c.start, changes.c.end, changes.c.amending_id, changes.c.amendment)
        query = select(*columns).where(changes.c.document_id == document_id).order_by(changes.c.start)
        return [(row.start, row.end, row.amending_id, row.amendment) for row in self._rows(query)]

    def findings(self, document_id: str) -> list[tuple[str, dict[str, str]]]:
        """(code, values) of what a reader of this document should know."""
        query = select(findings).where(findings.c.document_id == document_id).order_by(findings.c.ordinal)
        columns = findings.c
        return [(row.code, json.loads(row._mapping[columns["values"]])) for row in self._rows(query)]

    def not_held(self, number: str) -> list[tuple[str, str, str]]:
        """(kind, acting number, evidence) of relations that point at a number that is not held."""
        query = select(relations.c.kind, documents.c.number, relations.c.evidence).join(
            documents, documents.c.id == relations.c.document_id
        )
        wanted = and_(relations.c.target_number == number, relations.c.target_id == "")
        found = self._rows(query.where(wanted).order_by(documents.c.number))
        return [(row.kind, row.number, row.evidence) for row in found]

    def _effects(self, which: Any) -> list[Effect]:
        query = select(*amendments.c, documents.c.number).join(documents, documents.c.id == amendments.c.document_id)
        found = [_effect(row) for row in self._rows(query.where(which))]
        return sorted(found, key=lambda e: (e.effective_from or date.max, e.amending_number, e.ordinal))

    def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        return self._catalogue.rows(query)


def _effect(row: Row[Any]) -> Effect:
    place = json.loads(row.place)
    return Effect(
        amending_id=row.document_id,
        amending_number=row.number,
        ordinal=row.ordinal,
        kind=row.kind,
        source_path=row.source_path,
        place=Place(**{**place, "part": Part(place["part"])}).path,
        target_number=row.target_number or row.target_name,
        target_id=row.target_id,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        outcome=row.outcome,
        evidence=row.evidence,
        note=row.note,
    )
