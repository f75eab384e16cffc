"""When held documents end: by their own words, by a newer act, or with the law they guide, in whatever order read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from assistant.corpus.document import Relation, RelationKind
from ingest.legal.dates import find_dates, first_date
from ingest.legal.numbers import has_year

_ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
_ENDS_ON = re.compile(r"hết hiệu lực(?: thi hành)?\s*(?:kể\s+)?từ\s+(?P<day>ngày\s+\d.{0,40})")
_SAVES_GUIDES = re.compile(
    r"(?:văn bản|quy định|nghị định|thông tư)[^.;]*(?:quy định chi tiết|hướng dẫn)[^.;]*tiếp tục", re.IGNORECASE
)


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
    guides: tuple[str, ...] = ()
    """Numbers of the acts it spells out."""
    notes: tuple[str, ...] = ()
    """Its sentences on what goes on under older rules."""
    authority: int = 9


class End(NamedTuple):
    """The last day in force, and who says so: the ending act's identifier and how it ends the document."""

    day: date | None
    by: str = ""
    how: str = ""


def ending_relations(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Those of a document's relations that end another document as a whole."""
    return tuple(each for each in relations if each.kind in _ENDING and not each.target_path)


def effective_ends(standings: Iterable[Standing]) -> Mapping[str, date | None]:
    """The last day in force of every document: its own stated end, or the eve of the one that ends it, if earlier."""
    return {document_id: end.day for document_id, end in ends_of(standings).items()}


def ends_of(standings: Iterable[Standing]) -> dict[str, End]:
    """The end of every document. A guide ends with the last law it spells out, unless the act that ends it saves it."""
    held = sorted(standings, key=lambda each: each.document_id)
    by_number: dict[str, list[Standing]] = defaultdict(list)
    for each in held:
        if each.number:
            by_number[each.number].append(each)
    ends = {each.document_id: End(each.stated_end, "", "stated" if each.stated_end else "") for each in held}
    for newer in held:
        for relation in newer.endings:
            for older in by_number[relation.target_number]:
                if may_end(newer, older, relation):
                    _shorten(ends, older, End(_last_day(newer, relation), newer.document_id, relation.kind.value))
    by_id = {each.document_id: each for each in held}
    for guide in sorted(held, key=lambda each: (each.authority, each.document_id)):
        _end_with_laws(guide, by_number, by_id, ends)
    return ends


def may_end(newer: Standing, older: Standing, relation: Relation) -> bool:
    """Whether what `newer` says ends `older`: a draft ends nothing, nor does an act without a day or an older one."""
    if newer.is_draft or newer.number == older.number or newer.effective_from is None:
        return False
    if older.effective_from is not None and newer.effective_from <= older.effective_from:
        return False
    if has_year(older.number):
        return True
    # "2308/QĐ-BGDĐT" comes again every year: only the day tells which one is meant.
    return older.issued_on is not None and older.issued_on in find_dates(relation.evidence)


def _last_day(newer: Standing, relation: Relation) -> date | None:
    stated = _ENDS_ON.search(relation.evidence)
    begins = first_date(stated["day"]) if stated else newer.effective_from
    return begins - timedelta(days=1) if begins else None


def _shorten(ends: dict[str, End], older: Standing, end: End) -> None:
    known = ends[older.document_id].day
    if end.day is not None and (known is None or end.day < known):
        ends[older.document_id] = end


def _end_with_laws(
    guide: Standing,
    by_number: Mapping[str, Sequence[Standing]],
    by_id: Mapping[str, Standing],
    ends: dict[str, End],
) -> None:
    laws = [law for number in guide.guides for law in by_number.get(number, ())]
    held = {law.number for law in laws}
    if not laws or held != set(guide.guides) or guide.number in held:
        return
    last = [ends[law.document_id] for law in laws]
    if any(end.day is None or not end.by or _saves(by_id[end.by], guide) for end in last):
        return
    end = max(last, key=lambda each: each.day or date.min)
    began = guide.effective_from
    if end.by != guide.document_id and began is not None and end.day is not None and began <= end.day:
        _shorten(ends, guide, End(end.day, end.by, "guided"))


def _saves(ending: Standing, guide: Standing) -> bool:
    """Whether the ending act says that the guide, or all guides, go on."""
    serial = guide.number.partition("/")[0]
    named = re.compile(rf"(?<!\d)0*{re.escape(serial)}{re.escape(guide.number[len(serial) :])}")
    return any(_SAVES_GUIDES.search(note) or named.search(note) for note in ending.notes)
