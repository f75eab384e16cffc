"""The catalogue of documents, provisions and chunks in SQLite: its tables, its read side. Only `ingest` writes it."""

from assistant.corpus.catalogue.law import Effect, LawReader, StateHead
from assistant.corpus.catalogue.reading import Catalogue, SourceRecord
from assistant.corpus.catalogue.tables import (
    SCHEMA_VERSION,
    amendments,
    changes,
    chunks,
    documents,
    findings,
    meta,
    metadata,
    provisions,
    relations,
    sources,
    statuses,
)

__all__ = [
    "SCHEMA_VERSION",
    "Catalogue",
    "Effect",
    "LawReader",
    "SourceRecord",
    "StateHead",
    "amendments",
    "changes",
    "chunks",
    "documents",
    "findings",
    "meta",
    "metadata",
    "provisions",
    "relations",
    "sources",
    "statuses",
]
