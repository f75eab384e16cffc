"""The retrieval suite: does the search that stands behind every answer find the gold provision, and how high."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from assistant.answering.labels import labels_of
from assistant.answering.services import Services
from assistant.corpus.catalogue import Catalogue
from assistant.corpus.chunk import Passage
from assistant.corpus.document import Document
from assistant.corpus.filters import ChunkFilter
from evals.corpora.opening import corpus_settings
from evals.expected.provisions import Gold, Located, ProvisionCase, locate, matches, units
from evals.scorers.retrieval.recall import Recall
from evals.scorers.retrieval.reciprocal_rank import ReciprocalRank
from evals.suite import DATASETS, CaseSource, Options, Suite, Task
from evals.suites.opening import corpus_digest, open_services, principal_of

_DEPTH = 100
_SHOWN = 10


@contextmanager
def open_task(options: Options) -> Iterator[Task[ProvisionCase]]:
    """Search alone, with the filter an answer would use."""
    with corpus_settings(options) as settings, open_services(settings) as services:
        yield Task(_Search(services), {"corpus": corpus_digest(services)})


class _Search:
    """Remembers documents between cases: a catalogue read for every passage would be most of a run's time."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._documents: dict[str, Document | None] = {}
        self._places: dict[str, Located] = {}

    def __call__(self, case: ProvisionCase) -> Mapping[str, Any]:
        services = self._services
        labels = labels_of(principal_of(case.asker, services), services.policy)
        # Without a day the question is about the text, not about what is in force.
        result = services.search(case.question, ChunkFilter(labels, as_of=case.as_of), _DEPTH)
        with services.corpus.open() as generation:
            found = [self._place(generation.catalogue, passage) for passage in result.passages]
        ranked = best_of_each_article(found) if _asks_for_articles(case.gold) else found
        return {
            "ranks": [rank_of(gold, ranked) for gold in case.gold],
            "found": [str(place) for place in ranked[:_SHOWN]],
        }

    def _place(self, catalogue: Catalogue, passage: Passage) -> Located:
        chunk = passage.chunk
        if chunk.document_id not in self._documents:
            self._documents[chunk.document_id] = catalogue.document(chunk.document_id)
        if chunk.id not in self._places:
            document = self._documents[chunk.document_id]
            assert document is not None  # a chunk's document is a foreign key
            self._places[chunk.id] = locate(document, chunk.provision_id, chunk.start, chunk.end)
        return self._places[chunk.id]


def rank_of(gold: Gold, ranked: Iterable[Located]) -> int | None:
    """The place of the first that is gold, from 1."""
    return next((rank for rank, place in enumerate(ranked, start=1) if matches(gold, place)), None)


def best_of_each_article(found: Iterable[Located]) -> list[Located]:
    """Articles in the order of their best passage."""
    best: dict[str, Located] = {}
    for place in found:
        best.setdefault(place.article, place)
    return list(best.values())


def _asks_for_articles(gold: Iterable[Gold]) -> bool:
    return all({kind for kind, _ in units(each.path)} == {"điều"} for each in gold)


def read_case(record: dict[str, Any]) -> dict[str, Any]:
    """Our format, or that of ALQAC: {question_id, text, relevant_articles: [{law_id, article_id}]}."""
    if "relevant_articles" not in record:
        return record
    gold = [
        {"document_number": article["law_id"], "path": f"Điều {article['article_id']}"}
        for article in record["relevant_articles"]
    ]
    return {"id": record.get("question_id"), "question": record.get("text"), "gold": gold}


SUITE = Suite(
    name="retrieval",
    cases=CaseSource(DATASETS / "retrieval" / "sample.jsonl", ProvisionCase, read_case),
    task=open_task,
    scorers=(Recall(1), Recall(5), Recall(10), ReciprocalRank()),
)
