"""Which known document a question is about, by its title and by the words people use for it (known_topics.yml)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.corpus.reading.abbreviations import abbreviations
from assistant.corpus.reading.context.known import KnownDocument, Register, key_of, register
from assistant.corpus.reading.stopwords import content_flags
from assistant.settings import PACKAGE_DIR
from assistant.text import fold_word, load_yaml, syllables

TOPICS_FILE = PACKAGE_DIR / "config" / "known_topics.yml"

_WORD = re.compile(r"\w+")
_ENOUGH = 0.4
"""Share of a title's pairs that the question must have for the document to be named."""
_IN_EVERY_TITLE = frozenset(("giao duc", "duc dao", "dao tao", "quy dinh", "co so", "so giao", "thong tu", "ban hanh"))
_LONG_PHRASE = 0.1
"""Among phrases that match wholly, the longer one says more."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A known document and the folded pairs of its title and of each phrase that stands for it."""

    document: KnownDocument
    title: frozenset[str]
    phrases: tuple[frozenset[str], ...]
    never: tuple[frozenset[str], ...] = ()
    """Phrases with which a question is about something else ("dạy thêm giờ" is no "dạy thêm")."""

    def fit(self, asked: frozenset[str]) -> float:
        """How much of the title, or of one whole phrase, the question has."""
        if self._is_elsewhere(asked):
            return 0.0
        whole = [1.0 + _LONG_PHRASE * len(phrase) for phrase in self.phrases if phrase <= asked]
        return max([title_fit(self.title, asked), *whole])

    def stands_in(self, said: frozenset[str]) -> bool:
        """Whether one whole phrase is said, and none that points elsewhere."""
        return any(phrase <= said for phrase in self.phrases) and not self._is_elsewhere(said)

    def _is_elsewhere(self, said: frozenset[str]) -> bool:
        return any(phrase <= said for phrase in self.never)


@lru_cache(maxsize=16)
def about(question: str) -> Sequence[tuple[float, KnownDocument]]:
    """The known documents that `question` (abbreviations written out) is about, the best first.

    A fit of 1 and more means that a whole phrase which stands for the document was asked.
    """
    asked = pairs_of(question)
    fits = [(topic.fit(asked), place, topic.document) for place, topic in enumerate(_topics())]
    found = sorted((fit for fit in fits if fit[0] >= _ENOUGH), key=lambda each: (-each[0], each[1]))
    return tuple((fit, document) for fit, _, document in found)


def speaks_of(document: KnownDocument, title: str) -> bool:
    """Whether a title has a whole phrase that stands for the known `document`: another on the same matter."""
    said = pairs_of(title)
    return any(topic.document == document and topic.stands_in(said) for topic in _topics())


def says_the_same(document: KnownDocument, question: str, text: str) -> bool:
    """Whether `text` has at least half of a phrase that stands for the known `document` and that was asked."""
    asked, said = pairs_of(question), pairs_of(text)
    phrases = [phrase for topic in _topics() if topic.document == document for phrase in topic.phrases]
    matched = [phrase for phrase in phrases if phrase <= asked]
    return not matched or any(2 * len(phrase & said) >= len(phrase) for phrase in matched)


def trade_phrases() -> tuple[str, ...]:
    """Words of the trade with their diacritics: topics, and what abbreviations stand for."""
    topics = load_yaml(TOPICS_FILE.read_text(encoding="utf-8"))
    written = (meaning for entry in abbreviations().entries for meaning in entry.meanings)
    return (*(phrase.removeprefix("-") for phrases in topics.values() for phrase in phrases), *written)


def title_fit(title: frozenset[str], asked: frozenset[str]) -> float:
    """Share of the title's pairs that were asked; one pair alone ("giáo dục") says nothing."""
    telling = title - _IN_EVERY_TITLE
    common = len(telling & asked)
    return common / len(telling) if common > 1 or common == len(telling) > 0 else 0.0


def pairs_of(text: str) -> frozenset[str]:
    """Folded pairs of neighbouring syllables, words that only ask left out; a single syllable stands for itself."""
    words = _telling(text)
    return frozenset(f"{first} {second}" for first, second in pairwise(words)) or frozenset(words)


def written_out(text: str) -> str:
    """`text` with the abbreviations of titles written out."""
    known = abbreviations()
    return _WORD.sub(lambda word: found.meanings[0] if (found := known.find(word[0])) else word[0], text)


def _telling(text: str) -> list[str]:
    words = syllables(text)
    return [fold_word(word) for word, says in zip(words, content_flags(words), strict=True) if says]


@lru_cache(maxsize=1)
def _topics() -> Sequence[Topic]:
    return tuple(_read(register()))


def _read(known: Register) -> Iterable[Topic]:
    phrases = {key_of(number): words for number, words in load_yaml(TOPICS_FILE.read_text(encoding="utf-8")).items()}
    for document in known.documents:
        own = phrases.get(key_of(document.number), ())
        said, never = ([one for one in own if one.startswith("-") is away] for away in (False, True))
        yield Topic(
            document,
            pairs_of(written_out(document.title)),
            tuple(map(pairs_of, said)),
            tuple(pairs_of(phrase.removeprefix("-")) for phrase in never),
        )
