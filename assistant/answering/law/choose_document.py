"""A bare number that several documents share: the topic of the question decides, else the asker is asked back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.access.policy import Policy
from assistant.answering.context import Context, Route
from assistant.answering.labels import labels_of
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.corpus.document import numbered
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus, OpenGeneration
from assistant.corpus.reading.context.known import key_of, register
from assistant.corpus.reading.context.topics import about, pairs_of, title_fit, written_out
from assistant.corpus.reading.numbers import CitedNumber, find_cited_numbers, year_of
from assistant.corpus.reading.question import read_question
from assistant.messages import message
from assistant.text import nfc

_MAX_CHOICES = 5
_MAX_TITLE = 90
_FITS = 0.2
_CLEARLY = 1.5
_ABOUT_NOTHING = 2
"""A question with fewer telling pairs asks for the document itself: no topic can decide."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that a number may mean, and how well its title or topic fits the question."""

    number: str
    kind: str
    title: str
    fit: float

    @property
    def name(self) -> str:
        return numbered(self.kind, self.number)


@dataclass(frozen=True, slots=True)
class ChooseDocument:
    corpus: LiveCorpus
    policy: Policy

    def __call__(self, context: Context) -> Answer | None:
        asked = nfc(context.asked)
        bare = [number for number in find_cited_numbers(asked) if not number.is_full]
        if not bare or context.route is Route.DATA:
            return None
        chunk_filter = ChunkFilter(labels=labels_of(context.principal, self.policy))
        with self.corpus.open() as generation:
            found = [(number, candidates(number, asked, generation, chunk_filter)) for number in bare]
        for number, meant in reversed(found):
            chosen = _clearly_meant(meant)
            if chosen:
                asked = f"{asked[: number.start]}{chosen.name}{asked[number.end :]}"
                context.understood = asked
                context.notices.append(_taken(number, chosen, meant))
            elif len(meant) > 1 and (number.year or len(pairs_of(_without(asked, number))) < _ABOUT_NOTHING):
                return _ask_back(context, asked, number, meant)
        return None


def candidates(
    number: CitedNumber, asked: str, generation: OpenGeneration, chunk_filter: ChunkFilter
) -> list[Candidate]:
    """Every document, held or known, that `number` may mean; the best fitting first, then the newest."""
    expanded = read_question(_without(asked, number), generation.spelling).expanded
    pairs = pairs_of(expanded)
    topics = {key_of(known.number): fit for fit, known in about(expanded)}
    held = [(one.number, one.kind, one.title) for one in generation.documents.seen_by(chunk_filter).fitting(number)]
    known = [(one.number, one.kind, one.title) for one in register().fitting(number)]
    found: dict[str, Candidate] = {}
    for candidate, kind, title in (*known, *held):
        key = key_of(candidate)
        if key in found or not number.fits(candidate):
            continue
        fit = max(topics.get(key, 0.0), _share(pairs_of(written_out(title)), pairs))
        found[key] = Candidate(candidate, kind, title, fit)
    return sorted(found.values(), key=lambda one: (-one.fit, -year_of(one.number), one.number))


def _clearly_meant(meant: Sequence[Candidate]) -> Candidate | None:
    if len(meant) < 2 or meant[0].fit < _FITS or meant[0].fit < _CLEARLY * meant[1].fit:
        return None
    return meant[0]


def _taken(number: CitedNumber, chosen: Candidate, meant: Sequence[Candidate]) -> str:
    others = ", ".join(one.number for one in meant[1:_MAX_CHOICES])
    return message(
        "number_taken", written=number.written_out, number=chosen.number, title=_short(chosen.title), others=others
    )


def _ask_back(context: Context, asked: str, number: CitedNumber, meant: Sequence[Candidate]) -> Answer:
    shown = meant[:_MAX_CHOICES]
    named = "; ".join(f"{one.name} ({_short(one.title)})" if one.title else one.name for one in shown)
    answer = context.stop(AnswerStatus.CLARIFICATION, "number_ambiguous", written=number.written_out, named=named)
    choices = tuple(f"{asked[: number.start]}{one.name}{asked[number.end :]}" for one in shown)
    return replace(answer, choices=choices)


def _share(title: frozenset[str], asked: frozenset[str]) -> float:
    """Of a long title or a short question, whichever is the smaller."""
    return max(title_fit(title, asked), title_fit(asked, title))


def _short(title: str) -> str:
    return title if len(title) <= _MAX_TITLE else title[:_MAX_TITLE].rpartition(" ")[0] + "…"


def _without(asked: str, number: CitedNumber) -> str:
    return f"{asked[: number.start]} {asked[number.end :]}"
