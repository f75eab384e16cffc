"""What a question cites by number and address, resolved against what the corpus holds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.corpus.catalogue import Catalogue
from assistant.corpus.chunk import Chunk
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.reading.addresses import Address
from assistant.corpus.reading.held import HeldDocuments
from assistant.corpus.reading.numbers import CitedNumber
from assistant.corpus.reading.question import QuestionReading
from assistant.messages import message

# A document cited with its year comes before any other; "tt22" may mean several and only helps.
_SURE = 1.0
_POSSIBLE = 0.3
# An article cited without its document ("Điều 72 Luật Giáo dục") is one among many of that number.
_UNIT_OF_ANY = 0.15
_MAX_DOCUMENTS = 20
# Of a document that is not held, others only say what became of it.
_TELLS_OF_OTHERS = re.compile(r"thay thế|bãi bỏ|hết hiệu lực|sửa đổi", re.IGNORECASE)
_ASKED_FOR = 0.95
_OF_SOMETHING_ELSE = 0.25


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a chunk fits what was cited: its document, and the unit within it."""

    document: float = 0.0
    unit: float = 0.0


@dataclass(frozen=True, slots=True)
class Cited:
    """`documents`: id → how surely it is meant; `held`: the numbers of those; `absent`: numbers that nothing fits."""

    documents: Mapping[str, float]
    held: Mapping[str, str]
    absent: Sequence[CitedNumber]
    addresses: Sequence[Address]

    def fit(self, chunk: Chunk) -> Fit:
        document = self.documents.get(chunk.document_id, 0.0)
        nearness = max((_near(address, chunk) for address in self.addresses), default=0.0)
        if self.documents:
            return Fit(document, document * nearness)
        return Fit(0.0, 0.0 if self.absent else _UNIT_OF_ANY * nearness)

    def filters(self, chunk_filter: ChunkFilter) -> list[ChunkFilter]:
        """The filter itself, and one that looks into the cited documents only."""
        within = set(self.documents)
        if chunk_filter.document_ids:
            within &= set(chunk_filter.document_ids)
        narrowed = replace(chunk_filter, document_ids=tuple(sorted(within)))
        return [chunk_filter, narrowed] if within else [chunk_filter]

    def support(self, chunk: Chunk, carried: float, found: Sequence[Chunk]) -> float:
        """What the words alone `carried`, corrected by what was cited; `found` are the chunks of the cited units.

        The unit that was asked for is what was asked for, whatever words it uses. Where the question rests on a
        document or unit that is not held, other texts with the same words are no answer to it.
        """
        fit = self.fit(chunk)
        nearest = max((self.fit(one).unit for one in found), default=0.0)
        if self.documents and fit.unit and fit.unit == nearest:
            return max(carried, _ASKED_FOR * fit.document)
        absent = self.absent and not self.documents
        if self._missing(found) or (absent and not (_TELLS_OF_OTHERS.search(chunk.text) and self._mentions(chunk))):
            return carried * _OF_SOMETHING_ELSE
        return carried

    def _mentions(self, chunk: Chunk) -> bool:
        return any(one.is_mentioned_in(chunk.embedded_text) for one in self.absent)

    def notes(self, found: Sequence[Chunk]) -> list[str]:
        """Sentences about what was cited and is not there."""
        absent = [message("number_not_held", number=number.written_out) for number in self.absent]
        missing = [message("address_not_held", number=n, path=a.path) for n, a in self._missing(found)]
        return absent + missing

    def _missing(self, found: Sequence[Chunk]) -> list[tuple[str, Address]]:
        """Addresses that the one document they can only belong to does not have."""
        sure = {number for document, number in self.held.items() if self.documents[document] == _SURE}
        if len(sure) != 1:
            return []
        (number,) = sure
        return [(number, address) for address in self.addresses if not any(_near(address, chunk) for chunk in found)]


def resolve(reading: QuestionReading, documents: HeldDocuments, chunk_filter: ChunkFilter) -> Cited:
    """Match the numbers of a question with the documents the caller may see: others are as good as not held."""
    visible = documents.seen_by(chunk_filter)
    meant: dict[str, float] = {}
    held: dict[str, str] = {}
    absent = []
    for cited in reading.numbers:
        fitting = visible.fitting(cited)
        sure = _SURE if cited.year or cited.is_full else _POSSIBLE
        for document in fitting[:_MAX_DOCUMENTS]:
            meant[document.id] = max(sure, meant.get(document.id, 0.0))
            held[document.id] = document.number
        if not fitting:
            absent.append(cited)
    return Cited(meant, held, absent, reading.addresses)


def cited_chunks(cited: Cited, catalogue: Catalogue) -> list[Chunk]:
    """The chunks of the cited units, which no search by words needs to find."""
    if not cited.addresses:
        return []
    chunks: Iterable[Chunk] = (
        chunk for document in cited.documents for chunk in catalogue.chunks_of_document(document)
    )
    return [chunk for chunk in chunks if cited.fit(chunk).unit]


def _near(address: Address, chunk: Chunk) -> float:
    return address.nearness(chunk.provision_id, chunk.text)
