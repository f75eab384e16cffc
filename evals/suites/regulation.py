"""The regulation suite: are answers drawn from the right provision, is nothing invented, is the rest declined."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from assistant.answering.services import Services
from assistant.conversations.answer import Answer, Citation
from assistant.conversations.conversation import Turn
from assistant.corpus.catalogue import Catalogue, LawReader
from assistant.corpus.document import Document, Provision
from assistant.text import nfc
from evals.corpora.opening import corpus_settings
from evals.expected.provisions import Located, ProvisionCase, locate
from evals.scorers.regulation.citation_precision import CitationPrecision
from evals.scorers.regulation.citation_recall import CitationRecall
from evals.scorers.regulation.declined_right import DeclinedRight
from evals.scorers.regulation.false_refusal import FalseRefusal
from evals.scorers.regulation.invented_citation import InventedCitation
from evals.scorers.regulation.not_in_force import NotInForce
from evals.suite import DATASETS, CaseSource, Options, Suite, Task, Threshold
from evals.suites.opening import corpus_digest, education_digest, open_services, principal_of


@contextmanager
def open_task(options: Options) -> Iterator[Task[ProvisionCase]]:
    """The whole pipeline, as a conversation runs it."""
    with corpus_settings(options) as settings, open_services(settings) as services:
        digests = {"corpus": corpus_digest(services), "education": education_digest(settings)}
        yield Task(lambda case: answer_case(services, case), digests)


def answer_case(services: Services, case: ProvisionCase) -> dict[str, Any]:
    """Ask, then look every citation up in the catalogue instead of believing the answer."""
    answer = ask(services, case)
    with services.corpus.open() as generation:
        citations = [_citation(generation.catalogue, citation, answer.as_of) for citation in answer.citations]
    return {
        "status": answer.status.value,
        "code": answer.code,
        "text": answer.text,
        "as_of": answer.as_of.isoformat(),
        "citations": citations,
        "notices": list(answer.notices),
    }


def ask(services: Services, case: ProvisionCase) -> Answer:
    """The answer to a case after the questions before it."""
    principal = principal_of(case.asker, services)
    turns: list[Turn] = []
    for question in case.earlier:
        turns.append(Turn(question, services.answer(question, principal, case.as_of, tuple(turns))))
    return services.answer(case.question, principal, case.as_of, tuple(turns))


def _citation(catalogue: Catalogue, citation: Citation, day: date) -> Mapping[str, Any]:
    document = catalogue.document(citation.document_id)
    provision = _provision(document, citation.provision_id)
    if document is None or provision is None:
        place = Located((citation.document_number, citation.title), citation.path)
        return {**asdict(place), "quote": citation.quote, "verified": False, "in_store": False, "in_force": False}
    quote = _plain(citation.quote)
    return {
        **asdict(replace(_quoted(document, provision, quote), origins=_origins(catalogue, document, provision, quote))),
        "quote": citation.quote,
        "verified": citation.verified,
        "in_store": bool(quote) and _is_as_stored(citation, document, provision),
        "in_force": document.validity.in_force(day) and provision.validity.in_force(day),
    }


def _provision(document: Document | None, provision_id: str) -> Provision | None:
    return next((p for p in document.provisions if p.id == provision_id), None) if document else None


def _quoted(document: Document, provision: Provision, quote: str) -> Located:
    """Where the citation stands; of the provisions inside it, those the quote holds whole."""
    place = locate(document, provision.id)
    inside = [p for p in document.provisions if provision.start <= p.start and p.end <= provision.end]
    quoted = [
        locate(document, p.id).path
        for p in inside
        if p is not provision and _plain(document.provision_text(p)) in quote
    ]
    return Located(place.names, place.path, tuple(quoted))


def _origins(catalogue: Catalogue, document: Document, provision: Provision, quote: str) -> tuple[tuple[str, str], ...]:
    """The amending provisions whose words a quote of a consolidated text shows."""
    if not document.version_of:
        return ()
    law = LawReader(catalogue)
    effects = {(each.amending_id, each.ordinal): each for each in law.effects_on(document.version_of)}
    shown = [
        effects[amending_id, ordinal]
        for start, end, amending_id, ordinal in law.changed_spans(document.id)
        if (amending_id, ordinal) in effects
        and start < provision.end
        and provision.start < end
        and _share_words(_plain(document.text[start:end]), quote)
    ]
    return tuple(dict.fromkeys((each.amending_number, each.source_path) for each in shown))


def _share_words(words: str, quote: str) -> bool:
    return bool(words) and (words in quote or quote in words)


def _is_as_stored(citation: Citation, document: Document, provision: Provision) -> bool:
    """Number, path and every word are what the catalogue holds."""
    named = (citation.document_number, citation.path) == (document.number, provision.path)
    return named and _plain(citation.quote) in _plain(document.provision_text(provision))


def _plain(text: str) -> str:
    """Line breaks and runs of spaces are layout, not words."""
    return " ".join(nfc(text).split())


SUITE = Suite(
    name="regulation",
    cases=CaseSource(DATASETS / "regulation" / "sample.jsonl", ProvisionCase),
    task=open_task,
    scorers=(CitationPrecision(), CitationRecall(), InventedCitation(), NotInForce(), DeclinedRight(), FalseRefusal()),
    gate=(Threshold("invented_citation", at_most=0.0), Threshold("not_in_force", at_most=0.01)),
)
