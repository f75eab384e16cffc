"""A small corpus on disk for tests: a generation as an ingest leaves it, and an encoder that needs no model."""

import hashlib
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine

from assistant.corpus import catalogue
from assistant.corpus.chunk import Chunk
from assistant.corpus.document import DocumentKind
from assistant.corpus.encoder import Encoder, Vectors
from assistant.corpus.generation import CATALOGUE_FILE, INDEX_FOLDER, POINTER_FILE, SPELLING_FILE
from assistant.corpus.index import IndexPoint
from assistant.corpus.indexes.edge import EdgeIndex
from assistant.corpus.indexes.sparse import passage_vector
from assistant.corpus.reading.spelling import train_spelling
from assistant.text import syllables


class WordEncoder:
    """Vectors of hashed words: texts with words in common are near each other, and nothing has to be loaded."""

    name = "words"
    dimension = 64

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in syllables(text):
                vectors[row, zlib.crc32(word.encode()) % self.dimension] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def chunk_of(number: str, address: str, text: str, heading: str = "", **facts: object) -> Chunk:
    """A chunk of the document `number`; `address` is its provision's anchor, "dieu-5.khoan-2"."""
    document_id = number.lower().replace("/", "-")
    embedded = f"{heading}\n{text}" if heading else text
    chunk = Chunk(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{document_id}#{address}{facts.get('document_id', '')}")),
        document_id=document_id,
        provision_id=f"{document_id}#{address}",
        text=text,
        embedded_text=embedded,
        digest=hashlib.sha256(embedded.encode()).hexdigest(),
        start=0,
        end=len(text),
        number=number,
        kind=DocumentKind.CIRCULAR,
    )
    return replace(chunk, **facts)  # type: ignore[arg-type]  # facts are fields of Chunk


def write_generation(generations_dir: Path, name: str, chunks: Sequence[Chunk], encoder: Encoder | None = None) -> Path:
    """Write a generation with these chunks and point to it."""
    encoder = encoder or WordEncoder()
    folder = generations_dir / name
    folder.mkdir(parents=True)
    _write_catalogue(folder / CATALOGUE_FILE, chunks, encoder.name)
    index = EdgeIndex(folder / INDEX_FOLDER, encoder.dimension)
    vectors = encoder.encode_passages([chunk.embedded_text for chunk in chunks])
    index.upsert(
        [
            IndexPoint(chunk, row, passage_vector(chunk.embedded_text))
            for chunk, row in zip(chunks, vectors, strict=True)
        ]
    )
    index.optimise()
    index.close()
    train_spelling(chunk.embedded_text for chunk in chunks).save(folder / SPELLING_FILE)
    (generations_dir / POINTER_FILE).write_text(name, encoding="utf-8")
    return folder


def _write_catalogue(path: Path, chunks: Sequence[Chunk], encoder_name: str) -> None:
    engine = create_engine(f"sqlite:///{path}")
    catalogue.metadata.create_all(engine)
    texts = {"title": "", "issuer": "", "signer": "", "text": "", "source_sha256": "", "source_url": ""}
    flags = {"source_size": 0, "is_sample": True, "is_official": True, "warnings": "[]", "source_path": "sample.txt"}
    unit = {"kind": "khoản", "label": "", "path": "", "heading": "", "start": 0, "end": 0, "headings": "[]"}
    documents = {
        chunk.document_id: {
            "id": chunk.document_id,
            "number": chunk.number,
            "kind": chunk.kind.value,
            "label": chunk.label,
            "territory": chunk.territory,
            "is_draft": chunk.is_draft,
        }
        for chunk in chunks
    }
    provisions = {
        chunk.provision_id: {
            "id": chunk.provision_id,
            "document_id": chunk.document_id,
            "ordinal": place,
            "source_url": "",
            "effective_from": chunk.effective_from,
            "effective_to": chunk.effective_to,
        }
        for place, chunk in enumerate(chunks)
    }
    source = {"path": "sample.txt", "sha256": "", "size": 0, "modified_ns": 0, "outcome": "added"}
    head = [{"key": "schema_version", "value": catalogue.SCHEMA_VERSION}, {"key": "encoder", "value": encoder_name}]
    columns = [column.name for column in catalogue.chunks.c]
    with engine.begin() as connection:
        connection.execute(catalogue.meta.insert(), head)
        connection.execute(catalogue.sources.insert(), [{**source, "ingested_at": datetime.now(UTC)}])
        connection.execute(catalogue.documents.insert(), [{**row, **texts, **flags} for row in documents.values()])
        connection.execute(catalogue.provisions.insert(), [{**unit, **row} for row in provisions.values()])
        rows = [{column: getattr(chunk, column) for column in columns} for chunk in chunks]
        connection.execute(catalogue.chunks.insert(), rows)
    engine.dispose()
