"""Narrows a found chunk to the khoản that carries the question, so that a citation points at the words that answer."""

from collections.abc import Sequence

from assistant.answering.quoting import Weights, carried_by, worth
from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document, Provision, ProvisionKind
from assistant.corpus.law.markers import stands_empty

_ENOUGH = 0.9
"""Share of what the chunk carries that a smaller unit must carry to stand for it."""
# A điểm is not quoted alone: its sentence begins in the khoản above it.
_UNITS = {ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.PARAGRAPH, ProvisionKind.SECTION}


def narrow(document: Document, chunk: Chunk, weights: Weights) -> tuple[str, str]:
    """(provision id, text) of the smallest unit inside the chunk that carries nearly all of what the chunk carries.

    The titles above a unit count for it: they are what its words are about.
    """
    whole = worth(carried_by(chunk.text, weights), weights)
    units = [(unit, _said(document, unit, chunk)) for unit in _inside(document.provisions, chunk)]
    enough = [
        (len(text), unit.id, text)
        for unit, text in units
        if text
        and not stands_empty(text)
        and worth(carried_by(f"{_titles(unit)} {text}", weights), weights) >= _ENOUGH * whole
    ]
    if not whole or not enough:
        return chunk.provision_id, chunk.text
    _, provision_id, text = min(enough)
    return provision_id, text


def _inside(provisions: Sequence[Provision], chunk: Chunk) -> list[Provision]:
    return [unit for unit in provisions if unit.kind in _UNITS and chunk.start <= unit.start and unit.end <= chunk.end]


def _said(document: Document, unit: Provision, chunk: Chunk) -> str:
    text = document.text[unit.start : unit.end].strip()
    return text if text in chunk.text else ""


def _titles(unit: Provision) -> str:
    return " ".join((*unit.headings, unit.heading))
