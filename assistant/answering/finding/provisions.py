"""One provision of a document as it stood on a day, with the place of quoted words in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.finding.page_address import anchor_of, url_of
from assistant.corpus.catalogue import Catalogue, LawReader
from assistant.corpus.document import Document, Provision
from assistant.errors import NotFound
from assistant.text import fold

_MOST_SPANS = 20


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """`spans` are (start, end) of the quoted words within `text`; empty where they do not stand there."""

    document: Document
    provision: Provision
    text: str
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def url(self) -> str:
        return url_of(self.provision)


def find_provision(
    catalogue: Catalogue, labels: Sequence[str], document: str, place: str, quote: str = "", day: date | None = None
) -> ProvisionView:
    """`document` is an id or a number, `place` an anchor or a path as one cites it ("khoản 2 Điều 5").

    With `day` the words are those of that day. Raises NotFound for what is not held, or not the caller's to read.
    """
    found = _document(catalogue, labels, document)
    if day is not None:
        state = LawReader(catalogue).state_on(found.id, day)
        found = catalogue.document(state.document_id) or found
    provision = _provision(found, place)
    text = found.provision_text(provision)
    return ProvisionView(found, provision, text, spans_of(text, quote))


def spans_of(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Where the quoted words stand, however their lines are broken."""
    words = quote.split()
    if not words:
        return ()
    pattern = r"\s+".join(map(re.escape, words))
    return tuple(found.span() for found, _ in zip(re.finditer(pattern, text), range(_MOST_SPANS), strict=False))


def _document(catalogue: Catalogue, labels: Sequence[str], document: str) -> Document:
    named = catalogue.document(document)
    held = [named] if named is not None else catalogue.documents_with_number(document.strip().upper())
    allowed = [one for one in held if one.label in labels]
    if not allowed:
        raise NotFound("document_not_found")
    return allowed[0]


def _provision(document: Document, place: str) -> Provision:
    wanted = " ".join(fold(place).split())
    for provision in document.provisions:
        if place == anchor_of(provision) or wanted == " ".join(fold(provision.path).split()):
            return provision
    raise NotFound("provision_not_found")
