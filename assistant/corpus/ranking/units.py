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
_LENGTH_SHARE = 0.75
_USUAL_WORDS = 120
"""Syllables of a clause with its titles: what counts as neither short nor long."""
_TITLE_SHARE = 2
"""What a word of the titles above a clause counts: they say what all its words are about."""


def unit_scores(chunks: Iterable[Chunk], terms: Mapping[str, float], spelling: Spelling) -> dict[str, float]:
    """Chunk id → BM25 of the clause that fits the question's weighted terms best, titles above it included."""
    worth = _worth(terms, spelling)
    singles = {term for term in worth if " " not in term}
    return {chunk.id: _best(chunk, worth, singles) for chunk in chunks}


def _best(chunk: Chunk, worth: Mapping[str, float], singles: set[str]) -> float:
    name, units = _units(chunk)
    named = _counts(name, worth, singles)
    titled: dict[int, Counter[str]] = {}  # The clauses of an article share its titles.
    for titles, _ in units:
        titled.setdefault(id(titles), _counts(titles, worth, singles))
    return max(
        _score(_counts(words, worth, singles), named, titled[id(titles)], len(name) + len(titles) + len(words), worth)
        for titles, words in units
    )


def _worth(terms: Mapping[str, float], spelling: Spelling) -> dict[str, float]:
    worth: dict[str, float] = {}
    for term, weight in terms.items():
        same = " ".join(map(same_word, term.split(" ")))
        worth[same] = max(worth.get(same, 0.0), weight * spelling.term_idf(term))
    return worth


def _units(chunk: Chunk) -> tuple[list[str], list[tuple[list[str], list[str]]]]:
    """The words of the document's name, and for each clause those of the titles above it and its own."""
    above, found, _ = chunk.embedded_text.rpartition(chunk.text)
    name, _, headings = above.partition("\n")
    titles = same_words(headings)
    first, *clauses = _CLAUSE.split(chunk.text if found else chunk.embedded_text)
    units = [(titles, same_words(first))]
    # An article's own first line is its title; without clauses after it, it is a clause itself.
    if clauses and not re.match(r"\d", first):
        titles = titles + same_words(first.partition("\n")[0])
    units += [(titles, same_words(clause)) for clause in clauses]
    return same_words(name), units


def _counts(words: list[str], worth: Mapping[str, float], singles: set[str]) -> Counter[str]:
    counts: Counter[str] = Counter(word for word in words if word in singles)
    for first, second in pairwise(words):
        if first in singles and second in singles and (pair := f"{first} {second}") in worth:
            counts[pair] += 1
    return counts


def _score(
    own: Mapping[str, int], named: Mapping[str, int], titled: Mapping[str, int], length: int, worth: Mapping[str, float]
) -> float:
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _USUAL_WORDS)
    total = 0.0
    for term in own.keys() | named.keys() | titled.keys():
        count = own.get(term, 0) + named.get(term, 0) + _TITLE_SHARE * titled.get(term, 0)
        total += worth[term] * count * (_SATURATION + 1) / (count + norm)
    return total
