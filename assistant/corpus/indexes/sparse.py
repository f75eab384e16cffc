"""Sparse vectors for lexical search: BM25 weights over syllables and pairs of syllables, IDF left to the index.

Vietnamese writes words as one to three syllables apart, so a pair ("học phí") says what neither syllable says alone.
"""

import zlib
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from assistant.corpus.index import SparseVector
from assistant.corpus.reading.letters import same_word, same_words

_SATURATION = 1.2
_LENGTH_SHARE = 0.75
# A constant, not the corpus's own average: a chunk's vector must not change when its neighbours do.
_USUAL_TERMS = 300


def terms(text: str) -> list[str]:
    """The syllables of `text` and its pairs of neighbouring syllables, in match form."""
    words = same_words(text)
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def passage_vector(text: str) -> SparseVector:
    """Term weights with saturation and length normalisation."""
    counts = Counter(terms(text))
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * counts.total() / _USUAL_TERMS)
    return _vector({term: count * (_SATURATION + 1) / (count + norm) for term, count in counts.items()})


def question_vector(weights: Mapping[str, float]) -> SparseVector:
    """Terms with what each is worth; 1 for a word as typed, less for one that is only likely."""
    return _vector({" ".join(map(same_word, term.split(" "))): weight for term, weight in weights.items()})


def term_id(term: str) -> int:
    """Stable over machines and versions; 32 bits, so that one collision in thousands of terms is all there is."""
    return zlib.crc32(term.encode("utf-8"))


def _vector(weights: Mapping[str, float]) -> SparseVector:
    by_id: dict[int, float] = {}
    for term, weight in weights.items():
        identity = term_id(term)
        by_id[identity] = by_id.get(identity, 0.0) + weight
    ids = sorted(by_id)
    return SparseVector(tuple(ids), tuple(by_id[identity] for identity in ids))
