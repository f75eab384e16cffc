"""What a generation holds and what is doubtful about it, gathered from its catalogue: the content of every report."""

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from assistant.corpus.generation import CATALOGUE_FILE
from assistant.corpus.runs import REPORT_FILE
from assistant.errors import IndexUnavailable
from assistant.messages import message
from ingest.reporting.sketches import Sketch, load_sketches, save_sketches, similar, sketch


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at: a stable code, its detail, and the sentence that says what to do."""

    code: str
    detail: str = ""

    @property
    def sentence(self) -> str:
        return message(self.code, detail=self.detail)

    @classmethod
    def of(cls, written: str) -> "Doubt":
        code, _, detail = written.partition(":")
        return cls(code, detail)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file with what became of it."""

    path: str
    outcome: str
    reason: Doubt | None
    numbers: tuple[str, ...]
    pages: int
    provisions: int
    chunks: int
    warnings: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Twins:
    """Two documents with the same text, nearly the same text, or the same number."""

    kind: str
    first: str
    second: str
    share: float


@dataclass(frozen=True, slots=True)
class IngestReport:
    generation: str
    totals: Mapping[str, int]
    files: tuple[FileFacts, ...]
    twins: tuple[Twins, ...]
    run: Mapping[str, object] = field(default_factory=dict)
    removed: tuple[str, ...] = ()

    @property
    def rejected(self) -> list[FileFacts]:
        return [each for each in self.files if each.reason is not None]

    @property
    def doubtful(self) -> list[FileFacts]:
        return [each for each in self.files if each.warnings and each.reason is None]

    def as_json(self) -> dict[str, Any]:
        files = [{**asdict(each), "sentences": _sentences(each)} for each in self.files]
        return {**asdict(self), "files": files, "codes": self.codes()}

    def codes(self) -> dict[str, int]:
        """How often each code was given, rejections and warnings alike."""
        found = (each for file in self.files for each in (*((file.reason,) if file.reason else ()), *file.warnings))
        return dict(sorted(Counter(each.code for each in found).items()))


def gather(
    folder: Path, previous: Path | None = None, run: Mapping[str, object] | None = None, removed: Sequence[str] = ()
) -> IngestReport:
    """The report of the generation in `folder`; sketches of texts that `previous` had too are taken over."""
    try:
        with closing(sqlite3.connect(f"file:{folder / CATALOGUE_FILE}?mode=ro", uri=True)) as connection:
            files = tuple(_files(connection))
            totals = _totals(connection, files)
            twins = tuple(_twins(connection, folder, previous))
    except sqlite3.Error as error:
        raise IndexUnavailable("index_unreadable", detail=str(error)) from error
    return IngestReport(folder.name, totals, files, twins, run or {}, tuple(removed))


def load_report(folder: Path) -> dict[str, Any]:
    """The report as it was written beside a generation; empty where there is none."""
    try:
        found: dict[str, Any] = json.loads((folder / REPORT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _files(connection: sqlite3.Connection) -> Iterator[FileFacts]:
    documents: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for path, number, warnings in connection.execute(
        "SELECT source_path, number, warnings FROM documents WHERE version_of = '' ORDER BY id"
    ):
        documents[path].append((number, tuple(json.loads(warnings))))
    counted = "SELECT d.source_path, count(*) FROM provisions p JOIN documents d ON d.id = p.document_id GROUP BY 1"
    provisions = dict(connection.execute(counted).fetchall())
    for path, outcome, code, detail, chunks in connection.execute(
        "SELECT path, outcome, code, detail, chunks FROM sources ORDER BY path"
    ):
        held = documents[path]
        doubts = tuple(dict.fromkeys(each for _, warnings in held for each in warnings))
        numbers = tuple(number for number, _ in held if number)
        reason = Doubt(code, detail) if code else None
        pages = _pages(connection, path)
        found = tuple(map(Doubt.of, doubts))
        yield FileFacts(path, outcome, reason, numbers, pages, provisions.get(path, 0), chunks, found)


def _pages(connection: sqlite3.Connection, path: str) -> int:
    """Pages the reader recorded, for formats that have pages."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (f"reading:{path}",)).fetchone()
    runs = json.loads(row[0])["pages"] if row and row[0] else []
    return sum(_span(str(run["pages"])) for run in runs)


def _span(written: str) -> int:
    """ "1-3, 7" is four pages."""
    ends = [part.replace("–", "-").split("-") for part in written.split(",") if part.strip()]
    return sum(int(pair[-1]) - int(pair[0]) + 1 for pair in ends)


def _totals(connection: sqlite3.Connection, files: Sequence[FileFacts]) -> dict[str, int]:
    kinds = dict(connection.execute("SELECT kind, count(*) FROM provisions GROUP BY kind ORDER BY kind").fetchall())
    # Texts that a machine consolidated are later states of documents, not documents of their own.
    held = "SELECT count(*) FROM documents WHERE version_of = ''"
    counted = {"documents": held, "chunks": "SELECT count(*) FROM chunks"}
    return {
        "files": len(files),
        "indexed": sum(each.reason is None for each in files),
        "rejected": sum(each.reason is not None for each in files),
        "with_warnings": sum(bool(each.warnings) and each.reason is None for each in files),
        "pages": sum(each.pages for each in files),
        "provisions": sum(kinds.values()),
        **{name: connection.execute(query).fetchone()[0] for name, query in counted.items()},
        **{f"provisions: {kind}": count for kind, count in kinds.items()},
    }


def _twins(connection: sqlite3.Connection, folder: Path, previous: Path | None) -> Iterator[Twins]:
    kept = load_sketches(previous) if previous else {}
    by_digest: dict[str, list[str]] = defaultdict(list)
    by_number: dict[str, list[str]] = defaultdict(list)
    digests: dict[str, Sketch] = {}
    for document_id, number, text in connection.execute(
        "SELECT id, number, text FROM documents WHERE version_of = '' ORDER BY id"
    ):
        digest = hashlib.sha256(text.encode()).hexdigest()
        by_digest[digest].append(document_id)
        by_number[number].append(document_id)
        if digest not in digests:
            known = kept.get(digest)
            digests[digest] = sketch(text) if known is None else known
    save_sketches(folder, digests)
    linked: set[tuple[str, str]] = set()
    for same in by_digest.values():
        for other in same[1:]:
            linked.add((same[0], other))
            yield Twins("same_text", same[0], other, 1.0)
    firsts = {by_digest[digest][0]: each for digest, each in digests.items()}
    for pair in similar(firsts):
        linked.add((pair.first, pair.second))
        yield Twins("near_text", pair.first, pair.second, round(pair.share, 2))
    for number, same in by_number.items():
        for other in same[1:] if number else ():
            if (same[0], other) not in linked:
                yield Twins("same_number", same[0], other, 0.0)


def _sentences(file: FileFacts) -> list[str]:
    return [each.sentence for each in (*((file.reason,) if file.reason else ()), *file.warnings)]
