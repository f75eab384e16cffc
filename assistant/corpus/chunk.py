"""A Chunk is what the index stores; a Passage is a chunk that was found, with why."""

from dataclasses import dataclass, field
from datetime import date

from assistant.corpus.document import DocumentKind


@dataclass(frozen=True, slots=True)
class Chunk:
    """A provision (or a run of small ones) ready to encode.

    `id` is a UUID made from the provision's id and the chunker's version: the same text in the same place keeps it.
    `digest` is the sha256 of `embedded_text`, so an unchanged chunk is never encoded again. `text` is exactly
    `Document.text[start:end]`; `embedded_text` puts the document's and parents' titles before it.
    """

    id: str
    document_id: str
    provision_id: str
    text: str
    embedded_text: str
    digest: str
    start: int
    end: int
    number: str
    kind: DocumentKind
    label: str = "public"
    territory: str = ""
    is_draft: bool = False
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """What an index returns: a chunk id with its two raw scores (cosine; BM25-like dot product; None = not a hit)."""

    chunk_id: str
    dense: float | None = None
    sparse: float | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A found chunk. `score` ranks; `support` in 0–1 says how much of the question it carries; `reasons` explain."""

    chunk: Chunk
    score: float
    support: float
    dense: float = 0.0
    sparse: float = 0.0
    reasons: dict[str, float] = field(default_factory=dict)
