"""Which persons share which memberships: every source is read once, for all listings that were told or asked for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.query.guard.disclosure.populations import PERSON, Listing
from assistant.query.ledger.linear import smallest_difference

MOST_ATOMS = 20_000
Source = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in a row of one source: the cells of listings, then truths of conditions."""

    cells: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)


def source_of(listing: Listing) -> Source:
    return listing.ctes, listing.source, listing.person, listing.weight


def reading(listings: Sequence[Listing]) -> tuple[str, dict[Source, Fields]]:
    """The query that counts persons by what their rows are, and what stands in each row.

    A row is written as `number of the source,field,field,…`; a person's rows are separated by spaces. The texts are
    the guard's own, each behind the caller's scope. Reading conditions once and combining them here costs a third of
    what the engine takes to read them in each of their combinations.
    """
    sources: dict[Source, Fields] = {}
    for one in listings:
        fields = sources.setdefault(source_of(one), Fields())
        fields.cells.extend({one.cell} - {*fields.cells})
        fields.conditions.extend(text for text in dict.fromkeys(one.conditions) if text not in fields.conditions)
    listed = " UNION ALL ".join(
        f"({ctes} SELECT {person} AS person, concat_ws(',', {number}, "
        + ", ".join([*fields.cells, *(f"({text}) IS TRUE" for text in fields.conditions)])
        + f") AS fields, {weight} AS weight {source} WHERE {weight} > 0 AND ({_any(listings, one)}))"
        for number, (one, fields) in enumerate(sources.items())
        for ctes, source, person, weight in (one,)
    )
    if not _plain(sources):
        listed = (
            "SELECT array_to_string(list_sort(list_distinct(list(fields))), ' ') AS fields, max(weight) AS weight "
            f"FROM ({listed}) AS listed WHERE person IS NOT NULL GROUP BY person"
        )
    return f"SELECT fields, sum(weight) FROM ({listed}) AS persons GROUP BY fields", sources


def _plain(sources: Iterable[Source]) -> bool:
    """Whether every row read is one of a kind: a row of ready-made counts, joined to nothing."""
    one, *others = sources
    _, source, _, weight = one
    return not others and weight != PERSON and " JOIN " not in source


def _any(listings: Sequence[Listing], source: Source) -> str:
    """Whether a row is in one of the source's listings."""
    mine = [one.conditions for one in listings if source_of(one) == source]
    if not all(mine):
        return "TRUE"
    return " OR ".join(dict.fromkeys(" AND ".join(f"({text})" for text in conditions) for conditions in mine))


class Persons:
    """Persons with the same rows, and how many each stands for."""

    def __init__(self, rows: Sequence[tuple[str, int]], sources: dict[Source, Fields]) -> None:
        self._many = len(rows) > MOST_ATOMS
        self._sizes = [persons for _, persons in rows]
        split = [(owner, row.split(",")) for owner, (written, _) in enumerate(rows) for row in written.split()]
        self._rows = {
            source: _Rows(fields, [(owner, row[1:]) for owner, row in split if row[0] == str(number)])
            for number, (source, fields) in enumerate(sources.items())
        }

    def tell(self, listings: Sequence[Listing], threshold: int) -> bool:
        """Whether these listings, subtracted in any way, are about too few persons. Undecided is yes."""
        return self.fewest(listings, threshold) < threshold

    def fewest(self, listings: Sequence[Listing], threshold: int) -> int:
        """The fewest persons such a subtraction is about; 0 where that cannot be decided."""
        if self._many:
            return 0
        marks: list[set[str]] = [set() for _ in self._sizes]
        for number, listing in enumerate(dict.fromkeys(listings)):
            for owner, cell in self._rows[source_of(listing)].members(listing):
                marks[owner].add(f"{number}:{cell}")
        atoms: Counter[str] = Counter()
        for one, persons in zip(marks, self._sizes, strict=True):
            if one:
                atoms[" ".join(sorted(one))] += persons
        return smallest_difference(atoms, threshold) if atoms else threshold


class _Rows:
    """The rows of one source, each with the number of its persons."""

    def __init__(self, fields: Fields, rows: Sequence[tuple[int, list[str]]]) -> None:
        self._fields = fields
        self._owners = [owner for owner, _ in rows]
        width = len(fields.cells)
        self._cells = [row[:width] for _, row in rows]
        truths = [[text == "true" for text in row[width:]] for _, row in rows]
        self._truths = np.array(truths, dtype=bool).reshape(len(rows), len(fields.conditions))

    def members(self, listing: Listing) -> Iterator[tuple[int, str]]:
        """The persons of a listing, and the cell each is in."""
        conditions = [self._fields.conditions.index(text) for text in listing.conditions]
        cell = self._fields.cells.index(listing.cell)
        for row in np.flatnonzero(self._truths[:, conditions].all(axis=1)).tolist():
            yield self._owners[row], self._cells[row][cell]
