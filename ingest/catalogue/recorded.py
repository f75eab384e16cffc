"""What catalogue files on disk record: sources and meta of any schema version, and what an index holds of a chunk."""

import sqlite3
from contextlib import closing
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import create_engine, select

from assistant.corpus.catalogue import SourceRecord, chunks, documents
from assistant.errors import IndexUnavailable


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
