"""What a question cites by number and address, resolved against what the corpus holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.corpus.catalogue import Catalogue
from assistant.corpus.chunk import Chunk
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.reading.addresses import Address
from assistant.corpus.reading.numbers import CitedNumber
from assistant.corpus.reading.question import QuestionReading
from assistant.messages import message

# A document cited with its year comes before any other; "tt22" may mean several and only helps.
_SURE = 1.0
_POSSIBLE = 0.3
# An article cited without its document ("Điều 72 Luật Giáo dục") is one among many of that number.
_UNIT_OF_ANY = 0.15
_MAX_DOCUMENTS = 20


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """The little that must be known of every document to tell which one is cited."""

    id: str
    number: str
    label: str = "public"
    is_draft: bool = False

    def seen_by(self, chunk_filter: ChunkFilter) -> bool:
        return self.label in chunk_filter.labels and (chunk_filter.drafts or not self.is_draft)


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
        nearness = max((address.nearness(chunk.provision_id) for address in self.addresses), default=0.0)
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

    def notes(self, found: Sequence[Chunk]) -> list[str]:
        """Sentences about what was cited and is not there; `found` are the chunks of the cited units."""
        notes = [message("number_not_held", number=number.written_out) for number in self.absent]
        sure = {number for document, number in self.held.items() if self.documents[document] == _SURE}
        for address in self.addresses if len(sure) == 1 else ():
            if not any(address.nearness(chunk.provision_id) for chunk in found):
                notes.append(message("address_not_held", number=next(iter(sure)), path=address.path))
        return notes


def resolve(reading: QuestionReading, documents: Iterable[HeldDocument], chunk_filter: ChunkFilter) -> Cited:
    """Match the numbers of a question with the documents the caller may see: others are as good as not held."""
    visible = [document for document in documents if document.seen_by(chunk_filter)]
    meant: dict[str, float] = {}
    held: dict[str, str] = {}
    absent = []
    for cited in reading.numbers:
        fitting = [document for document in visible if cited.fits(document.number)]
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
