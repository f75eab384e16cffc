"""The words the reader knows: phrases with what each may mean, found in one pass by an Aho-Corasick automaton."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import ahocorasick
from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.query.reading.words.slips import is_slip
from assistant.query.reading.words.tokens import Spelling, Token, canonical, shadow, spelling, tokenise


class Kind(StrEnum):
    """What a phrase can be. TERM: metrics are recognised by it; SIGN: an operation; BLOCK ends the reading."""

    TERM = "term"
    TIME = "time"
    DIMENSION = "dimension"
    VALUE = "value"
    SIGN = "sign"
    NUMBER = "number"
    BLOCK = "block"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Item:
    """One meaning: a term, a dimension, a value (`name` is the dimension, `values` the codes), a sign, a number…"""

    kind: Kind
    name: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    phrase: str
    words: tuple[str, ...]
    item: Item


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens [start, end) read as one phrase; `corrected` is the known spelling where the typed one had a slip."""

    start: int
    end: int
    spelling: Spelling
    items: tuple[Item, ...]
    phrase: str
    corrected: bool = False


class Lexicon:
    """Phrases and their meanings, looked up by unaccented shadow and then compared with the marks that were typed."""

    def __init__(self, phrases: Iterable[tuple[str, Item]]) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._by_size: dict[tuple[int, int], list[str]] = defaultdict(list)
        for phrase, item in phrases:
            self._add(phrase, item)
        self._automaton = ahocorasick.Automaton()
        for key, entries in self._entries.items():
            self._automaton.add_word(f" {key} ", key)
            self._by_size[len(entries[0].words), len(key)].append(key)
        self._automaton.make_automaton()

    def hits(self, tokens: Sequence[Token]) -> Iterator[Hit]:
        """Every known phrase in `tokens`; an accented reading of a span hides its unaccented ones."""
        text, starts = _line(tokens)
        # Typed without any marks, "so" may be "số" as well as "so": neither is the more exact.
        unmarked = all(token.text == token.folded for token in tokens)
        for last, key in self._automaton.iter(text):
            begin = starts[last - len(key) - 1]
            hit = self._compare(tokens, begin, key, unmarked)
            if hit is not None:
                yield hit

    def near(self, tokens: Sequence[Token], start: int, end: int) -> Hit | None:
        """The one known phrase a slip of the finger away from tokens [start, end), or None."""
        typed = " ".join(token.folded for token in tokens[start:end])
        allowed = _slips(typed)
        # One accented syllable is a word of its own ("trưởng"), not a slip for another ("trường").
        own_word = end - start == 1 and tokens[start].text != tokens[start].folded
        if not allowed or own_word or any(token.is_number for token in tokens[start:end]):
            return None
        # Each slip adds or takes one letter at most.
        lengths = range(len(typed) - allowed, len(typed) + allowed + 1)
        alike = [key for length in lengths for key in self._by_size.get((end - start, length), ())]
        found = process.extract(typed, alike, scorer=OSA.distance, score_cutoff=allowed, limit=3, processor=None)
        best = [key for key, distance, _ in found if distance == found[0][1]]
        if len(best) != 1 or not is_slip(tokens[start:end], self._entries[best[0]][0].words):
            return None
        # Words that end the reading are too grave to be guessed.
        entries = [entry for entry in self._entries[best[0]] if entry.item.kind is not Kind.BLOCK]
        if not entries:
            return None
        items = tuple(dict.fromkeys(entry.item for entry in entries))
        return Hit(start, end, Spelling.CONFLICT, items, entries[0].phrase, corrected=True)

    def _add(self, phrase: str, item: Item) -> None:
        words = tuple(token.text for token in tokenise(canonical(phrase)) if token.is_word or token.text in "/%,<>")
        key = " ".join(shadow(word) for word in words)
        if words and all((entry.words, entry.item) != (words, item) for entry in self._entries[key]):
            self._entries[key].append(Entry(phrase, words, item))

    def _compare(self, tokens: Sequence[Token], start: int, key: str, unmarked: bool) -> Hit | None:
        entries = self._entries[key]
        span = tokens[start : start + len(entries[0].words)]
        graded = [(min(map(spelling, (token.text for token in span), entry.words)), entry) for entry in entries]
        best = max(grade for grade, _ in graded)
        if best is Spelling.CONFLICT:
            return None
        best = Spelling.BARE if unmarked else best
        chosen = [entry for grade, entry in graded if grade >= best]
        items = tuple(dict.fromkeys(entry.item for entry in chosen))
        return Hit(start, start + len(span), best, items, chosen[0].phrase)


def _line(tokens: Sequence[Token]) -> tuple[str, dict[int, int]]:
    """The shadows joined by spaces, and which token begins at which place (keyed by the space before it)."""
    text, starts = " ", {}
    for index, token in enumerate(tokens):
        starts[len(text) - 1] = index
        text += token.folded + " "
    return text, starts


def _slips(typed: str) -> int:
    """Edits forgiven: short words are too alike to guess at."""
    length = len(typed.replace(" ", ""))
    return 0 if length < 6 else 1 if length < 11 else 2
