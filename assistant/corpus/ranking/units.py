"""Scores the best single unit of a chunk: a question is answered by one khoản, not by the article around it.

BM25 over a whole chunk rewards texts that have the question's words scattered over ten clauses. The clause that has
them together is what a person would point at, so the candidates of a question are read again, clause by clause.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from assistant.corpus.chunk import Chunk
from assistant.corpus.reading.letters import same_word, same_words
from assistant.corpus.reading.spelling import Spelling

_CLAUSE = re.compile(r"\n(?=\d{1,2}[a-zđ]?\. )")
_SATURATION = 1.2
_LENGTH_SHARE = 0.9
_USUAL_WORDS = 75
"""Syllables of a clause with its titles: what counts as neither short nor long."""


def unit_scores(chunks: Iterable[Chunk], terms: Mapping[str, float], spelling: Spelling) -> dict[str, float]:
    """Chunk id → BM25 of the clause that fits the question's weighted terms best, titles above it included."""
    worth = _worth(terms, spelling)
    singles = {term for term in worth if " " not in term}
    return {chunk.id: max(_score(words, worth, singles) for words in _units(chunk)) for chunk in chunks}


def _worth(terms: Mapping[str, float], spelling: Spelling) -> dict[str, float]:
    worth: dict[str, float] = {}
    for term, weight in terms.items():
        same = " ".join(map(same_word, term.split(" ")))
        worth[same] = max(worth.get(same, 0.0), weight * spelling.term_idf(term))
    return worth


def _units(chunk: Chunk) -> list[list[str]]:
    """The words of each clause after those of the titles."""
    titles, found, _ = chunk.embedded_text.rpartition(chunk.text)
    above = same_words(titles) if found else []
    first, *clauses = _CLAUSE.split(chunk.text if found else chunk.embedded_text)
    lead = same_words(first)
    if not clauses:
        return [above + lead]
    # An article's own first line is its title; without clauses before it, it is a clause itself.
    if not re.match(r"\d", first):
        above = above + same_words(first.partition("\n")[0])
    return [above + lead, *(above + same_words(clause) for clause in clauses)]


def _score(words: list[str], worth: Mapping[str, float], singles: set[str]) -> float:
    counts: Counter[str] = Counter(word for word in words if word in singles)
    for first, second in pairwise(words):
        if first in singles and second in singles and (pair := f"{first} {second}") in worth:
            counts[pair] += 1
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * len(words) / _USUAL_WORDS)
    return sum(worth[term] * count * (_SATURATION + 1) / (count + norm) for term, count in counts.items())
