"""An ingest that is killed with SIGKILL at a chosen point, run again, and compared with one that never was."""

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import FrameType
from unittest import mock

import numpy as np

from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import CATALOGUE_FILE, INDEX_FOLDER, current_generation
from assistant.corpus.index import SparseVector
from assistant.corpus.indexes.opening import open_index
from assistant.settings import Settings
from ingest.job import IngestJob
from ingest.sync.reading import ReadResult, read_file_at
from tests.small_corpus import WordEncoder
from tests.unit.ingest.builders import circular

# Processes to kill are forked from one that has imported everything: a start costs 20 ms, not 4 s.
_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload(["tests.killed_ingest"])


class Silent:
    def file(self, path: str, outcome: str, code: str, warnings: tuple[str, ...]) -> None: ...

    def progress(self, stage: str, done: int, total: int) -> None: ...

    def summary(self, counts: Mapping[str, object]) -> None: ...

    def close(self) -> None: ...


def ingest(data_dir: Path, folder: Path) -> None:
    """An ingest whose files are read in a thread: starting a reader costs more than all the rest together."""
    chosen = Settings(data_dir=data_dir, _env_file=None)  # type: ignore[call-arg]
    with mock.patch("ingest.job.read_all", _read_here):
        IngestJob(chosen, Silent(), encoder=WordEncoder, processes=1).sync([folder])


def _read_here(tasks: Iterable[tuple[str, Path]], _: int) -> Iterator[ReadResult]:
    with ThreadPoolExecutor(1) as pool:
        yield from pool.map(lambda task: read_file_at(*task), tasks)


def ingest_and_die(data_dir: Path, folder: Path, at: int, calls: "multiprocessing.SimpleQueue[int]") -> None:
    """Run an ingest and kill this process, as the system would, before its `at`-th call of any function.

    The calls of the ingest's own code and of what it calls in C (SQLite, the index, files) count, so that a point lies
    in every stage and in the middle of every batch; reading is a thread of its own and does not. One that reaches its
    end puts in `calls` how many there were.
    """
    done = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal done
        if event in ("call", "c_call") and ("/ingest/" in frame.f_code.co_filename or event == "c_call"):
            done += 1
            if done == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    ingest(data_dir, folder)
    sys.setprofile(None)
    calls.put(done)


def calls_until_end(data_dir: Path, folder: Path, at: int = -1) -> int:
    """How many calls an ingest in a process of its own made, or 0 when it was killed before its `at`-th."""
    calls = _NURSERY.SimpleQueue()
    process = _NURSERY.Process(target=ingest_and_die, args=(data_dir, folder, at, calls))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return calls.get() if process.exitcode == 0 else 0


def write_documents(folder: Path, serials: range, edition: int) -> None:
    """Circulars that end one another, so that what is written depends on all of them."""
    folder.mkdir(exist_ok=True)
    for serial in serials:
        ends = f"Thông tư này thay thế Thông tư số {serial - 1}/2020/TT-BGDĐT." if serial % 3 == 0 else "Một."
        text = circular(
            f"{serial}/2020/TT-BGDĐT",
            f"Điều 1. Nội dung số {serial} bản {edition}",
            ends,
            "Điều 2. Hiệu lực",
            f"Thông tư này có hiệu lực kể từ ngày {1 + serial % 27:02d}/3/{2020 + serial % 5}.",
        )
        (folder / f"{serial:03d}.txt").write_text(text, encoding="utf-8")


def state(data_dir: Path) -> dict[str, object]:
    """Every row of the served catalogue and every point of its index."""
    chosen = Settings(data_dir=data_dir, _env_file=None)  # type: ignore[call-arg]
    folder = current_generation(chosen.generations_dir)
    assert folder is not None
    rows: dict[str, object] = {}
    with closing(sqlite3.connect(folder / CATALOGUE_FILE)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = [each[1] for each in connection.execute(f'PRAGMA table_info("{table}")')]
            # When a run happened may differ; rows without a name of their own are numbered in order of arrival.
            hidden = {"ingested_at", "id"} if table == "relations" else {"ingested_at"}
            kept = [name for name in columns if name not in hidden]
            wanted = ", ".join(f'"{name}"' for name in kept)
            rows[table] = sorted(connection.execute(f'SELECT {wanted} FROM "{table}"').fetchall(), key=repr)
    index = open_index(chosen.index, folder / INDEX_FOLDER, read_only=True)
    try:
        vector = np.ones(WordEncoder.dimension, dtype=np.float32)
        hits = index.search(vector, SparseVector((), ()), ChunkFilter(("public",)), 10_000)
        rows["points"] = sorted((hit.chunk_id, round(hit.dense or 0.0, 5)) for hit in hits)
        rows["point_count"] = index.count()
    finally:
        index.close()
    return rows


def check_kills(folder: Path, kills: int, documents: int, *, compare_every: int = 1) -> None:
    """Kill `kills` runs at random points, each after the documents changed; the end equals a clean run's."""
    chance = random.Random(20261127)
    source, data_dir = folder / "kho", folder / "data"
    write_documents(source, range(1, documents + 1), 0)
    longest = calls_until_end(folder / "measured", source)
    ingest(data_dir, source)
    killed = edition = 0
    while killed < kills:
        edition += 1
        first = chance.randrange(1, documents)
        write_documents(source, range(first, documents + 1), edition)
        (source / f"{chance.randrange(1, documents):03d}.txt").unlink(missing_ok=True)
        # A run with fewer changes makes fewer calls than the longest, so some points lie behind its end.
        killed += not calls_until_end(data_dir, source, chance.randrange(1, longest))
        assert current_generation(data_dir / "generations") is not None
        if edition % compare_every == 0 or killed == kills:
            ingest(data_dir, source)
            clean = folder / f"clean-{edition}"
            ingest(clean, source)
            assert state(data_dir) == state(clean), f"run {edition} ended elsewhere than a clean one"
            shutil.rmtree(clean)
    print(f"{killed} runs of {edition} were killed; every state after them was that of a clean run")
