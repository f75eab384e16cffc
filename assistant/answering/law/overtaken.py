"""Texts that newer law has overtaken although nothing held says so: they are found, named and not quoted."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.access.policy import Policy
from assistant.answering.context import Context
from assistant.answering.labels import labels_of
from assistant.answering.law.name_missing import WHOLE_PHRASE, missing_about, shells_about
from assistant.corpus.chunk import Chunk, Passage
from assistant.corpus.document import DocumentKind, numbered
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.reading.context.known import KnownDocument, register
from assistant.corpus.reading.context.old_terms import old_terms_in
from assistant.corpus.reading.context.topics import says_the_same, speaks_of
from assistant.corpus.reading.question import read_question
from assistant.messages import message

_TELLING = 0.4
"""The support from which a text that no longer holds is worth naming."""
_CLEARLY = 0.85
"""Beside a governing document that is missing, only what clearly speaks of the very thing is quoted."""
_FAIRLY = 0.5
"""Where the title of a document that is not held fits the question, less than this is no answer."""
_NOT_LAW = 8


@dataclass(frozen=True, slots=True)
class SetAsideOvertaken:
    """Sets aside passages of documents the register knows to be replaced, and older ones where the document that
    governs the question is known, of no lower rank, and not held: quoting those would be the wrong law on the day."""

    corpus: LiveCorpus
    policy: Policy

    def __call__(self, context: Context) -> None:
        if context.settled or context.has_figures:
            return
        self._set_aside(context)
        context.note("\n".join(context.lost))

    def _set_aside(self, context: Context) -> None:
        context.passages = _without_ended(_without_replaced(context.passages, context), context)
        labels = labels_of(context.principal, self.policy)
        with self.corpus.open() as generation:
            held = generation.documents.seen_by(ChunkFilter(labels))
            expanded = read_question(context.asked, generation.spelling, context.law_day).expanded
        governing = [one for one in missing_about(expanded, held, WHOLE_PHRASE) if _holds(one, context)]
        if not governing:
            if missing_about(expanded, held) or shells_about(expanded, held):
                context.passages = [one for one in context.passages if one.support >= _FAIRLY]
            return
        kept = [one for one in context.passages if _stands_beside(one, governing[0], expanded)]
        context.lost.extend(_lost(one.chunk, governing[0]) for one in context.passages if one not in kept)
        context.passages = kept
        named = message("document_about", name=governing[0].name)
        if kept:
            context.notices.append(named)
        else:
            context.missing.append(named)


def _without_replaced(passages: Sequence[Passage], context: Context) -> list[Passage]:
    kept = []
    for passage in passages:
        number = passage.chunk.number
        by = register().replacing(number, context.law_day) if number else None
        if by is None:
            kept.append(passage)
            continue
        context.lost.append(_lost(passage.chunk, by))
        if passage.support >= _TELLING:
            context.missing.append(
                message("document_replaced", replaced=numbered(passage.chunk.kind.value, number), name=by.name)
            )
    return kept


def _without_ended(passages: Sequence[Passage], context: Context) -> list[Passage]:
    """Without older texts on what is no more ("bằng tốt nghiệp THCS" since 2026)."""
    ended = [term for term in old_terms_in(context.asked, context.law_day) if term.ended_on]
    kept = []
    for passage in passages:
        chunk = passage.chunk
        if any(term.overtakes(chunk.embedded_text, chunk.effective_from) for term in ended):
            context.lost.append(f"{chunk.number} {chunk.provision_id.partition('#')[2]}: speaks of what has ended")
        else:
            kept.append(passage)
    return kept


def _holds(known: KnownDocument, context: Context) -> bool:
    return known.effective_from is None or known.effective_from <= context.law_day


def _stands_beside(passage: Passage, known: KnownDocument, question: str) -> bool:
    """What is of a document on the same matter, or stands higher and clearly speaks of the very thing.

    Another document of the same rank shares the words and rules on something else.
    """
    same = speaks_of(known, passage.chunk.embedded_text.partition("\n")[0])
    clearly = passage.support >= _CLEARLY and says_the_same(known, question, passage.chunk.embedded_text)
    higher = passage.chunk.kind.authority < _rank(known) and clearly
    return (same or higher) and not _overtaken(passage.chunk, known)


def _overtaken(chunk: Chunk, known: KnownDocument) -> bool:
    """Older than the known document and not above it; reports are no law and say what they say."""
    rank = chunk.kind.authority
    if rank >= _NOT_LAW or rank < _rank(known) or known.effective_from is None:
        return False
    return chunk.effective_from is None or chunk.effective_from < known.effective_from


def _rank(known: KnownDocument) -> int:
    kinds = {kind.value: kind for kind in DocumentKind}
    return kinds[known.kind].authority if known.kind in kinds else _NOT_LAW


def _lost(chunk: Chunk, by: KnownDocument) -> str:
    return f"{chunk.number} {chunk.provision_id.partition('#')[2]}: overtaken by {by.number}"
