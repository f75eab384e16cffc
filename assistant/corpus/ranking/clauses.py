"""A chunk as numbered words, clause by clause: read once and remembered, so that counting words in it is cheap."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.chunk import Chunk
from assistant.corpus.reading.letters import same_word
from assistant.text import match_form, nfc

Numbers = NDArray[np.int32]

_CLAUSE = re.compile(r"\n(?=\d{1,2}[a-zđ]?\. )")
_WORD = re.compile(r"\w+")
_REMEMBERED = 8192
"""Chunks whose words are kept, about 2 KB each."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words of a chunk in segments: the document's name, the titles above, perhaps titles with the article's own,
    then its clauses. `lengths` are those of the segments, `titles` says for each clause which segment its titles are.
    """

    words: Numbers
    lengths: Numbers
    titles: Numbers

    @property
    def first(self) -> int:
        """The segment of the first clause."""
        return len(self.lengths) - len(self.titles)


class WordNumbers(dict[str, int]):
    """Word as it stands in a text → the number of the word it is a spelling of."""

    def __init__(self) -> None:
        self._forms: dict[str, int] = {}
        self._next = count()

    def __missing__(self, word: str) -> int:
        # Both steps are atomic, so threads may waste a number but never share one.
        self[word] = number = self._forms.setdefault(same_word(match_form(word)), next(self._next))
        return number

    def number_of(self, form: str) -> int | None:
        """The number of a word in its shared spelling; None while no text had it."""
        return self._forms.get(form)

    def read(self, text: str) -> list[int]:
        return [self[word] for word in _WORD.findall(nfc(text))]


class ClauseReader:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self.numbers = WordNumbers()
        self._remembered: dict[tuple[str, int], Clauses] = {}

    def read(self, chunks: Iterable[Chunk]) -> list[Clauses]:
        return [self._remembered.get(_key(chunk)) or self._read(chunk) for chunk in chunks]

    def _read(self, chunk: Chunk) -> Clauses:
        if len(self._remembered) >= _REMEMBERED:
            self._remembered.clear()
        self._remembered[_key(chunk)] = clauses = self._numbered(chunk)
        return clauses

    def _numbered(self, chunk: Chunk) -> Clauses:
        above, found, _ = chunk.embedded_text.rpartition(chunk.text)
        name, _, headings = above.partition("\n")
        read = self.numbers.read
        first, *clauses = _CLAUSE.split(chunk.text if found else chunk.embedded_text)
        titles = [read(headings)]
        # An article's own first line is its title; without clauses after it, it is a clause itself.
        if clauses and not re.match(r"\d", first):
            titles.append(titles[0] + read(first.partition("\n")[0]))
        segments = [read(name), *titles, *map(read, (first, *clauses))]
        return Clauses(
            _numbers([word for segment in segments for word in segment]),
            _numbers([len(segment) for segment in segments]),
            _numbers([1, *[len(titles)] * len(clauses)]),
        )


def _key(chunk: Chunk) -> tuple[str, int]:
    """The digest is of the words with all titles above them; the length says where those end."""
    return chunk.digest, len(chunk.text)


def _numbers(values: Sequence[int]) -> Numbers:
    return np.array(values, dtype=np.int32)
