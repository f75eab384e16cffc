"""Laws that a question names by their title: "Luật Giáo dục", "Luật Giáo dục đại học 2012"."""

import re
from collections.abc import Sequence

from assistant.corpus.reading.held import HeldDocument, HeldDocuments
from assistant.corpus.reading.numbers import year_of
from assistant.text import fold

Span = tuple[int, int]


def laws_named(asked: str, held: HeldDocuments, taken: Sequence[Span] = ()) -> list[tuple[int, int, HeldDocument]]:
    """(start, end, law) of each title in `asked`, outside the spans that are `taken`.

    The longest title counts first, of several laws with one title the newest; a year behind the name decides.
    """
    plain = fold(asked)
    if len(plain) != len(asked):
        return []
    found: list[tuple[int, int, HeldDocument]] = []
    for title, law in held.laws:
        if title not in plain:
            continue
        for match in re.finditer(rf"\b{re.escape(title)}\b(?: (?:nam )?(\d{{4}}))?", plain):
            start, end = match.span()
            free = not any(begin < end and start < finish for begin, finish in [*taken, *((s, e) for s, e, _ in found)])
            if free and match[1] in (None, str(year_of(law.number))):
                found.append((start, end, law))
    return found
