"""Vectors kept by encoder and text digest, so that nothing is encoded twice; and encoding only what is missing."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.corpus.chunk import Chunk
from assistant.corpus.encoder import Encoder, Vectors
from assistant.errors import StoreUnavailable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    encoder TEXT NOT NULL, digest TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, digest)
) WITHOUT ROWID
"""
_BUSY_SECONDS = 60.0
_QUERY_SIZE = 500
# Saved after every slice, so that an interrupted ingest goes on where it stopped.
_SLICE = 256

Progress = Callable[[int, int], None]
"""Called with the number of chunks done and the number of chunks in all."""


class VectorCache:
    """One SQLite file that several processes may share. `encoded` counts the texts encoded through this object."""

    def __init__(self, path: Path) -> None:
        self.encoded = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
            self._connection.execute("PRAGMA journal_mode=WAL")
            with self._connection:
                self._connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise StoreUnavailable("vector_cache_unavailable", detail=str(error)) from error

    def find(self, encoder: str, digests: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are there, by digest."""
        found: dict[str, Vectors] = {}
        for start in range(0, len(digests), _QUERY_SIZE):
            part = digests[start : start + _QUERY_SIZE]
            marks = ",".join("?" * len(part))
            query = f"SELECT digest, vector FROM vectors WHERE encoder = ? AND digest IN ({marks})"
            for digest, blob in self._execute(query, [encoder, *part]):
                found[digest] = np.frombuffer(blob, dtype=np.float16).astype(np.float32)
        return found

    def save(self, encoder: str, vectors: Mapping[str, Vectors]) -> None:
        rows = [(encoder, digest, vector.astype(np.float16).tobytes()) for digest, vector in vectors.items()]
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:
            raise StoreUnavailable("vector_cache_unavailable", detail=str(error)) from error

    def close(self) -> None:
        self._connection.close()

    def _execute(self, query: str, values: Sequence[str]) -> list[tuple[str, bytes]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreUnavailable("vector_cache_unavailable", detail=str(error)) from error


def encode_chunks(
    encoder: Encoder, cache: VectorCache, chunks: Sequence[Chunk], on_progress: Progress | None = None
) -> Vectors:
    """One row per chunk, in order; only digests the cache does not hold are encoded, each once."""
    texts = {chunk.digest: chunk.embedded_text for chunk in chunks}
    known = cache.find(encoder.name, list(texts))
    # Longest first, in one order: texts of like length share a batch in encoders that batch.
    missing = sorted(texts.keys() - known.keys(), key=lambda digest: (-len(texts[digest]), digest))

    def report() -> None:
        if on_progress:
            on_progress(sum(chunk.digest in known for chunk in chunks), len(chunks))

    report()
    for start in range(0, len(missing), _SLICE):
        part = missing[start : start + _SLICE]
        vectors = encoder.encode_passages([texts[digest] for digest in part])
        fresh = dict(zip(part, vectors, strict=True))
        cache.save(encoder.name, fresh)
        cache.encoded += len(part)
        # What a second run would read is what this run uses, so that both build the same index.
        known.update((digest, vector.astype(np.float16).astype(np.float32)) for digest, vector in fresh.items())
        report()
    rows = [known[chunk.digest] for chunk in chunks]
    return np.vstack(rows) if rows else np.zeros((0, encoder.dimension), dtype=np.float32)
