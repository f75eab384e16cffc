"""The read side of the catalogue of documents, provisions and chunks."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Select, create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from assistant.corpus.catalogue.tables import SCHEMA_VERSION, chunks, documents, meta, provisions, relations, sources
from assistant.corpus.chunk import Chunk
from assistant.corpus.document import (
    Document,
    DocumentKind,
    Provision,
    ProvisionKind,
    Relation,
    RelationKind,
    SourceFile,
    Validity,
)
from assistant.errors import IndexUnavailable

_SHELL_LENGTH = 3000
_REMEMBERED = 32
# In the order of the fields of a Chunk.
_CHUNKS = (
    'SELECT id, document_id, provision_id, text, embedded_text, digest, start, "end", effective_from, effective_to'
    " FROM chunks"
)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What became of one file in the last sync: `indexed` or `rejected`, with the code that says why."""

    path: str
    sha256: str
    size: int
    modified_ns: int
    outcome: str
    code: str
    detail: str
    documents: int
    chunks: int
    ingested_at: datetime


class Catalogue:
    """Read side of one generation's catalogue file. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise IndexUnavailable("index_missing", detail=str(path))
        self.path = path
        # A served generation is never written to, so immutable is true and readers take no locks.
        self._engine = create_engine(
            f"sqlite:///file:{path.resolve()}?mode=ro&immutable=1&uri=true",
            poolclass=QueuePool,
            connect_args={"check_same_thread": False},
        )
        # The steps of one answer all look at the same few documents.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)
        if self.meta("schema_version") != SCHEMA_VERSION:
            raise IndexUnavailable("index_outdated", detail=str(path))

    def close(self) -> None:
        self._engine.dispose()

    def meta(self, key: str) -> str:
        rows = self.rows(select(meta.c.value).where(meta.c.key == key))
        return str(rows[0][0]) if rows else ""

    def sources(self) -> list[SourceRecord]:
        return [SourceRecord(**row._mapping) for row in self.rows(select(sources).order_by(sources.c.path))]

    def document(self, document_id: str) -> Document | None:
        """One document with its provisions and relations, or None."""
        return self._remembered(document_id)

    def _read(self, document_id: str) -> Document | None:
        rows = self.rows(select(documents).where(documents.c.id == document_id))
        return self._document(rows[0]) if rows else None

    def documents_with_number(self, number: str) -> list[Document]:
        """Every held document of that (normalised) number as its source has it; several when two sources carry it."""
        own = (documents.c.number == number) & (documents.c.version_of == "")
        query = select(documents).where(own).order_by(documents.c.id)
        return [self._document(row) for row in self.rows(query)]

    def labels_of_source(self, path: str) -> list[str]:
        """The labels of the documents that were read from that file."""
        query = select(documents.c.label).where(documents.c.source_path == path).distinct()
        return [str(row.label) for row in self.rows(query)]

    def document_list(self) -> list[dict[str, Any]]:
        """Head data of every document and of every state of its text, without text, ordered by id."""
        shown = [
            column for column in documents.c if column.name not in {"text", "warnings", "notes", "scope", "applies_to"}
        ]
        return [dict(row._mapping) for row in self.rows(select(*shown).order_by(documents.c.id))]

    def shells(self) -> set[str]:
        """Ids of short documents whose first article issues an attached regulation: that is not in them."""
        issues = documents.c.text.bool_op("GLOB")("*Điều 1.*Ban hành kèm theo*")
        short = func.length(documents.c.text) < _SHELL_LENGTH
        return {row.id for row in self.rows(select(documents.c.id).where(issues, short))}

    def relations_to(self, number: str) -> list[tuple[str, Relation]]:
        """(document id, relation) of every held document that points at `number`."""
        rows = self.rows(
            select(relations)
            .where(relations.c.target_number == number)
            .order_by(relations.c.document_id, relations.c.ordinal)
        )
        return [(row.document_id, _relation(row)) for row in rows]

    def provision(self, provision_id: str) -> Provision | None:
        rows = self.rows(select(provisions).where(provisions.c.id == provision_id))
        return provision_of(rows[0]) if rows else None

    def chunks(self, ids: Iterable[str]) -> dict[str, Chunk]:
        """The chunks of those ids that exist, by id."""
        wanted = list(ids)
        found: dict[str, Chunk] = {}
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            rows = self._plain(f"{_CHUNKS} WHERE id IN ({','.join('?' * len(some))})", some)
            found.update((row[0], self._chunk(row)) for row in rows)
        return found

    def chunks_of_provision(self, provision_id: str) -> list[Chunk]:
        return [
            self._chunk(row) for row in self._plain(f"{_CHUNKS} WHERE provision_id = ? ORDER BY start", [provision_id])
        ]

    def chunks_of_document(self, document_id: str) -> list[Chunk]:
        return [
            self._chunk(row) for row in self._plain(f"{_CHUNKS} WHERE document_id = ? ORDER BY start", [document_id])
        ]

    def all_chunks(self) -> Iterator[Chunk]:
        """Every chunk in id order, streamed."""
        with self._engine.connect() as connection:
            for row in connection.exec_driver_sql(f"{_CHUNKS} ORDER BY id"):
                yield self._chunk(row)

    def counts(self) -> dict[str, int]:
        """How many documents, provisions and chunks there are; states made by machine are no documents of their own."""
        counted = select(func.count()).select_from(documents).where(documents.c.version_of == "")
        found = {documents.name: int(self.rows(counted)[0][0])}
        tables = (provisions, chunks)
        return found | {t.name: int(self.rows(select(func.count()).select_from(t))[0][0]) for t in tables}

    def _document(self, row: Row[Any]) -> Document:
        units = self.rows(select(provisions).where(provisions.c.document_id == row.id).order_by(provisions.c.ordinal))
        edges = self.rows(select(relations).where(relations.c.document_id == row.id).order_by(relations.c.ordinal))
        return Document(
            id=row.id,
            number=row.number,
            kind=DocumentKind(row.kind),
            title=row.title,
            issuer=row.issuer,
            text=row.text,
            provisions=tuple(provision_of(unit) for unit in units),
            source=SourceFile(row.source_path, row.source_sha256, row.source_size),
            issued_on=row.issued_on,
            validity=Validity(row.effective_from, row.effective_to),
            signer=row.signer,
            scope=row.scope,
            applies_to=row.applies_to,
            source_url=row.source_url,
            label=row.label,
            territory=row.territory,
            is_sample=row.is_sample,
            is_draft=row.is_draft,
            is_official=row.is_official,
            relations=tuple(_relation(edge) for edge in edges),
            warnings=tuple(json.loads(row.warnings)),
            notes=tuple(json.loads(row.notes)),
            version_of=row.version_of,
        )

    def _chunk(self, row: Sequence[Any]) -> Chunk:
        values: list[Any] = [*row[:-2], *self._heads[row[1]], *map(_day, row[-2:])]
        return Chunk(*values)

    @cached_property
    def _heads(self) -> dict[str, tuple[Any, ...]]:
        """What a chunk says of its document; documents are few and their rows long, so none is read for a chunk."""
        columns = (documents.c.number, documents.c.kind, documents.c.label, documents.c.territory, documents.c.is_draft)
        rows = self.rows(select(documents.c.id, *columns))
        return {row.id: (row.number, DocumentKind(row.kind), *row[3:]) for row in rows}

    def _plain(self, statement: str, values: Sequence[str]) -> Sequence[Sequence[Any]]:
        """Rows as SQLite has them: turning columns into values one by one costs more than finding them."""
        try:
            with self._engine.connect() as connection:
                return connection.exec_driver_sql(statement, tuple(values)).fetchall()
        except SQLAlchemyError as error:
            raise IndexUnavailable("index_unreadable", detail=str(error)) from error

    def rows(self, query: Select[Any], values: dict[str, Any] | None = None) -> list[Row[Any]]:
        """What a query finds; an unreadable file is told as such."""
        try:
            with self._engine.connect() as connection:
                return list(connection.execute(query, values))
        except SQLAlchemyError as error:
            raise IndexUnavailable("index_unreadable", detail=str(error)) from error


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def provision_of(row: Row[Any]) -> Provision:
    """A provision from its row."""
    return Provision(
        id=row.id,
        kind=ProvisionKind(row.kind),
        label=row.label,
        path=row.path,
        heading=row.heading,
        start=row.start,
        end=row.end,
        parent_id=row.parent_id,
        headings=_headings(row.headings),
        validity=Validity(row.effective_from, row.effective_to),
        source_url=row.source_url,
    )


@lru_cache(maxsize=256)
def _headings(stored: str) -> tuple[str, ...]:
    """The units of a chapter stand under the same titles."""
    return tuple(json.loads(stored))


def _relation(row: Row[Any]) -> Relation:
    plain = {each.name: getattr(row, each.name) for each in fields(Relation) if each.name != "kind"}
    return Relation(kind=RelationKind(row.kind), **plain)
