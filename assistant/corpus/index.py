"""The ChunkIndex port: dense and sparse vectors with a filterable payload."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.corpus.chunk import Chunk, Hit
from assistant.corpus.encoder import Vectors
from assistant.corpus.filters import ChunkFilter


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Term ids (ascending, unique) with weights."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class IndexPoint:
    """A chunk with its two vectors; the payload is taken from the chunk."""

    chunk: Chunk
    dense: Vectors
    sparse: SparseVector


class ChunkIndex(Protocol):
    def upsert(self, points: Sequence[IndexPoint]) -> None:
        """Add or replace, durably once it returns."""

    def delete(self, chunk_ids: Iterable[str]) -> None: ...

    def search(self, dense: Vectors | None, sparse: SparseVector, chunk_filter: ChunkFilter, limit: int) -> list[Hit]:
        """The best `limit` by each vector, merged by chunk, each with both raw scores; unordered.

        Without `dense` the search is lexical only; a sparse score of None means no word in common.
        """

    def count(self) -> int: ...

    def optimise(self) -> None:
        """Build payload indexes and compact: called once after an ingest."""

    def close(self) -> None: ...
