"""Syllable statistics of the corpus, for two uses: restoring diacritics, and telling rare words from usual ones.

An index built without diacritics merges words (án and an, thể and the); so the question is expanded instead, from the
spellings the corpus has for each bare syllable, weighed by how often they stand beside each other there.
"""

import gzip
import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from assistant.corpus.reading.question_forms import QUESTION_FORMS
from assistant.errors import IndexUnavailable
from assistant.text import fold, has_diacritics, syllables

# Taken off every pair's count and given to the pairs that were not seen (absolute discounting).
_DISCOUNT = 0.5
_MAX_SPELLINGS = 12
_ODD_SHARE = 0.01
_CLEARLY = 1.5
# A syllable that ends so always bears one of two tones: "lơp" can only be a slip for "lớp".
_STOPPED = re.compile(r"[aeiouy](?:c|ch|p|t)$")
_STOPPED_TONES = {"\u0301", "\u0323"}
_TEACH_EVERY = 20_000
# Pairs seen once are mostly noise, and two thirds of the file.
_MIN_PAIR_COUNT = 2
_NOT_WORTH_KEEPING = 0.05


@dataclass(frozen=True, slots=True)
class Restoration:
    """The likeliest spelling of each syllable, and every likely one (and pair of neighbours) with its probability."""

    best: tuple[str, ...]
    likely: tuple[Mapping[str, float], ...]
    likely_pairs: tuple[Mapping[str, float], ...]


class Spelling:
    """Counts of syllables, of neighbouring pairs, and of the chunks each syllable occurs in."""

    def __init__(
        self, counts: Mapping[str, int], pairs: Mapping[str, int], chunk_counts: Mapping[str, int], chunks: int
    ) -> None:
        self._counts = counts
        self._pairs = pairs
        self._chunk_counts = chunk_counts
        self._chunks = chunks
        self._total = max(sum(counts.values()), 1)

    def idf(self, syllable: str) -> float:
        """How much a syllable tells: 0 for one in every chunk, about 10 for one in a single chunk of thousands."""
        seen = self._chunk_counts.get(syllable, 0)
        return math.log(1 + (self._chunks - seen + 0.5) / (seen + 0.5))

    def term_idf(self, term: str) -> float:
        """`idf` of a syllable, or of a pair by how often it stands in the corpus."""
        if " " not in term:
            return self.idf(term)
        seen = min(self._pairs.get(term, 1), self._chunks)
        return math.log(1 + (self._chunks - seen + 0.5) / (seen + 0.5))

    def is_said(self, short: Sequence[str], long: Sequence[str]) -> bool:
        """Whether the corpus says the `short` form more often than the `long` one."""
        return self._times(short) > self._times(long)

    def fit(self, before: Sequence[str], words: Sequence[str], after: Sequence[str]) -> float:
        """How much more often `words` stand between these neighbours than by chance; 0 where that was never seen."""
        joints = [*pairwise([*before, *words[:1]]), *pairwise([*words[-1:], *after])]
        return sum(max(0.0, math.log(self._follows(first, second) / self._share(second))) for first, second in joints)

    def is_odd(self, before: Sequence[str], syllable: str, after: Sequence[str]) -> bool:
        """Whether this spelling must be a slip: bare where the corpus never is, or a form Vietnamese does not have.

        A marked syllable is otherwise believed, however rare: "hôm" is no "hòm" because circulars never say "hôm".
        """
        if has_diacritics(syllable):
            return syllable not in self._counts and _STOPPED.search(fold(syllable)) is not None and _toneless(syllable)
        spellings = self._spellings.get(syllable, ())
        if self._counts.get(syllable, 0) >= _ODD_SHARE * sum(self._counts[word] for word in spellings):
            return False
        # Rare is not wrong ("ly hôn"): some other spelling must clearly belong between these neighbours.
        return any(self.fit(before, [word], after) >= _CLEARLY for word in spellings)

    def restore(self, words: Sequence[str], fixed: Sequence[bool]) -> Restoration:
        """Spell `words` with diacritics, keeping those that are `fixed`; a syllable the corpus lacks stays as it is."""
        choices = [(word,) if keep else self._spellings_of(word) for word, keep in zip(words, fixed, strict=True)]
        ahead = self._forward(choices)
        behind = self._backward(choices)
        likely = tuple(_normal({w: ahead[i][w] * behind[i][w] for w in options}) for i, options in enumerate(choices))
        joint = tuple(
            _normal(
                {
                    f"{first} {second}": ahead[i][first] * self._follows(first, second) * behind[i + 1][second]
                    for first in choices[i]
                    for second in choices[i + 1]
                }
            )
            for i in range(len(choices) - 1)
        )
        return Restoration(
            self._best_path(choices), tuple(map(_worth_keeping, likely)), tuple(map(_worth_keeping, joint))
        )

    def save(self, path: Path) -> None:
        content = {"chunks": self._chunks, "counts": self._counts, "pairs": self._pairs, "in": self._chunk_counts}
        data = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
        # mtime=0: the same statistics make the same file.
        path.write_bytes(gzip.compress(data, 6, mtime=0))

    @cached_property
    def _spellings(self) -> dict[str, tuple[str, ...]]:
        by_bare: dict[str, list[str]] = {}
        for word in self._counts:
            by_bare.setdefault(fold(word), []).append(word)
        return {
            bare: tuple(sorted(words, key=lambda word: (-self._counts[word], word))[:_MAX_SPELLINGS])
            for bare, words in by_bare.items()
        }

    def _times(self, words: Sequence[str]) -> int:
        """How often a phrase may occur at most: as often as the rarest of its pairs."""
        if len(words) == 1:
            return self._counts.get(words[0], 0)
        return min((self._pairs.get(f"{first} {second}", 0) for first, second in pairwise(words)), default=0)

    def _spellings_of(self, word: str) -> tuple[str, ...]:
        return self._spellings.get(fold(word), (word,))

    def _share(self, word: str) -> float:
        return (self._counts.get(word, 0) + 0.5) / self._total

    def _follows(self, first: str, second: str) -> float:
        """The probability of `second` after `first`.

        What a syllable's seen pairs leave over goes to the others, so that a rare neighbour wins nothing by being rare.
        """
        count = self._counts.get(first, 0)
        if not count:
            return self._anywhere(second)
        together = max(self._pairs.get(f"{first} {second}", 0) - _DISCOUNT, 0.0)
        left_over = max(count - self._seen_pairs[0].get(first, 0.0), _DISCOUNT)
        return (together + min(left_over, count) * self._anywhere(second)) / count

    def _anywhere(self, word: str) -> float:
        """After a neighbour it was never seen with: half by how often it stands, half by after how many others."""
        _, after, pairs = self._seen_pairs
        return (self._share(word) + (after.get(word, 0) + 0.1) / pairs) / 2

    @cached_property
    def _seen_pairs(self) -> tuple[dict[str, float], dict[str, int], int]:
        """First syllable → count its pairs explain; second syllable → after how many it stands; all pairs."""
        explained: dict[str, float] = {}
        after: dict[str, int] = {}
        for pair, count in self._pairs.items():
            first, _, second = pair.partition(" ")
            explained[first] = explained.get(first, 0.0) + count - _DISCOUNT
            after[second] = after.get(second, 0) + 1
        return explained, after, max(len(self._pairs), 1)

    def _forward(self, choices: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        rows: list[dict[str, float]] = []
        for options in choices:
            row = {
                word: sum(weight * self._follows(before, word) for before, weight in rows[-1].items())
                if rows
                else self._share(word)
                for word in options
            }
            rows.append(_normal(row))
        return rows

    def _backward(self, choices: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        rows: list[dict[str, float]] = []
        for options in reversed(choices):
            row = {
                word: sum(weight * self._follows(word, after) for after, weight in rows[-1].items()) if rows else 1.0
                for word in options
            }
            rows.append(_normal(row))
        return rows[::-1]

    def _best_path(self, choices: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Viterbi: the one sequence that is likeliest as a whole."""
        paths: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
        for place, options in enumerate(choices):
            step = {}
            for word in options:
                reached = (
                    (score + math.log(self._follows(before, word) if place else self._share(word)), path)
                    for before, (score, path) in paths.items()
                )
                score, path = max(reached)
                step[word] = (score, (*path, word))
            paths = step
        return max(paths.values())[1]


def train_spelling(texts: Iterable[str], taught: Iterable[str] = ()) -> Spelling:
    """Count the syllables of the corpus, chunk by chunk; `taught` are phrases that people use whatever it says."""
    counts: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    chunk_counts: Counter[str] = Counter()
    chunks = 0
    for text in texts:
        words = syllables(text)
        counts.update(words)
        pairs.update(f"{first} {second}" for first, second in pairwise(words))
        chunk_counts.update(set(words))
        chunks += 1
    # Legal text hardly asks and says "học lực" no more, so the words of questions and of the trade are taught.
    times = 1 + counts.total() // _TEACH_EVERY
    for form in (*QUESTION_FORMS, *taught):
        words = syllables(form)
        counts.update(dict.fromkeys(words, times))
        pairs.update({f"{first} {second}": times for first, second in pairwise(words)})
    kept = {pair: count for pair, count in pairs.items() if count >= _MIN_PAIR_COUNT}
    return Spelling(counts, kept, chunk_counts, chunks)


def load_spelling(path: Path) -> Spelling:
    """Read what `save` wrote."""
    try:
        with gzip.open(path, "rb") as file:
            content = json.loads(file.read())
        return Spelling(content["counts"], content["pairs"], content["in"], content["chunks"])
    except FileNotFoundError as error:
        raise IndexUnavailable("index_missing", detail=str(error)) from error
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnavailable("index_unreadable", detail=str(error)) from error


def _normal(weights: dict[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {word: weight / total for word, weight in weights.items()} if total else weights


def _worth_keeping(weights: Mapping[str, float]) -> dict[str, float]:
    return {word: weight for word, weight in weights.items() if weight >= _NOT_WORTH_KEEPING}


def _toneless(syllable: str) -> bool:
    return not _STOPPED_TONES.intersection(unicodedata.normalize("NFD", syllable))
