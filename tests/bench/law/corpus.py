"""The whole of ../shared/data/corpus read for measuring: its documents, their relations in one order, random samples.

python -m tests.bench.law.corpus --seed 7 --count 100      a random sample of relations, to judge by eye
"""

import argparse
import hashlib
import random
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.corpus.document import Document, Relation
from assistant.errors import AssistantError
from ingest.documents import read_documents
from ingest.origins.codified import split_rows

CORPUS = Path(__file__).parents[4] / "shared" / "data" / "corpus"
_SCANS = "qd_ttg_signed_pdf"


class Found(NamedTuple):
    """One relation with the file and the document it was found in."""

    file: str
    document: str
    relation: Relation

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What tells it from all others, without its evidence."""
        one = self.relation
        target = one.target_number or one.target_name
        return (self.file, self.document, one.source_path, one.kind.value, target, one.target_path)


@cache
def documents(*, everything: bool) -> tuple[Document, ...]:
    """Every readable document but the scans; with `everything` also those of the 62,323 articles of all topics."""
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor() as pool:
        found = pool.map(_read, _files(Path(folder), everything=everything), chunksize=16)
        return tuple(document for documents_ in found for document in documents_)


def _files(folder: Path, *, everything: bool) -> Iterator[tuple[str, str]]:
    """(path on disk, name in the corpus)."""
    for path in sorted(CORPUS.rglob("*")):
        if path.is_file() and ".jsonl" not in path.name and _SCANS not in path.parts:
            yield str(path), path.relative_to(CORPUS).as_posix()
    if everything:
        split_rows(CORPUS / "bo_phap_dien/all_articles.jsonl.gz", folder)
        yield from ((str(path), f"all/{path.name}") for path in sorted(folder.glob("*.jsonl")))


def _read(file: tuple[str, str]) -> list[Document]:
    path, name = file
    try:
        return read_documents(Path(path).read_bytes(), name)
    except AssistantError:
        return []  # an ingest tells which and why; here only what was read counts


def relations(*, everything: bool) -> list[Found]:
    found = [
        Found(document.source.path, document.id, relation)
        for document in documents(everything=everything)
        for relation in document.relations
    ]
    return sorted(found, key=lambda each: each.key)


def sample(population: list[Found], seed: int, count: int) -> list[Found]:
    return random.Random(seed).sample(population, count)


def digest(evidence: str) -> str:
    """Stands for a sentence that is not copied into this repository."""
    return hashlib.sha256(evidence.encode()).hexdigest()[:16]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=100)
    chosen = parser.parse_args()
    for place, each in enumerate(sample(relations(everything=True), chosen.seed, chosen.count)):
        one = each.relation
        print(f"#{place} {one.kind.value}: {each.document} {one.source_path!r} → {each.key[4]!r} {one.target_path!r}")
        print(f"    {one.evidence}")


if __name__ == "__main__":
    main()
