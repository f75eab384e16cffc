"""Puts the answers of the dense and the sparse search of one index together, every score filled in."""

from collections.abc import Collection, Mapping
from typing import Protocol

from assistant.corpus.chunk import Hit
from assistant.corpus.indexes.payload import DENSE, SPARSE

Scores = Mapping[str, float]


class Scorer(Protocol):
    """Scores by one vector: of the best chunks, or of the chunks `among`."""

    def __call__(self, vector: str, among: Collection[str] | None = None) -> Scores: ...


def merged_hits(scores: Scorer) -> list[Hit]:
    """One Hit per chunk found by either vector, with both scores.

    A chunk that is second by one vector and 101st by the other must not be ranked as if the other score were nothing.
    """
    dense, sparse = scores(DENSE), scores(SPARSE)
    dense_too = _of_the_others(DENSE, sparse, dense, scores)
    sparse_too = _of_the_others(SPARSE, dense, sparse, scores)
    dense, sparse = {**dense, **dense_too}, {**sparse, **sparse_too}
    return [Hit(chunk_id, dense.get(chunk_id), sparse.get(chunk_id)) for chunk_id in {**dense, **sparse}]


def _of_the_others(vector: str, found: Scores, known: Scores, scores: Scorer) -> Scores:
    absent = [chunk_id for chunk_id in found if chunk_id not in known]
    return scores(vector, absent) if absent else {}
