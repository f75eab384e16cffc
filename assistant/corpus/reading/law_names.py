"""Laws that a question names by their title: "Luật Giáo dục", "Luật Giáo dục đại học 2012"."""

import re
from collections.abc import Iterable, Sequence

from assistant.corpus.reading.citing import HeldDocument
from assistant.corpus.reading.numbers import year_of
from assistant.text import fold

_NAMED_KINDS = ("Luật", "Bộ luật", "Pháp lệnh")
Span = tuple[int, int]


def laws_named(
    asked: str, held: Iterable[HeldDocument], taken: Sequence[Span] = ()
) -> list[tuple[int, int, HeldDocument]]:
    """(start, end, law) of each title in `asked`, outside the spans that are `taken`.

    The longest title counts first, of several laws with one title the newest; a year behind the name decides.
    """
    plain = fold(asked)
    if len(plain) != len(asked):
        return []
    found: list[tuple[int, int, HeldDocument]] = []
    named = [each for each in held if each.kind in _NAMED_KINDS and each.title]
    for law in sorted(named, key=lambda each: (-len(each.title), -year_of(each.number), each.id)):
        for match in re.finditer(rf"\b{re.escape(fold(law.title))}\b(?: (?:nam )?(\d{{4}}))?", plain):
            start, end = match.span()
            free = not any(begin < end and start < finish for begin, finish in [*taken, *((s, e) for s, e, _ in found)])
            if free and match[1] in (None, str(year_of(law.number))):
                found.append((start, end, law))
    return found
