"""The index at several times its chunks: perturbed copies of the stored vectors, searched as an answer searches.

`TROLY_BENCH_DATA_DIR` names a data directory with an index and its vectors.sqlite, `TROLY_BENCH_COPIES` how many copies
(10). Copies have the words of their original and a vector beside it, so that every search has ten times the neighbours.
"""

import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np
import pytest

from assistant.corpus.encoders.opening import open_encoder
from assistant.corpus.encoders.vector_cache import VectorCache
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import OpenGeneration, current_generation, open_generation
from assistant.corpus.index import IndexPoint
from assistant.corpus.indexes.edge import EdgeIndex
from assistant.corpus.indexes.sparse import passage_vector, question_vector
from assistant.corpus.reading.question import read_question
from assistant.settings import Settings

pytestmark = pytest.mark.bench
CASES = Path(__file__).parents[2] / "evals" / "datasets" / "regulation" / "real_dev.jsonl"
DATA_DIR = os.environ.get("TROLY_BENCH_DATA_DIR", "")
COPIES = int(os.environ.get("TROLY_BENCH_COPIES", "10"))
NOISE = 0.3
"""Length of what is added to a unit vector: its copies have a cosine of about .96 with it."""
BATCH, CANDIDATES, QUESTIONS = 2000, 100, 100


@pytest.mark.skipif(not DATA_DIR, reason="TROLY_BENCH_DATA_DIR names no index")
def test_the_index_is_searched_at_many_times_its_chunks(tmp_path: Path) -> None:
    settings = Settings(data_dir=Path(DATA_DIR))
    folder = current_generation(settings.generations_dir)
    assert folder is not None
    generation = open_generation(folder, settings.index)
    encoder = open_encoder(settings.encoder, settings.model_cache_dir)
    index = EdgeIndex(tmp_path / "index", encoder.dimension)
    points = _points(generation, VectorCache(settings.data_dir / "vectors.sqlite"))
    while batch := list(islice(points, BATCH)):
        index.upsert(batch)
    began = perf_counter()
    index.optimise()
    print(f"\n{index.count()} chunks, optimised in {perf_counter() - began:.0f} s")
    allowed = ChunkFilter(labels=("public",), as_of=date(2026, 11, 23))
    taken: list[tuple[float, float]] = []
    for line in CASES.read_text(encoding="utf-8").splitlines()[:QUESTIONS]:
        reading = read_question(json.loads(line)["question"], generation.spelling)
        dense, sparse = encoder.encode_questions([reading.expanded])[0], question_vector(reading.terms)
        wall, processor = perf_counter(), thread_time()
        found = index.search(dense, sparse, allowed, CANDIDATES)
        taken.append((1000 * (perf_counter() - wall), 1000 * (thread_time() - processor)))
        assert found
    for name, column in zip(("index search, wall", "processor"), zip(*taken, strict=True), strict=True):
        print(f"{name:20} p50 {np.percentile(column, 50):7.1f} ms  p95 {np.percentile(column, 95):7.1f} ms")
    index.close()
    generation.close()


def _points(generation: OpenGeneration, cache: VectorCache) -> Iterator[IndexPoint]:
    random = np.random.default_rng(1)
    chunks = generation.catalogue.all_chunks()
    while batch := list(islice(chunks, BATCH)):
        vectors = cache.find(generation.encoder_name, [chunk.digest for chunk in batch])
        for chunk in batch:
            vector = vectors.get(chunk.digest)
            if vector is None:
                continue
            sparse = passage_vector(chunk.embedded_text)
            for copy in range(COPIES):
                noise = random.standard_normal(len(vector)).astype(np.float32)
                near = vector + NOISE * noise / np.linalg.norm(noise) if copy else vector
                name = chunk.id if copy == 0 else str(uuid.uuid5(uuid.UUID(chunk.id), str(copy)))
                yield IndexPoint(replace(chunk, id=name), near / np.linalg.norm(near), sparse)
