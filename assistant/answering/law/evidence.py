"""Where a held document says something about another: the provision, as a citation still to be verified."""

import re
from collections.abc import Sequence

from assistant.answering.quoting import MAX_QUOTE_CHARS
from assistant.conversations.answer import Citation
from assistant.corpus.document import Document, Provision, ProvisionKind

_UNITS = {ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.POINT, ProvisionKind.PARAGRAPH}


def smallest_unit(document: Document, said: re.Pattern[str]) -> Provision | None:
    """The smallest unit whose text matches `said`, the first of equals."""
    units = [unit for unit in document.provisions if unit.kind in _UNITS]
    found = [(unit.end - unit.start, at, unit) for at, unit in enumerate(units) if said.search(_text(document, unit))]
    return min(found)[2] if found else None


def cite(document: Document, unit: Provision, said: re.Pattern[str] | None = None) -> Citation:
    """The unit's words, or of a long one the lines around what `said` matches."""
    text = _text(document, unit).strip()
    return Citation(document.id, unit.id, document.number, document.title, unit.path, _cut(text, said), False, "")


def mention_of(number: str) -> re.Pattern[str]:
    """A number as texts write it, with or without leading zeros."""
    return re.compile(rf"(?<!\d)0*{re.escape(number.lstrip('0'))}(?!\w)", re.IGNORECASE)


def _text(document: Document, unit: Provision) -> str:
    return document.text[unit.start : unit.end]


def _cut(text: str, said: re.Pattern[str] | None) -> str:
    if len(text) <= MAX_QUOTE_CHARS:
        return text
    found = said.search(text) if said else None
    start = text.rfind("\n", 0, found.start()) + 1 if found else 0
    return _whole_lines(text[start:].splitlines())


def _whole_lines(lines: Sequence[str]) -> str:
    kept = lines[0]
    for line in lines[1:]:
        if len(kept) + len(line) + 1 > MAX_QUOTE_CHARS:
            break
        kept = f"{kept}\n{line}"
    return kept[:MAX_QUOTE_CHARS].strip()
