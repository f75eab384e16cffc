"""Narrows a found chunk to the khoản that carries the question, so that a citation points at the words that answer."""

from collections.abc import Sequence

from assistant.answering.quoting import MAX_QUOTE_CHARS, Weights, carried_by, worth
from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document, Provision, ProvisionKind
from assistant.corpus.law.markers import stands_empty
from assistant.corpus.ranking.asked import NOTHING_ASKED, AskedFor

_ENOUGH = 0.9
"""Share of what the chunk carries that a smaller unit must carry to stand for it."""
# A điểm is not quoted alone: its sentence begins in the khoản above it.
_UNITS = {ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.PARAGRAPH, ProvisionKind.SECTION}
_Unit = tuple[Provision, str]


def narrow(document: Document, chunk: Chunk, weights: Weights, asked: AskedFor = NOTHING_ASKED) -> tuple[str, str]:
    """(provision id, text) of the smallest unit inside the chunk that carries nearly all of what the chunk carries.

    The titles above a unit count for it: they are what its words are about. A unit that says what is `asked` comes
    before one that does not; where several units do equally well, what holds them all is quoted if it is short.
    """
    whole = worth(carried_by(chunk.text, weights), weights)
    units = [(unit, _said(document, unit, chunk)) for unit in _inside(document.provisions, chunk)]
    enough = [
        (unit, text)
        for unit, text in units
        if text
        and not stands_empty(text)
        and worth(carried_by(f"{_titles(unit)} {text}", weights), weights) >= _ENOUGH * whole
    ]
    if not whole or not enough:
        return chunk.provision_id, chunk.text
    said = {unit.id: asked.found_in(text.casefold()) for unit, text in enough}
    best = [each for each in enough if said[each[0].id] == max(said.values())]
    unit, text = _quoted_for_all(_innermost(best), enough)
    return unit.id, text


def _innermost(units: Sequence[_Unit]) -> list[_Unit]:
    return [each for each in units if not any(_holds(each, other) for other in units)]


def _quoted_for_all(equals: Sequence[_Unit], units: Sequence[_Unit]) -> _Unit:
    """The one unit, or the smallest that holds all of several and can be quoted whole, or the shortest of them."""
    around = [each for each in units if all(_holds(each, one) for one in equals) and len(each[1]) <= MAX_QUOTE_CHARS]
    return min(around or equals, key=lambda each: (len(each[1]), each[0].id)) if len(equals) > 1 else equals[0]


def _holds(outer: _Unit, inner: _Unit) -> bool:
    return outer[0].id != inner[0].id and outer[0].start <= inner[0].start and inner[0].end <= outer[0].end


def _inside(provisions: Sequence[Provision], chunk: Chunk) -> list[Provision]:
    return [unit for unit in provisions if unit.kind in _UNITS and chunk.start <= unit.start and unit.end <= chunk.end]


def _said(document: Document, unit: Provision, chunk: Chunk) -> str:
    text = document.text[unit.start : unit.end].strip()
    return text if text in chunk.text else ""


def _titles(unit: Provision) -> str:
    return " ".join((*unit.headings, unit.heading))
