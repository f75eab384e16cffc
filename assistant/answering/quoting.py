"""Choosing what to quote: the shortest set of passages that carries the question, and the lines of each that matter."""

from collections.abc import Mapping, Sequence

from assistant.corpus.chunk import Passage
from assistant.corpus.ranking.asked import NOTHING_ASKED, AskedFor
from assistant.text import fold, syllables

MAX_QUOTES = 4
MAX_QUOTE_CHARS = 900
_NEW_SHARE = 0.15
"""A further passage is quoted only when it carries this much of the question's weight that none before it does."""
_AS_GOOD = 0.65
"""… and carries this much of what the best passage carries: a stray word of the question brings no stray law along."""
_NEAR = 0.06
_MOST_NEAR = 3
"""… or when it is worth nearly what the best one is: of provisions that answer about equally, one is right more often
than the first (measured in docs/search.md)."""
_SUPPORT_SHARE = 0.25
_SAYS_SHARE = 0.15
"""What saying the number, day or office that is asked is worth to a run of lines, beside its words."""

Weights = Mapping[str, float]
"""Folded content syllables of the question with what each is worth."""


def rank_of(passage: Passage) -> float:
    """What ranks first has the words and says what is asked; what carries the question best decides between equals."""
    return passage.score + _SUPPORT_SHARE * passage.support


def choose(passages: Sequence[Passage], weights: Weights, min_support: float) -> list[Passage]:
    """Passages worth quoting, best first; empty when none carries enough of the question."""
    chosen: list[Passage] = []
    carried: set[str] = set()
    for passage in passages:
        if passage.support < min_support or len(chosen) == MAX_QUOTES:
            continue
        words = carried_by(passage.chunk.embedded_text, weights)
        near = bool(chosen) and len(chosen) < _MOST_NEAR and rank_of(passage) >= rank_of(chosen[0]) - _NEAR
        new = worth(words - carried, weights) >= _NEW_SHARE
        if not chosen or near or (new and passage.support >= _AS_GOOD * chosen[0].support):
            chosen.append(passage)
            carried |= words
    return chosen


def carried_by(text: str, weights: Weights) -> set[str]:
    """The question's content syllables that occur in `text`."""
    return weights.keys() & {fold(word) for word in syllables(text)}


def quote_from(text: str, weights: Weights, asked: AskedFor = NOTHING_ASKED, max_chars: int = MAX_QUOTE_CHARS) -> str:
    """`text` whole when short, else the run of its lines that carries most of the question, word for word.

    Of runs that carry as much, one that says what is `asked`.
    """
    if len(text) <= max_chars:
        return text.strip()
    spans = _line_spans(text, max_chars)
    best = max(
        _windows(spans, max_chars),
        key=lambda span: (_value(text[slice(*span)], weights, asked), -span[0]),
    )
    return text[slice(*best)].strip()


def worth(words: set[str], weights: Weights) -> float:
    """Share of the question that these words carry, 0–1."""
    total = sum(weights.values())
    return sum(weights[word] for word in words) / total if total else 0.0


def _value(text: str, weights: Weights, asked: AskedFor) -> float:
    return round(worth(carried_by(text, weights), weights) + _SAYS_SHARE * asked.found_in(text.casefold()), 6)


def _line_spans(text: str, max_chars: int) -> list[tuple[int, int]]:
    """Lines as (start, end), over-long ones cut after a sentence or, failing that, a space."""
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        while end - start > max_chars:
            cut = max(text.rfind(mark, start, start + max_chars) for mark in (". ", "; ")) + 1
            cut = cut if cut > start else text.rfind(" ", start, start + max_chars)
            cut = cut if cut > start else start + max_chars
            spans.append((start, cut))
            start = cut
        spans.append((start, end))
        start = end
    return spans


def _windows(spans: list[tuple[int, int]], max_chars: int) -> list[tuple[int, int]]:
    """From every line, the longest run of whole lines that fits."""
    runs = []
    for first, (start, end) in enumerate(spans):
        for _, later in spans[first + 1 :]:
            if later - start > max_chars:
                break
            end = later
        runs.append((start, end))
    return runs
