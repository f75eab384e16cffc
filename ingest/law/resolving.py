"""Which held document an act means: by number, by name, and by day where a number comes again every year."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from assistant.corpus.document import Relation
from assistant.text import match_form
from ingest.catalogue.settled import Head
from ingest.legal.dates import find_dates
from ingest.legal.numbers import has_year


class Holdings:
    """The held documents by number and by name. Of several with one number the first official one stands for all."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self.heads = {head.id: head for head in heads}
        self._by_number: dict[str, list[Head]] = defaultdict(list)
        self._by_name: dict[str, list[Head]] = defaultdict(list)
        for head in heads:
            if head.number:
                self._by_number[head.number].append(head)
            if head.kind in ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"):
                self._by_name[_name(head.title)].append(head)

    def with_number(self, number: str) -> list[Head]:
        return sorted(self._by_number.get(number, ()), key=_rank)

    def repeated(self) -> list[tuple[str, list[Head]]]:
        """Numbers that more than one document bears."""
        return [(number, heads) for number, heads in sorted(self._by_number.items()) if len(heads) > 1]

    def target(self, relation: Relation, source_id: str) -> str:
        """The identifier of the document a relation of `source_id` points at, or nothing when it is not held."""
        if relation.target_number:
            held = self.with_number(relation.target_number)
            if held and not has_year(relation.target_number):
                days = set(find_dates(relation.evidence))
                held = [head for head in held if head.issued_on in days]
            return held[0].id if held else ""
        return self._named(relation.target_name, relation.target_issued_on, self.heads[source_id])

    def _named(self, name: str, issued_on: date | None, source: Head) -> str:
        """By name; of several laws of one name the day decides, and without a day the newest there was at the time."""
        held = [head for head in self._by_name.get(_name(name), ()) if not _is_later(head, source)]
        if issued_on is not None:
            held = [head for head in held if head.issued_on in (issued_on, None)]
        ordered = sorted(held, key=lambda head: (head.is_draft, -(head.issued_on or date.min).toordinal(), _rank(head)))
        return ordered[0].id if ordered else ""


def _is_later(head: Head, source: Head) -> bool:
    """An act names none that was passed after it: a law of that name that is newer took the place of the one meant."""
    return head.issued_on is not None and source.issued_on is not None and head.issued_on > source.issued_on


def _rank(head: Head) -> tuple[bool, bool, str]:
    return (not head.is_official, "~" in head.id, head.id)


def _name(title: str) -> str:
    return match_form(title).rstrip(" .")
