"""The last step over all documents: targets found, ends set, amendments applied, states written, doubts listed."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.corpus.document import DocumentKind, Relation, RelationKind, Validity
from assistant.corpus.law.amendment import Amendment, OperationKind
from ingest.catalogue.settled import Finding, Head, Interval, Outcome
from ingest.catalogue.writing import CatalogueWriter
from ingest.law.applying.exchanging import APPLIED
from ingest.law.applying.states import Ordered, consolidate, dated
from ingest.law.filling import fill
from ingest.law.resolving import Holdings
from ingest.validity import End, Standing, ending_relations, ends_of

_NOT_LAW = 8
"""Authority from which a document is guidance or nothing: a letter changes no law."""


@dataclass(frozen=True, slots=True)
class _Order:
    """An amendment of the catalogue, with the document that it changes once that is known."""

    document_id: str
    ordinal: int
    amendment: Amendment
    target_id: str


def settle(writer: CatalogueWriter) -> None:
    """Derive everything that follows from the documents together; what was derived before is undone first."""
    writer.settled.clear()
    _Settling(writer).run()


class _Settling:
    def __init__(self, writer: CatalogueWriter) -> None:
        self._writer = writer
        self._rows = writer.settled
        self._holdings = Holdings(self._rows.heads())
        self._heads = self._holdings.heads
        self._relations = self._rows.relations()
        self._findings: list[Finding] = []

    def run(self) -> None:
        filled = fill(self._holdings, self._rows.statuses())
        self._findings.extend(filled.findings)
        days = {head.id: filled.days.get(head.id, Validity(head.stated_from, head.stated_to)) for head in self._all()}
        ends = ends_of(self._standings(days))
        self._put_targets()
        whole = {head_id: Validity(own.effective_from, ends[head_id].day) for head_id, own in days.items()}
        for head in self._all():
            stated = Validity(head.stated_from, head.stated_to)
            if whole[head.id] != stated:
                self._rows.put_document_days(head.id, whole[head.id])
        self._note_ends(ends)
        self._apply(whole)
        self._note_repeated()
        self._rows.put_findings(self._findings)

    def _all(self) -> Sequence[Head]:
        return list(self._heads.values())

    # --- relations and ends

    def _put_targets(self) -> None:
        found = ((source, place, each) for source, place, each in self._relations)
        targets = [(source, place, self._holdings.target(each, source), each) for source, place, each in found]
        held = [target for target in targets if target[2] and target[2] != target[0]]
        paths = [(target_id, each.target_path) for _, _, target_id, each in held if each.target_path]
        units = self._rows.provision_ids(paths)
        self._rows.put_targets(
            (document_id, ordinal, target_id, units.get((target_id, each.target_path), ""))
            for document_id, ordinal, target_id, each in held
        )

    def _standings(self, days: Mapping[str, Validity]) -> list[Standing]:
        edges: dict[str, list[Relation]] = defaultdict(list)
        for document_id, _, relation in self._relations:
            edges[document_id].append(self._numbered(relation, document_id))
        return [
            Standing(
                head.id,
                head.number,
                head.issued_on,
                days[head.id].effective_from,
                days[head.id].effective_to,
                head.is_draft or not _is_law(head),
                ending_relations(edges[head.id]),
                tuple(sorted({e.target_number for e in edges[head.id] if e.kind is RelationKind.GUIDES})),
                tuple(json.loads(head.notes)),
                DocumentKind(head.kind).authority,
            )
            for head in self._all()
        ]

    def _numbered(self, relation: Relation, source_id: str) -> Relation:
        """A relation to an act cited by name, with the number of the held one."""
        if relation.target_number:
            return relation
        target = self._heads.get(self._holdings.target(relation, source_id))
        return replace(relation, target_number=target.number) if target is not None else relation

    def _note_ends(self, ends: Mapping[str, End]) -> None:
        for document_id, end in ends.items():
            if end.by and end.day:
                values = {"number": self._heads[end.by].number, "day": f"{end.day:%d/%m/%Y}"}
                self._findings.append(Finding(document_id, f"law_ended_{end.how}", values))

    # --- amendments

    def _apply(self, whole: Mapping[str, Validity]) -> None:
        by_target: dict[str, list[Ordered]] = defaultdict(list)
        outcomes: list[Outcome] = []
        for order in self._orders():
            day = order.amendment.effective_from or whole[order.document_id].effective_from
            fault = self._fault(order, day, whole)
            if fault or day is None:
                outcomes.append(Outcome(order.document_id, order.ordinal, order.target_id, day, fault))
                continue
            head = self._heads[order.document_id]
            ordered = Ordered(day, head.id, head.number, head.issued_on, order.ordinal, order.amendment)
            for copy in self._holdings.with_number(self._heads[order.target_id].number) or [
                self._heads[order.target_id]
            ]:
                by_target[copy.id].append(ordered)
        for target_id, listed in sorted(by_target.items()):
            outcomes.extend(self._consolidate(target_id, listed, whole[target_id]))
        self._rows.put_outcomes(_first(outcomes))
        self._note_outcomes(outcomes)

    def _orders(self) -> list[_Order]:
        """All instructions; of two copies of one act only the first one's count."""
        found = []
        for document_id, ordinal, amendment in self._rows.amendments():
            relation = Relation(
                RelationKind.AMENDS,
                amendment.target_number,
                evidence=amendment.evidence,
                target_name=amendment.target_name,
            )
            found.append(_Order(document_id, ordinal, amendment, self._holdings.target(relation, document_id)))
        return found

    def _fault(self, order: _Order, day: date | None, whole: Mapping[str, Validity]) -> str:
        """Why an instruction changes nothing, before its place is even looked for."""
        head = self._heads[order.document_id]
        if order.amendment.kind is OperationKind.UNKNOWN:
            return "amendment_not_understood"
        if head.is_draft:
            return "amendment_of_draft"
        if not _is_law(head):
            return "amendment_not_law"
        first = next(iter(self._holdings.with_number(head.number)), head)
        if first.id != head.id:
            return "amendment_repeated"
        if not order.target_id:
            return "amendment_target_not_held"
        if order.target_id == order.document_id:
            return "amendment_of_itself"
        if DocumentKind(head.kind).authority > _authority(self._heads[order.target_id]):
            return "amendment_by_lower_act"
        return _fault_of_days(day, whole[head.id], whole[order.target_id])

    def _consolidate(self, target_id: str, listed: Sequence[Ordered], whole: Validity) -> list[Outcome]:
        base = self._writer.stated_document(target_id)
        found = consolidate(base, listed)
        outcomes = [
            Outcome(each.amending_id, each.ordinal, target_id, each.day, found.outcomes.get(place, APPLIED))
            for place, each in enumerate(listed)
        ]
        self._findings.extend(contradictions(target_id, listed, found.outcomes))
        if len(found.states) > 1:
            first, *later = dated(found.states, whole)
            self._rows.put_intervals(
                [Interval(unit.id, unit.validity) for unit in first.document.provisions],
                [Interval(chunk.id, Validity(chunk.effective_from, chunk.effective_to)) for chunk in first.chunks],
            )
            if first.validity.effective_to is not None:
                self._rows.put_state_end(target_id, first.validity.effective_to)
            for each in later:
                self._rows.add_state(each.document, each.validity, each.chunks, each.state.changes)
        return outcomes

    # --- what a reader should know

    def _note_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        counted: dict[tuple[str, str, str], int] = defaultdict(int)
        pairs: set[tuple[str, str]] = set()
        for each in outcomes:
            pairs.add((each.document_id, each.target_id))
            if each.code != APPLIED and each.target_id and each.code != "amendment_repeated":
                counted[each.target_id, each.document_id, each.code] += 1
        for (target_id, by, code), count in counted.items():
            values = {"number": self._heads[by].number, "count": str(count), "reason": code}
            self._findings.append(Finding(target_id, "law_amendments_open", values))
        for one, other in sorted(pairs):
            if other and (other, one) in pairs and one != other:
                self._findings.append(Finding(one, "law_amendments_circular", {"number": self._heads[other].number}))

    def _note_repeated(self) -> None:
        for number, heads in self._holdings.repeated():
            values = {"number": number, "count": str(len(heads))}
            self._findings.extend(Finding(head.id, "law_number_repeated", values) for head in heads)


def contradictions(target_id: str, listed: Sequence[Ordered], outcomes: Mapping[int, str]) -> list[Finding]:
    """Places that different acts rewrite or end on one day: the last in order holds, and it is told."""
    by_place: dict[tuple[date, str], list[Ordered]] = defaultdict(list)
    for place, each in enumerate(listed):
        if each.amendment.kind in (OperationKind.REPLACE, OperationKind.REPEAL) and outcomes.get(place) == APPLIED:
            by_place[each.day, each.amendment.place.path].append(each)
    return [
        Finding(target_id, "law_amendments_contradict", {"path": path, "number": max(held, key=lambda e: e.key).number})
        for (_, path), held in sorted(by_place.items())
        if len({each.number for each in held}) > 1
    ]


def _is_law(head: Head) -> bool:
    return DocumentKind(head.kind).authority < _NOT_LAW


def _authority(head: Head) -> int:
    """A document whose kind is not known may be changed by any act that names it."""
    known = DocumentKind(head.kind).authority
    return 9 if head.kind == DocumentKind.OTHER.value else known


def _fault_of_days(day: date | None, source: Validity, target: Validity) -> str:
    if day is None:
        return "amendment_without_day"
    if source.effective_to is not None and source.effective_to < day:
        return "amendment_withdrawn"
    if target.effective_to is not None and target.effective_to < day:
        return "amendment_after_end"
    return ""


def _first(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """An instruction may change two copies of one act: what became of it at the first is recorded."""
    found: dict[tuple[str, int], Outcome] = {}
    for each in sorted(outcomes, key=lambda one: (one.document_id, one.ordinal, one.target_id)):
        found.setdefault((each.document_id, each.ordinal), each)
    return list(found.values())
