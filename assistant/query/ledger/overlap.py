"""Which answers can have rows in common: those that cannot need no comparing."""

import re
from collections.abc import Mapping, Sequence

from assistant.query.guard.disclosure.populations import Listing

_EQUALS = re.compile(r"""([\w."]+) = ('(?:[^']|'')*'|\d+)""")


def overlapping(told: Sequence[Listing], fresh: Sequence[Listing]) -> list[Listing]:
    """Those of `told`, in their order, that share rows with `fresh` or with others that do, as far as is known.

    Two that want different values of one column share none: sums over them cannot be subtracted to anything.
    """
    wanted = {one: _wanted(one) for one in told}
    found, pending = set(fresh), list(fresh)
    while pending:
        mine = wanted[pending.pop()]
        near = [one for one, theirs in wanted.items() if one not in found and not _apart(mine, theirs)]
        found.update(near)
        pending += near
    return [one for one in told if one in found]


def _wanted(listing: Listing) -> Mapping[str, str]:
    """The columns a listing's conditions fix, each with its value."""
    return {match[1]: match[2] for one in listing.conditions if (match := _EQUALS.fullmatch(one))}


def _apart(mine: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    return any(theirs.get(column, value) != value for column, value in mine.items())
