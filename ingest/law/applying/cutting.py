"""Parts of a unit's words: its label and title, its lead, and what follows them; and where a unit stands."""

import re
from collections.abc import Sequence

from assistant.corpus.document import ProvisionKind
from ingest.law.applying.tree import Unit, Words

LABEL = re.compile(r"^\s*(?:Điều\s+\d+[a-zđ]{0,2}\s*[.:]?|\d{1,3}[a-zđ]{0,2}\s*\.|[a-zđ]\d?\s*\))\s*")
_LINE_START = re.compile(r"^\s*(?:Điều\s+\w+\s*[.:]?|\w{1,4}\s*[.)])\s*")


def heading_words(unit: Unit, *, keep_lead: bool) -> list[Words]:
    """The label and title of a unit, or all its words before its first subdivision."""
    lead: list[Words] = []
    for each in unit.content:
        if isinstance(each, Unit):
            break
        lead.append(Words(each.text, each.origin))
    whole = "".join(words.text for words in lead)
    if keep_lead:
        kept = whole.rstrip("\n ")
    elif unit.kind is ProvisionKind.ARTICLE:
        kept = whole.partition("\n")[0]
    else:
        match = _LINE_START.match(whole)
        kept = match[0].rstrip() if match else ""
    return _cut(lead, len(kept))


def _cut(words: Sequence[Words], length: int) -> list[Words]:
    kept: list[Words] = []
    for each in words:
        if length <= 0:
            break
        kept.append(Words(each.text[:length], each.origin))
        length -= len(each.text)
    return kept


def words_after(unit: Unit, length: int) -> list[Words | Unit]:
    """The content of a unit without its first `length` characters."""
    rest: list[Words | Unit] = []
    for each in unit.content:
        if isinstance(each, Words) and length > 0:
            kept = each.text[length:]
            length -= len(each.text)
            if kept:
                rest.append(Words(kept, each.origin))
        else:
            rest.append(each)
    return rest


def parent_of(root: Unit, unit: Unit) -> Unit:
    return next(each for each in root.walk() if any(child is unit for child in each.content))


def index_in(parent: Unit, unit: Unit) -> int:
    return next(place for place, each in enumerate(parent.content) if each is unit)
