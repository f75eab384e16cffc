"""Scores the best single unit of a chunk: a question is answered by one khoản, not by the article around it.

BM25 over a whole chunk rewards texts that have the question's words scattered over ten clauses. The clause that has
them together is what a person would point at, so the candidates of a question are read again, clause by clause.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.chunk import Chunk
from assistant.corpus.ranking.clauses import ClauseReader, Clauses, Numbers, WordNumbers
from assistant.corpus.reading.letters import same_word
from assistant.corpus.reading.spelling import Spelling

_SATURATION = 1.2
_LENGTH_SHARE = 0.75
_USUAL_WORDS = 120
"""Syllables of a clause with its titles: what counts as neither short nor long."""
_TITLE_SHARE = 2
"""What a word of the titles above a clause counts: they say what all its words are about."""

Floats = NDArray[np.float64]


def unit_scores(
    chunks: Sequence[Chunk], terms: Mapping[str, float], spelling: Spelling, reader: ClauseReader
) -> dict[str, float]:
    """Chunk id → BM25 of the clause that fits the question's weighted terms best, titles above it included."""
    if not chunks:
        return {}
    read = reader.read(chunks)
    worth = _worth(terms, spelling)
    starts = np.cumsum([0, *(len(one.lengths) for one in read)])[:-1]
    counts = _counts(read, list(worth), reader.numbers)
    lengths = np.concatenate([one.lengths for one in read])
    clauses = [len(one.titles) for one in read]
    name = np.repeat(starts, clauses)
    titles = name + np.concatenate([one.titles for one in read])
    own = np.concatenate([np.arange(one.first, len(one.lengths)) for one in read]) + name
    together = counts[own] + counts[name] + _TITLE_SHARE * counts[titles]
    share = (lengths[own] + lengths[name] + lengths[titles]) / _USUAL_WORDS
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * share)
    scores = together * (_SATURATION + 1) / (together + norm[:, None]) @ np.array(list(worth.values()))
    best = np.maximum.reduceat(scores, np.cumsum([0, *clauses])[:-1])
    return {chunk.id: float(score) for chunk, score in zip(chunks, best, strict=True)}


def _worth(terms: Mapping[str, float], spelling: Spelling) -> dict[str, float]:
    worth: dict[str, float] = {}
    for term, weight in terms.items():
        same = " ".join(map(same_word, term.split(" ")))
        worth[same] = max(worth.get(same, 0.0), weight * spelling.term_idf(term))
    return worth


def _counts(read: Sequence[Clauses], terms: Sequence[str], known: WordNumbers) -> Floats:
    """How often each term stands in each segment, one row a segment; a pair counts within one segment only."""
    words = np.concatenate([one.words for one in read])
    lengths = np.concatenate([one.lengths for one in read])
    segment = np.repeat(np.arange(len(lengths)), lengths)
    column = _columns(terms, known, words)
    pairs = _pair_columns(terms)
    neighbours = pairs[column[:-1], column[1:]] if pairs.size and len(column) > 1 else np.zeros(0, dtype=np.int32)
    neighbours = np.where(segment[:-1] == segment[1:], neighbours, -1) if len(neighbours) else neighbours
    cells = np.concatenate(
        [
            (segment * len(terms) + column)[column >= 0],
            (segment[: len(neighbours)] * len(terms) + neighbours)[neighbours >= 0],
        ]
    )
    found = np.bincount(cells, minlength=len(lengths) * len(terms))
    return found.reshape(len(lengths), len(terms)).astype(np.float64)


def _columns(terms: Sequence[str], known: WordNumbers, words: Numbers) -> Numbers:
    """For each word the place of the term it is, or -1."""
    place = np.full(int(words.max(initial=0)) + 1, -1, dtype=np.int32)
    for at, term in enumerate(terms):
        number = known.number_of(term)
        if number is not None and number < len(place):
            place[number] = at
    return place[words]


def _pair_columns(terms: Sequence[str]) -> Numbers:
    """The place of the pair that two neighbouring terms make, or -1; the last row and column stand for other words."""
    place = {term: at for at, term in enumerate(terms)}
    pairs = np.full((len(terms) + 1, len(terms) + 1), -1, dtype=np.int32)
    for term, at in place.items():
        first, _, second = term.partition(" ")
        if second and first in place and second in place:
            pairs[place[first], place[second]] = at
    return pairs
