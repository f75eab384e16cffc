"""Search results as a caller may see them: every passage by its label, in force on the day, fit to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.access.untrusted import safe_span
from assistant.answering.finding.page_address import url_of
from assistant.corpus.catalogue import Catalogue
from assistant.corpus.chunk import Passage
from assistant.corpus.document import DocumentKind, Validity
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.search import Search


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. No kinds and no documents mean any of those the caller may read."""

    question: str
    as_of: date
    kinds: Sequence[DocumentKind] = ()
    document_ids: Sequence[str] = ()
    ended: bool = False
    limit: int = 10


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage in the order of its worth. `text` stands word for word in its document; `scores` say why it is here."""

    document_id: str
    provision_id: str
    document_number: str
    kind: str
    title: str
    path: str
    text: str
    url: str
    effective_from: date | None
    effective_to: date | None
    in_force: bool
    is_sample: bool
    score: float
    support: float
    scores: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """`read_as` is the question as it was searched; `notices` are sentences for the asker.

    `weights` are its content syllables, folded, with their shares of its weight.
    """

    read_as: str
    passages: tuple[FoundPassage, ...]
    notices: tuple[str, ...]
    weights: dict[str, float]


def find_passages(search: Search, corpus: LiveCorpus, labels: Sequence[str], wanted: Wanted) -> Found:
    """The best passages for the question."""
    allowed = ChunkFilter(
        labels=tuple(labels),
        as_of=wanted.as_of,
        kinds=tuple(kind.value for kind in wanted.kinds),
        document_ids=tuple(wanted.document_ids),
        ended=wanted.ended,
    )
    result = search.search(wanted.question, allowed, wanted.limit)
    with corpus.open() as generation:
        shown = [_shown(passage, generation.catalogue, wanted.as_of) for passage in result.passages]
    passages = tuple(one for one in shown if one is not None)
    weights = {word: round(value, 4) for word, value in result.weights.items()}
    return Found(result.reading.expanded, passages, tuple(result.reading.notes), weights)


def _shown(passage: Passage, catalogue: Catalogue, day: date) -> FoundPassage | None:
    """None where the passage is gone, or nothing of it may be shown."""
    chunk = passage.chunk
    document, provision = catalogue.document(chunk.document_id), catalogue.provision(chunk.provision_id)
    text = safe_span(chunk.text)
    if document is None or provision is None or not text:
        return None
    validity = Validity(chunk.effective_from, chunk.effective_to)
    return FoundPassage(
        document_id=document.id,
        provision_id=provision.id,
        document_number=document.number,
        kind=document.kind.value,
        title=document.title,
        path=provision.path,
        text=text,
        url=url_of(provision),
        effective_from=validity.effective_from,
        effective_to=validity.effective_to,
        in_force=validity.in_force(day),
        is_sample=document.is_sample,
        score=round(passage.score, 4),
        support=round(passage.support, 4),
        scores={
            **{name: round(value, 4) for name, value in passage.reasons.items()},
            "cosine": round(passage.dense, 4),
            "bm25": round(passage.sparse, 4),
        },
    )
