"""What an asker may be about to type: figures by name, documents by number or title; with marks or without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.finding.page_address import page_of
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.reading.held import HeldDocument
from assistant.query.semantic_model import SemanticModel
from assistant.text import fold

_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` completes what was typed; `question` is what to ask with it; `url` where there is a page."""

    kind: str
    text: str
    question: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    folded: tuple[str, ...]
    suggestion: Suggestion
    label: str = ""


class Suggestions:
    """Safe to share between threads. What can be suggested is arranged once for every generation."""

    def __init__(self, model: SemanticModel, corpus: LiveCorpus) -> None:
        self._corpus = corpus
        self._figures = tuple(_figures(model))
        self._documents = lru_cache(maxsize=1)(self._arranged)

    def of(self, typed: str, labels: Sequence[str], limit: int) -> list[Suggestion]:
        """Those in which every typed word begins a word; shorter ones first, figures before documents."""
        words = _words(typed)
        if sum(map(len, words)) < _LEAST_LETTERS:
            return []
        with self._corpus.open() as generation:
            documents = self._documents(generation.path.name)
        found = [one for one in self._figures if _fits(words, one.folded)]
        found += [one for one in documents if one.label in labels and _fits(words, one.folded)]
        found.sort(key=lambda one: (_place(words, one.folded), len(one.folded)))
        return [one.suggestion for one in found[:limit]]

    def _arranged(self, _: str) -> tuple[_Entry, ...]:
        with self._corpus.open() as generation:
            named = [one for one in generation.documents if one.title and not one.is_draft]
        # A text consolidated by machine is the document it is a state of, and named like it.
        once = {(one.kind, one.number, one.title, one.label): one for one in reversed(named)}
        return tuple(map(_document, reversed(once.values())))


def _figures(model: SemanticModel) -> Iterable[_Entry]:
    for metric in model.metrics.values():
        label = metric.edu.label
        suggestion = Suggestion("metric", label, label[:1].upper() + label[1:])
        for name in dict.fromkeys((label, *metric.ai_context.synonyms)):
            yield _Entry(_words(name), suggestion)


def _document(held: HeldDocument) -> _Entry:
    name = f"{held.kind} {held.number}".strip() if held.number else held.title
    text = f"{name}: {held.title}" if held.number else held.title
    suggestion = Suggestion("document", text[:200], f"{name} quy định những gì?", page_of(held.id))
    return _Entry(_words(f"{held.kind} {held.number} {held.title}"), suggestion, held.label)


def _words(text: str) -> tuple[str, ...]:
    return tuple("".join(ch if ch.isalnum() else " " for ch in fold(text)).split())


def _fits(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Whether every typed word begins a word of its own, in order."""
    at = iter(words)
    return all(any(word.startswith(one) for word in at) for one in typed)


def _place(typed: Sequence[str], words: Sequence[str]) -> int:
    """How far in the first typed word stands."""
    return next(at for at, word in enumerate(words) if word.startswith(typed[0]))
