"""Writing sources and their documents, as each source made them."""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, bindparam, create_engine, delete, func, insert, select, update

from assistant.corpus.catalogue import (
    SCHEMA_VERSION,
    SourceRecord,
    amendments,
    changes,
    chunks,
    documents,
    meta,
    metadata,
    provisions,
    relations,
    sources,
    statuses,
)
from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document
from ingest.catalogue.rows import amendment_row, document_row, provision_row, relation_row, stated_document
from ingest.catalogue.settled import SettledRows
from ingest.law.registers import Register

_CHUNK_COLUMNS = tuple(column.name for column in chunks.c)
READING = "reading:"
"""Before a source's path: the key of how it was read."""


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
        self._connection.execute(delete(statuses).where(statuses.c.source_path == path))
        self._connection.execute(delete(meta).where(meta.c.key == f"{READING}{path}"))
        self._connection.execute(delete(sources).where(sources.c.path == path))

    def put_statuses(self, path: str, registers: Iterable[Register]) -> None:
        """What a register says of documents, held or not."""
        rows = [{"source_path": path, "ordinal": place, **asdict(each)} for place, each in enumerate(registers)]
        self._insert(statuses, rows)

    def remove_document(self, document_id: str) -> None:
        for table in (chunks, relations, amendments, changes, provisions):
            self._connection.execute(delete(table).where(table.c.document_id == document_id))
        self._connection.execute(delete(documents).where(documents.c.id == document_id))

    def take_out(self, document_id: str) -> Document:
        """Remove a document and hand it back as its source made it, without what other documents did to it."""
        document = self.stated_document(document_id)
        self.remove_document(document_id)
        return document

    def stated_document(self, document_id: str) -> Document:
        """A document as its source made it."""
        row = self._connection.execute(select(documents).where(documents.c.id == document_id)).one()
        units = self._rows(provisions, document_id, provisions.c.ordinal)
        orders = self._rows(amendments, document_id, amendments.c.ordinal)
        edges = self._rows(relations, document_id, relations.c.ordinal)
        return stated_document(row, units, edges, orders)

    def _rows(self, table: Table, document_id: str, order: Column[Any]) -> Sequence[Row[Any]]:
        return self._connection.execute(select(table).where(table.c.document_id == document_id).order_by(order)).all()

    def holds(self, document_id: str) -> bool:
        return bool(self._connection.execute(select(documents.c.id).where(documents.c.id == document_id)).first())

    def add_document(self, document: Document, its_chunks: Sequence[Chunk]) -> None:
        self._connection.execute(insert(documents).values(**document_row(document)))
        self._insert(provisions, (provision_row(document, place) for place in range(len(document.provisions))))
        edges = enumerate(document.relations)
        self._insert(relations, (relation_row(document.id, place, each) for place, each in edges))
        orders = enumerate(document.amendments)
        self._insert(amendments, (amendment_row(document.id, place, each) for place, each in orders))
        self._insert(chunks, ({name: getattr(each, name) for name in _CHUNK_COLUMNS} for each in its_chunks))

    # --- all documents

    def document_sources(self) -> list[tuple[str, str]]:
        """(document id, source path) of every document."""
        query = select(documents.c.id, documents.c.source_path).where(documents.c.version_of == "")
        ordered = query.order_by(documents.c.source_path, documents.c.id)
        return [(row[0], row[1]) for row in self._connection.execute(ordered)]

    @property
    def settled(self) -> SettledRows:
        """What is derived from all documents together."""
        return SettledRows(self._connection)

    def count_documents(self) -> int:
        return len(self.document_sources())

    def put_counts(self) -> None:
        """How many documents and chunks each source holds, as they stand now."""
        cut = select(chunks.c.document_id, func.count()).group_by(chunks.c.document_id)
        cut_of: dict[str, int] = {row[0]: row[1] for row in self._connection.execute(cut)}
        held: dict[str, list[int]] = defaultdict(list)
        for document_id, path in self.document_sources():
            held[path].append(cut_of.get(document_id, 0))
        paths = [row[0] for row in self._connection.execute(select(sources.c.path))]
        values = [{"of": path, "held": len(held[path]), "cut": sum(held[path])} for path in paths]
        if values:
            change = update(sources).where(sources.c.path == bindparam("of"))
            self._connection.execute(change.values(documents=bindparam("held"), chunks=bindparam("cut")), values)

    def _insert(self, table: Any, rows: Iterable[Mapping[str, object]]) -> None:
        listed = list(rows)
        if listed:
            self._connection.execute(insert(table), listed)
