"""Relations over the whole corpus: their counts, precision on judged samples, recall on documents read by hand."""

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.corpus.document import Document
from ingest.catalogue.settled import Head
from ingest.law.resolving import Holdings
from tests.bench.law.corpus import CORPUS, digest, documents, relations, sample

DATA = Path(__file__).parents[2] / "data" / "law"
LAST_ROUND = 6
pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not CORPUS.exists(), reason="../shared/data is absent"),
]


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def test_counts_by_kind_resolved_and_known_but_not_held() -> None:
    held = documents(everything=True)
    holdings = Holdings([_head(document, place) for place, document in enumerate(held)])
    resolved: Counter[str] = Counter()
    absent: Counter[str] = Counter()
    for place, document in enumerate(held):
        for each in document.relations:
            found = holdings.target(each, f"{document.id}~{place}")
            (resolved if found else absent)[each.kind.value] += 1
    print(f"\n{len(held)} documents")
    for kind in sorted({*resolved, *absent}):
        print(f"{kind:16} {resolved[kind] + absent[kind]:6} held {resolved[kind]:6} not held {absent[kind]:6}")
    print(f"{'all':16} {resolved.total() + absent.total():6} held {resolved.total():6} not held {absent.total():6}")
    assert resolved.total() > 0 < absent.total()


def _head(document: Document, place: int) -> Head:
    return Head(
        f"{document.id}~{place}",
        document.number,
        document.kind.value,
        document.title,
        document.issued_on,
        document.validity.effective_from,
        document.validity.effective_to,
        document.is_draft,
        document.is_official,
        "[]",
    )


def test_the_last_judged_sample_is_still_what_is_found_and_is_right() -> None:
    judged = [row for row in rows("relations_judged.jsonl") if row["round"] == LAST_ROUND]
    drawn = {(*each.key, digest(each.relation.evidence)) for each in relations(everything=True)}
    names = ("file", "document", "source_path", "kind", "target", "path", "evidence_sha256")
    right = [row for row in judged if row["verdict"] == "right"]
    kept = [row for row in right if tuple(row[name] for name in names) in drawn]
    print(f"\njudged {len(judged)}, right {len(right)}, of those still found {len(kept)}")
    assert len(right) >= 0.98 * len(judged)
    assert len(kept) >= 0.98 * len(right)


def test_recall_on_documents_whose_relations_were_listed_by_hand() -> None:
    found = {each.key for each in relations(everything=False)}
    wanted = [
        (row["file"], row["document"], source, kind, target, path)
        for row in rows("relations_gold.jsonl")
        for kind, source, target, path in row["relations"]  # type: ignore[attr-defined]  # a list of four names
    ]
    missed = [each for each in wanted if each not in found]
    print(f"\nlisted {len(wanted)}, found {len(wanted) - len(missed)}; missed: {missed}")
    assert len(wanted) - len(missed) >= 0.95 * len(wanted)


def test_effective_dates_are_those_the_texts_state() -> None:
    held = {(document.source.path, document.id): document for document in documents(everything=False)}
    gold = rows("effective_gold.jsonl")
    wrong = []
    for row in gold:
        document = held.get((str(row["file"]), str(row["document"])))
        day = document.validity.effective_from if document else None
        if (day.isoformat() if day else None) != row["effective_from"]:
            wrong.append((row["document"], row["effective_from"], day))
    print(f"\nstated {len(gold)}, right {len(gold) - len(wrong)}; wrong: {wrong}")
    assert len(gold) - len(wrong) >= 0.98 * len(gold)


def test_a_sample_can_be_drawn_again() -> None:
    population = relations(everything=False)
    assert sample(population, 1, 50) == sample(population, 1, 50)
