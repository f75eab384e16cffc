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
_NAME_SHARE = 0.3
"""What a word of the document's own name counts: it stands above every clause alike and tells none from another."""


def unit_scores(chunks: Iterable[Chunk], terms: Mapping[str, float], spelling: Spelling) -> dict[str, float]:
    """Chunk id → BM25 of the clause that fits the question's weighted terms best, titles above it included."""
    worth = _worth(terms, spelling)
    singles = {term for term in worth if " " not in term}
    return {chunk.id: _best(chunk, worth, singles) for chunk in chunks}


def _best(chunk: Chunk, worth: Mapping[str, float], singles: set[str]) -> float:
    name, units = _units(chunk)
    named = _counts(name, worth, singles)
    return max(_score(words, named, len(name), worth, singles) for words in units)


def _worth(terms: Mapping[str, float], spelling: Spelling) -> dict[str, float]:
    worth: dict[str, float] = {}
    for term, weight in terms.items():
        same = " ".join(map(same_word, term.split(" ")))
        worth[same] = max(worth.get(same, 0.0), weight * spelling.term_idf(term))
    return worth


def _units(chunk: Chunk) -> tuple[list[str], list[list[str]]]:
    """The words of the document's name, and those of each clause after the titles above it."""
    titles, found, _ = chunk.embedded_text.rpartition(chunk.text)
    name, _, headings = titles.partition("\n")
    above = same_words(headings)
    first, *clauses = _CLAUSE.split(chunk.text if found else chunk.embedded_text)
    lead = same_words(first)
    if not clauses:
        return same_words(name), [above + lead]
    # An article's own first line is its title; without clauses before it, it is a clause itself.
    if not re.match(r"\d", first):
        above = above + same_words(first.partition("\n")[0])
    return same_words(name), [above + lead, *(above + same_words(clause) for clause in clauses)]


def _counts(words: list[str], worth: Mapping[str, float], singles: set[str]) -> Counter[str]:
    counts: Counter[str] = Counter(word for word in words if word in singles)
    for first, second in pairwise(words):
        if first in singles and second in singles and (pair := f"{first} {second}") in worth:
            counts[pair] += 1
    return counts


def _score(
    words: list[str], named: Mapping[str, int], name_length: int, worth: Mapping[str, float], singles: set[str]
) -> float:
    said: dict[str, float] = dict(_counts(words, worth, singles))
    for term, count in named.items():
        said[term] = said.get(term, 0.0) + _NAME_SHARE * count
    length = len(words) + _NAME_SHARE * name_length
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _USUAL_WORDS)
    return sum(worth[term] * count * (_SATURATION + 1) / (count + norm) for term, count in said.items())
