"""When a held document ends another: the day before the newer one takes effect, whatever the order of arrival."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.corpus.document import Relation, RelationKind
from ingest.legal.dates import find_dates
from ingest.legal.numbers import has_year

_ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides the end of a document: its own words, and what the others say of it."""

    document_id: str
    number: str
    issued_on: date | None
    effective_from: date | None
    stated_end: date | None
    is_draft: bool
    endings: tuple[Relation, ...]
    """Its relations that end other documents wholly."""


def ending_relations(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Those of a document's relations that end another document as a whole."""
    return tuple(each for each in relations if each.kind in _ENDING and not each.target_path)


def effective_ends(standings: Iterable[Standing]) -> Mapping[str, date | None]:
    """The last day in force of every document: its own stated end, or the eve of the one that ends it, if earlier."""
    held = list(standings)
    by_number: dict[str, list[Standing]] = defaultdict(list)
    for each in held:
        if each.number:
            by_number[each.number].append(each)
    ends: dict[str, date | None] = {each.document_id: each.stated_end for each in held}
    for newer in held:
        if newer.is_draft or newer.effective_from is None:
            continue
        eve = newer.effective_from - timedelta(days=1)
        for relation in newer.endings:
            for older in by_number[relation.target_number]:
                known = ends[older.document_id]
                if _may_end(newer, older, relation) and (known is None or eve < known):
                    ends[older.document_id] = eve
    return ends


def _may_end(newer: Standing, older: Standing, relation: Relation) -> bool:
    if newer.number == older.number or newer.effective_from is None:
        return False
    if older.effective_from is not None and newer.effective_from <= older.effective_from:
        return False
    if has_year(older.number):
        return True
    # "2308/QĐ-BGDĐT" comes again every year: only the day tells which one is meant.
    return older.issued_on is not None and older.issued_on in find_dates(relation.evidence)
