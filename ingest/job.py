"""The order of an ingest: scan, read what changed, write the next generation, then swap the pointer to it."""

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.corpus.catalogue import Catalogue, SourceRecord
from assistant.corpus.encoder import Encoder
from assistant.corpus.encoders.opening import open_encoder
from assistant.corpus.encoders.vector_cache import VectorCache
from assistant.corpus.generation import CATALOGUE_FILE, current_generation
from assistant.errors import AssistantError, IngestError, StoreUnavailable
from assistant.settings import Settings
from ingest.catalogue import CatalogueWriter
from ingest.chunking import CHUNKER_VERSION
from ingest.gate.checking import check_generation
from ingest.indexing import write_index, write_spelling
from ingest.law.settling import settle
from ingest.reporting.facts import IngestReport, gather
from ingest.reporting.writing import write_report
from ingest.sources import FoundFile, digest, resolve_scopes
from ingest.sync.generations import discard, next_generation, only_writer, prune, publish
from ingest.sync.identifiers import settle_identifiers, spare_identifier
from ingest.sync.page_records import put_reading
from ingest.sync.plan import Plan, plan_rebuild, plan_sync, recorded_roots, write_roots
from ingest.sync.progress import Report
from ingest.sync.reading import ReadResult
from ingest.sync.workers import read_all

READER_VERSION = "6"
"""Raised when reading or outlining changes, so that every source is read again."""
PIPELINE = f"{READER_VERSION}.{CHUNKER_VERSION}"
_PROCESSES = 2

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Counts:
    """What a run did; printed as its summary."""

    started: float = field(default_factory=time.monotonic)
    indexed: int = 0
    rejected: int = 0
    unchanged: int = 0
    removed: int = 0
    documents: int = 0
    chunks: int = 0
    encoded: int = 0
    generation: str = ""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds by stage: reading (with cutting and storing), law, indexing (with encoding), report, gate."""

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.stages[stage] = round(time.monotonic() - began, 1)

    def as_event(self) -> dict[str, object]:
        names = ("indexed", "rejected", "unchanged", "removed", "documents", "chunks", "encoded", "generation")
        seconds = round(time.monotonic() - self.started, 1)
        return {**{name: getattr(self, name) for name in names}, "seconds": seconds, "stages": self.stages}


class IngestJob:
    """Runs one ingest at a time; the served generation is never written to."""

    def __init__(
        self,
        settings: Settings,
        report: Report,
        *,
        encoder: Callable[[], Encoder] | None = None,
        processes: int = _PROCESSES,
    ) -> None:
        self._settings = settings
        self._report = report
        threads = os.cpu_count() or 1
        self._encoder = encoder or partial(open_encoder, settings.encoder, settings.model_cache_dir, threads=threads)
        self._processes = processes

    def sync(self, paths: Sequence[Path], globs: Mapping[Path, str] | None = None) -> Counts:
        """Bring the index up to date with `paths`; sources outside them stay as they are.

        Of a folder that `globs` names only the files that fit are meant.
        """
        with only_writer(self._settings.data_dir):
            previous = current_generation(self._settings.generations_dir)
            scopes, roots = resolve_scopes(paths, recorded_roots(previous), globs)
            return self._run(previous, plan_sync(previous, scopes, roots, PIPELINE))

    def rebuild(self) -> Counts:
        """Read every recorded source again; vectors that are still right come from the cache."""
        with only_writer(self._settings.data_dir):
            previous = current_generation(self._settings.generations_dir)
            return self._run(previous, plan_rebuild(previous))

    def _run(self, previous: Path | None, plan: Plan) -> Counts:
        counts = Counts(unchanged=len(plan.unchanged), removed=len(plan.removed))
        for record in plan.unchanged:
            self._report.file(record.path, "unchanged", record.code, ())
        for key in plan.removed:
            self._report.file(key, "removed", "", ())
        if plan.changed or plan.removed:
            folder = next_generation(self._settings.generations_dir)
            try:
                self._write(folder, previous, plan, counts)
            except AssistantError:
                discard(folder, self._settings.index)
                raise
            except Exception as error:  # a full disk shows in SQLite's, the index's and the system's own errors
                discard(folder, self._settings.index)
                log.exception("writing generation %s failed", folder.name)
                place = str(self._settings.generations_dir)
                raise StoreUnavailable("generation_unwritable", path=place, detail=str(error)) from error
            except BaseException:
                discard(folder, self._settings.index)
                raise
            prune(self._settings.generations_dir, self._settings.index)
        elif previous is not None:
            self._count(previous, counts)
        self._report.summary(counts.as_event())
        return counts

    def check(self, paths: Sequence[Path]) -> IngestReport:
        """Read `paths` for a report only: nothing is encoded, kept or served."""
        counts = Counts()
        scopes, roots = resolve_scopes(paths, {})
        with TemporaryDirectory(prefix="troly-report-") as name:
            with self._catalogue(Path(name), None, plan_sync(None, scopes, roots, PIPELINE), counts):
                pass
            self._count(Path(name), counts)
            counts.generation = ""
            self._report.summary(counts.as_event())
            return replace(gather(Path(name), None, counts.as_event()), generation="")

    def _write(self, folder: Path, served: Path | None, plan: Plan, counts: Counts) -> None:
        previous = None if plan.from_scratch else served
        with self._catalogue(folder, previous, plan, counts) as writer:
            if not writer.count_documents() and not plan.removed:
                raise IngestError("nothing_indexed")
            encoder = self._encoder()
            writer.put_meta("encoder", encoder.name)
        with counts.timed("indexing"):
            self._index(folder, previous, encoder, counts)
        with counts.timed("gate"):
            check_generation(folder, served, plan.removed, encoder, self._settings)
        with counts.timed("report"):
            write_report(folder, previous, counts.as_event(), plan.removed)
        publish(folder)

    @contextmanager
    def _catalogue(self, folder: Path, previous: Path | None, plan: Plan, counts: Counts) -> Iterator[CatalogueWriter]:
        """The catalogue of what `plan` leads to; what the block adds is committed with it."""
        copied = previous / CATALOGUE_FILE if previous else None
        writer = CatalogueWriter(folder / CATALOGUE_FILE, copied)
        try:
            writer.settled.clear()
            for key in plan.removed:
                writer.remove_source(key)
            with counts.timed("reading"):
                self._read(writer, plan.changed, counts)
            with counts.timed("law"):
                settle_identifiers(writer)
                settle(writer)
            writer.put_counts()
            write_roots(writer, plan.roots)
            writer.put_meta("pipeline", PIPELINE)
            yield writer
        finally:
            writer.close()

    def _read(self, writer: CatalogueWriter, files: Sequence[FoundFile], counts: Counts) -> None:
        tasks = ((file.key, file.path) for file in files)
        processes = min(self._processes, len(files)) or 1
        for done, (file, result) in enumerate(zip(files, read_all(tasks, processes), strict=True), 1):
            self._store(writer, file, result, counts)
            self._report.progress("reading", done, len(files))

    def _store(self, writer: CatalogueWriter, file: FoundFile, result: ReadResult, counts: Counts) -> None:
        code, warnings = result.code, tuple(w for document, _ in result.documents for w in document.warnings)
        if not code:
            try:
                with writer.savepoint():
                    self._replace(writer, file, result)
            except Exception as error:  # one file's trouble must not stop the rest
                log.exception("storing %s failed", file.key)
                code = error.code if isinstance(error, AssistantError) else "failed_unexpected"
        if code:
            writer.remove_source(file.key)
            writer.put_source(_record(file, result, "rejected", code))
            counts.rejected += 1
            log.info("rejected %s: %s %s", file.key, code, result.detail)
        else:
            counts.indexed += 1
        put_reading(writer, file.key, result.pages, () if code else warnings)
        self._report.file(file.key, "rejected" if code else "indexed", code, warnings)

    def _replace(self, writer: CatalogueWriter, file: FoundFile, result: ReadResult) -> None:
        writer.remove_source(file.key)
        writer.put_source(_record(file, result, "indexed", ""))
        for document, chunks in result.documents:
            writer.add_document(*spare_identifier(writer, document, chunks))
        writer.put_statuses(file.key, result.statuses)

    def _index(self, folder: Path, previous: Path | None, encoder: Encoder, counts: Counts) -> None:
        cache = VectorCache(self._settings.data_dir / "vectors.sqlite")
        try:
            written = write_index(
                folder,
                previous,
                encoder=encoder,
                cache=cache,
                settings=self._settings.index,
                on_progress=partial(self._report.progress, "encoding"),
            )
        finally:
            cache.close()
        write_spelling(folder)
        counts.encoded = written.encoded
        self._count(folder, counts)

    def _count(self, folder: Path, counts: Counts) -> None:
        catalogue = Catalogue(folder / CATALOGUE_FILE)
        try:
            held = catalogue.counts()
        finally:
            catalogue.close()
        counts.documents, counts.chunks, counts.generation = held["documents"], held["chunks"], folder.name


def _record(file: FoundFile, result: ReadResult, outcome: str, code: str) -> SourceRecord:
    return SourceRecord(
        path=file.key,
        sha256=result.sha256 or digest(file.path),
        size=file.size,
        modified_ns=file.modified_ns,
        outcome=outcome,
        code=code,
        detail=result.detail[:500],
        documents=0,
        chunks=0,
        ingested_at=datetime.now(UTC),
    )
