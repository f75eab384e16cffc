"""The write side of the catalogue: one file under construction, which readers never see before the pointer moves."""

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, create_engine, delete, insert, select, update

from assistant.corpus.catalogue import (
    SCHEMA_VERSION,
    Catalogue,
    SourceRecord,
    chunks,
    documents,
    meta,
    metadata,
    provisions,
    relations,
    sources,
)
from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document, Relation, RelationKind
from assistant.errors import IndexUnavailable
from ingest.legal.dates import first_date
from ingest.validity import Standing, ending_relations

_CHUNK_COLUMNS = tuple(column.name for column in chunks.c)
_STATED_END = "stated_end:"


class Fingerprint(NamedTuple):
    """What the index holds of a chunk: when none of it changed, its point need not be written again."""

    digest: str
    document_id: str
    effective_from: date | None
    effective_to: date | None
    label: str
    territory: str
    kind: str
    is_draft: bool


class CatalogueWriter:
    """Everything happens in one transaction, committed by `close`."""

    def __init__(self, path: Path, copy_of: Path | None = None) -> None:
        if copy_of is not None:
            shutil.copyfile(copy_of, path)
        self._path = path
        self._engine = create_engine(f"sqlite:///{path}")
        metadata.create_all(self._engine)
        self._connection: Connection = self._engine.connect()
        self.put_meta("schema_version", SCHEMA_VERSION)

    def close(self) -> None:
        self._connection.commit()
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What happens inside is undone when it fails, and only that."""
        with self._connection.begin_nested():
            yield

    def put_meta(self, key: str, value: str) -> None:
        self._connection.execute(delete(meta).where(meta.c.key == key))
        self._connection.execute(insert(meta).values(key=key, value=value))

    # --- sources and their documents

    def put_source(self, record: SourceRecord) -> None:
        self._connection.execute(delete(sources).where(sources.c.path == record.path))
        self._connection.execute(insert(sources).values(**asdict(record)))

    def remove_source(self, path: str) -> None:
        """A source with everything that came from it."""
        found = self._connection.execute(select(documents.c.id).where(documents.c.source_path == path))
        for (document_id,) in found.all():
            self.remove_document(document_id)
        self._connection.execute(delete(sources).where(sources.c.path == path))

    def remove_document(self, document_id: str) -> None:
        for table in (chunks, relations, provisions):
            self._connection.execute(delete(table).where(table.c.document_id == document_id))
        self._connection.execute(delete(documents).where(documents.c.id == document_id))
        self._connection.execute(delete(meta).where(meta.c.key == _STATED_END + document_id))

    def take_out(self, document_id: str) -> Document:
        """Remove a document and hand it back as its source made it, without what other documents did to it."""
        self._connection.commit()
        reader = Catalogue(self._path)
        try:
            document = reader.document(document_id)
            stated = first_date(reader.meta(_STATED_END + document_id))
        finally:
            reader.close()
        if document is None:
            raise LookupError(document_id)
        self.remove_document(document_id)
        units = (replace(each, validity=replace(each.validity, effective_to=stated)) for each in document.provisions)
        return replace(document, validity=replace(document.validity, effective_to=stated), provisions=tuple(units))

    def holds(self, document_id: str) -> bool:
        return bool(self._connection.execute(select(documents.c.id).where(documents.c.id == document_id)).first())

    def add_document(self, document: Document, its_chunks: Sequence[Chunk]) -> None:
        self._connection.execute(insert(documents).values(**_document_row(document)))
        self._insert(provisions, (_provision_row(document, place) for place in range(len(document.provisions))))
        self._insert(relations, ({"document_id": document.id, **_relation_row(each)} for each in document.relations))
        self._insert(chunks, ({name: getattr(each, name) for name in _CHUNK_COLUMNS} for each in its_chunks))
        if document.validity.effective_to:
            # Its own words, kept apart from what other documents do to it: the latter is undone when they go.
            self.put_meta(_STATED_END + document.id, document.validity.effective_to.isoformat())

    # --- all documents

    def document_sources(self) -> list[tuple[str, str]]:
        """(document id, source path) of every document."""
        query = select(documents.c.id, documents.c.source_path).order_by(documents.c.source_path, documents.c.id)
        return [(row[0], row[1]) for row in self._connection.execute(query)]

    def standings(self) -> list[Standing]:
        stated = dict(self._connection.execute(select(meta.c.key, meta.c.value)).all())
        edges: dict[str, list[Relation]] = {}
        for row in self._connection.execute(select(relations)):
            edge = Relation(RelationKind(row.kind), row.target_number, row.target_path, row.evidence)
            edges.setdefault(row.document_id, []).append(edge)
        return [
            Standing(
                row.id,
                row.number,
                row.issued_on,
                row.effective_from,
                date.fromisoformat(stated[_STATED_END + row.id]) if _STATED_END + row.id in stated else None,
                row.is_draft,
                ending_relations(edges.get(row.id, ())),
            )
            for row in self._connection.execute(select(documents).order_by(documents.c.id))
        ]

    def put_ends(self, ends: Mapping[str, date | None]) -> None:
        """Set the last day in force of each document and all its parts."""
        for document_id, end in ends.items():
            own = documents.c.id == document_id
            held = self._connection.execute(select(documents.c.effective_to).where(own)).scalar_one()
            if held == end:
                continue
            self._connection.execute(update(documents).where(own).values(effective_to=end))
            for table in (provisions, chunks):
                part = table.c.document_id == document_id
                self._connection.execute(update(table).where(part).values(effective_to=end))

    def count_documents(self) -> int:
        return len(self.document_sources())

    def put_counts(self) -> None:
        """How many documents and chunks each source holds, as they stand now."""
        for (path,) in self._connection.execute(select(sources.c.path)).all():
            own = documents.c.source_path == path
            held = select(chunks.c.id).join(documents, documents.c.id == chunks.c.document_id).where(own)
            values = {
                "documents": len(self._connection.execute(select(documents.c.id).where(own)).all()),
                "chunks": len(self._connection.execute(held).all()),
            }
            self._connection.execute(update(sources).where(sources.c.path == path).values(**values))

    def _insert(self, table: Any, rows: Iterable[Mapping[str, object]]) -> None:
        listed = list(rows)
        if listed:
            self._connection.execute(insert(table), listed)


def fingerprints(path: Path) -> dict[str, Fingerprint]:
    """Every chunk of a catalogue file with what the index holds of it."""
    own = ("digest", "document_id", "effective_from", "effective_to")
    head = ("label", "territory", "kind", "is_draft")
    wanted = [chunks.c.id, *(chunks.c[name] for name in own), *(documents.c[name] for name in head)]
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            rows = connection.execute(select(*wanted).join(documents, documents.c.id == chunks.c.document_id))
            return {row[0]: Fingerprint(*row[1:]) for row in rows}
    finally:
        engine.dispose()


def recorded_sources(path: Path) -> list[SourceRecord]:
    """The sources of a catalogue of any schema version that has the columns we know."""
    names = [each.name for each in fields(SourceRecord)]
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            rows = connection.execute(f"SELECT {', '.join(names)} FROM sources ORDER BY path").fetchall()
    except sqlite3.Error as error:
        raise IndexUnavailable("index_unreadable", detail=str(error)) from error
    return [SourceRecord(**dict(zip(names, row, strict=True))) for row in rows]


def recorded_meta(path: Path) -> dict[str, str]:
    """The meta rows of a catalogue of any schema version; nothing when it cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return dict(connection.execute("SELECT key, value FROM meta").fetchall())
    except sqlite3.Error:
        return {}


def _document_row(document: Document) -> dict[str, Any]:
    skipped = {"provisions", "source", "validity", "relations", "warnings", "kind"}
    plain = {each.name: getattr(document, each.name) for each in fields(document) if each.name not in skipped}
    return {
        **plain,
        "kind": document.kind.value,
        "effective_from": document.validity.effective_from,
        "effective_to": document.validity.effective_to,
        "source_path": document.source.path,
        "source_sha256": document.source.sha256,
        "source_size": document.source.size,
        "warnings": json.dumps(document.warnings, ensure_ascii=False),
    }


def _provision_row(document: Document, ordinal: int) -> dict[str, Any]:
    provision = document.provisions[ordinal]
    skipped = {"validity", "headings", "kind"}
    plain = {each.name: getattr(provision, each.name) for each in fields(provision) if each.name not in skipped}
    return {
        **plain,
        "document_id": document.id,
        "ordinal": ordinal,
        "kind": provision.kind.value,
        "headings": json.dumps(provision.headings, ensure_ascii=False),
        "effective_from": provision.validity.effective_from,
        "effective_to": provision.validity.effective_to,
    }


def _relation_row(relation: Relation) -> dict[str, str]:
    return {**asdict(relation), "kind": relation.kind.value}
