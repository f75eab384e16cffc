"""When nothing held answers: says which document is missing, or what in the question does not exist."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.access.policy import Policy
from assistant.answering.context import Context
from assistant.answering.labels import labels_of
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.corpus.document import Document, ProvisionKind, numbered
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus, OpenGeneration
from assistant.corpus.reading.addresses import Address, find_addresses
from assistant.corpus.reading.context.known import KnownDocument, key_of, register
from assistant.corpus.reading.context.topics import about, pairs_of, title_fit
from assistant.corpus.reading.held import HeldDocuments
from assistant.corpus.reading.numbers import find_cited_numbers
from assistant.corpus.reading.question import read_question
from assistant.messages import message

_MOST_NAMED = 2
WHOLE_PHRASE = 1.05
"""The fit from which a question is surely about a known document: it has a phrase that stands for it."""
_NO_FIGURE = (AnswerStatus.NO_METRIC, AnswerStatus.FAILED_ENGINE, AnswerStatus.FAILED_TIMEOUT)
"""A figure that was looked for and not found says nothing against a document that is known to be missing."""
_TITLE_ASKED = 0.4


@dataclass(frozen=True, slots=True)
class NameMissing:
    corpus: LiveCorpus
    policy: Policy

    def __call__(self, context: Context) -> Answer | None:
        if context.citations or (context.data is not None and context.data.status not in _NO_FIGURE):
            return None
        labels = labels_of(context.principal, self.policy)
        with self.corpus.open() as generation:
            held = generation.documents.seen_by(ChunkFilter(labels))
            false = list(_not_there(context.asked, held, generation))
            named = [*context.missing, *_cited_and_absent(context, held)]
            if not named and not false:
                expanded = read_question(context.asked, generation.spelling, context.law_day).expanded
                surely = WHOLE_PHRASE if context.data is not None else 0.0
                named = [message("document_about", name=known.name) for known in missing_about(expanded, held, surely)]
                if not named and context.data is None:
                    named = [message("document_shell", name=name) for name in shells_about(expanded, held)]
        if false:
            return context.stop(AnswerStatus.NO_EVIDENCE, "premise_false", said=" ".join(false))
        if not named:
            return None
        context.notices.clear()  # the text says it all
        named = list(dict.fromkeys(named))[:_MOST_NAMED]
        return context.stop(AnswerStatus.NO_EVIDENCE, "document_missing", named=" ".join(named))


def missing_about(expanded: str, held: HeldDocuments, least: float = 0.0) -> list[KnownDocument]:
    """Known documents in force that the question is about (by at least `least`) and that are not held."""
    found = [known for fit, known in about(expanded) if fit >= least]
    return [] if any(key_of(known.number) in held.whole.keys for known in found[:1]) else found[:_MOST_NAMED]


def shells_about(expanded: str, held: HeldDocuments) -> list[str]:
    """The document of which only the issuing act is held and whose title the question fits best."""
    asked = pairs_of(expanded)
    fits = [(title_fit(title, asked), one) for title, one in held.shells]
    best = max(fits, key=lambda each: each[0], default=None)
    if best is None or best[0] < _TITLE_ASKED:
        return []
    return [f"{numbered(best[1].kind, best[1].number)} ({best[1].title})"]


def _cited_and_absent(context: Context, held: HeldDocuments) -> Iterator[str]:
    for cited in find_cited_numbers(context.asked):
        if held.fitting(cited):
            continue
        known = register().fitting(cited)
        if not known:
            # What replaced it is known even when the document itself has no row.
            known = [
                one for one in register().documents if any(cited.fits(number) for number in one.numbers("replaces"))
            ]
            yield from (message("document_replaced", replaced=cited.written_out, name=one.name) for one in known[:1])
            if not known:
                yield message("document_absent", name=cited.written_out)
            continue
        yield from (_known(one, context) for one in known[:_MOST_NAMED])


def _known(one: KnownDocument, context: Context) -> str:
    by = register().replacing(one.number, context.law_day)
    if by:
        return message("document_replaced", replaced=numbered(one.kind, one.number), name=by.name)
    return message("document_absent", name=one.name)


def _not_there(asked: str, held: HeldDocuments, generation: OpenGeneration) -> Iterator[str]:
    """Sentences on cited units that the one document they can belong to does not have."""
    addresses, numbers = find_addresses(asked), find_cited_numbers(asked)
    if len(numbers) != 1 or not addresses:
        return
    fitting = {one.number: one for one in held.fitting(numbers[0])}
    document = generation.catalogue.document(next(iter(fitting.values())).id) if len(fitting) == 1 else None
    for address in addresses if document else ():
        assert document is not None  # the loop is empty otherwise
        if not _has(document, address):
            last = _last_article(document)
            yield message("unit_absent", name=document.name, path=address.path, last=last)


def _has(document: Document, address: Address) -> bool:
    return any(address.nearness(unit.id, document.text[unit.start : unit.end]) for unit in document.provisions)


def _last_article(document: Document) -> str:
    articles = [unit for unit in document.provisions if unit.kind is ProvisionKind.ARTICLE]
    return articles[-1].path if articles else "–"
