"""Nothing is encoded twice."""

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.corpus.chunk import Chunk
from assistant.corpus.document import DocumentKind
from assistant.corpus.encoder import Vectors
from assistant.corpus.encoders.vector_cache import VectorCache, encode_chunks
from assistant.errors import StoreUnavailable


class LetterEncoder:
    """Counts letters, and the texts it was given."""

    dimension = 3

    def __init__(self, name: str = "letters") -> None:
        self.name = name
        self.seen: list[str] = []

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.seen.extend(texts)
        counts = np.array([[text.count(letter) + 1 for letter in "abc"] for text in texts], dtype=np.float32)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def chunk(text: str) -> Chunk:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Chunk(digest, "d", "d#1", text, text, digest, 0, len(text), "1/2024/TT-BGDĐT", DocumentKind.CIRCULAR)


TEXTS = [chunk("aa"), chunk("bbbb"), chunk("abc"), chunk("aa")]


def test_rows_follow_the_chunks_and_equal_texts_are_encoded_once(tmp_path: Path) -> None:
    encoder, cache = LetterEncoder(), VectorCache(tmp_path / "vectors.sqlite")
    vectors = encode_chunks(encoder, cache, TEXTS)
    assert vectors.shape == (4, 3)
    assert np.array_equal(vectors[0], vectors[3])
    assert int(np.argmax(vectors[1])) == 1
    assert cache.encoded == 3
    cache.close()


def test_an_unchanged_second_run_encodes_nothing_and_gives_the_same_rows(tmp_path: Path) -> None:
    first = VectorCache(tmp_path / "vectors.sqlite")
    before = encode_chunks(LetterEncoder(), first, TEXTS)
    first.close()
    encoder, second = LetterEncoder(), VectorCache(tmp_path / "vectors.sqlite")
    assert np.array_equal(encode_chunks(encoder, second, TEXTS), before)
    assert (second.encoded, encoder.seen) == (0, [])
    second.close()


def test_another_encoder_shares_no_vectors(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite")
    encode_chunks(LetterEncoder(), cache, TEXTS)
    encode_chunks(LetterEncoder("other"), cache, TEXTS)
    assert cache.encoded == 6
    cache.close()


def test_progress_is_told_in_chunks_from_start_to_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    cache = VectorCache(tmp_path / "vectors.sqlite")
    encode_chunks(LetterEncoder(), cache, TEXTS, lambda done, all_of_them: told.append((done, all_of_them)))
    assert told == [(0, 4), (4, 4)]
    cache.close()


def test_no_chunks_give_no_rows(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite")
    assert encode_chunks(LetterEncoder(), cache, []).shape == (0, 3)
    cache.close()


def test_two_ingests_may_write_at_once(tmp_path: Path) -> None:
    def ingest(letter: str) -> None:
        cache = VectorCache(tmp_path / "vectors.sqlite")
        encode_chunks(LetterEncoder(), cache, [chunk(letter * n) for n in range(1, 300)])
        cache.close()

    writers = [threading.Thread(target=ingest, args=(letter,)) for letter in "aab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    cache = VectorCache(tmp_path / "vectors.sqlite")
    assert len(cache.find("letters", [chunk(letter * n).digest for letter in "ab" for n in range(1, 300)])) == 598
    cache.close()


def test_a_cache_that_cannot_be_opened_is_our_error(tmp_path: Path) -> None:
    (tmp_path / "vectors.sqlite").write_text("not a database, and longer than a header would be " * 10)
    with pytest.raises(StoreUnavailable) as caught:
        VectorCache(tmp_path / "vectors.sqlite")
    assert caught.value.code == "vector_cache_unavailable"
