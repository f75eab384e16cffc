"""An ingest that is killed with SIGKILL at a chosen point, run again, and compared with one that never was."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import FrameType

import numpy as np

from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import CATALOGUE_FILE, INDEX_FOLDER, current_generation
from assistant.corpus.index import SparseVector
from assistant.corpus.indexes.opening import open_index
from assistant.settings import Settings
from ingest.job import IngestJob
from tests.small_corpus import WordEncoder
from tests.unit.ingest.builders import circular

ROOT = Path(__file__).parents[1]


class Silent:
    def file(self, path: str, outcome: str, code: str, warnings: tuple[str, ...]) -> None: ...

    def progress(self, stage: str, done: int, total: int) -> None: ...

    def summary(self, counts: Mapping[str, object]) -> None: ...

    def close(self) -> None: ...


def ingest(data_dir: Path, folder: Path) -> None:
    chosen = Settings(data_dir=data_dir, _env_file=None)  # type: ignore[call-arg]
    IngestJob(chosen, Silent(), encoder=WordEncoder, processes=1).sync([folder])


def ingest_and_die(data_dir: str, folder: str, at: str) -> None:
    """Run an ingest and kill this process, as the system would, before its `at`-th call of any function.

    The calls of the ingest's own code and of what it calls in C (SQLite, the index, files) count, so that a point lies
    in every stage and in the middle of every batch. Without a point it prints how many calls there are.
    """
    calls, last = 0, int(at)

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        if event in ("call", "c_call") and ("/ingest/" in frame.f_code.co_filename or event == "c_call"):
            calls += 1
            if calls == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    ingest(Path(data_dir), Path(folder))
    sys.setprofile(None)
    print(calls)


def child(data_dir: Path, folder: Path, at: int = -1) -> subprocess.CompletedProcess[str]:
    code = "import sys; from tests.killed_ingest import ingest_and_die; ingest_and_die(*sys.argv[1:])"
    command = [sys.executable, "-c", code, str(data_dir), str(folder), str(at)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


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
    measured = child(folder / "measured", source)
    assert measured.returncode == 0, measured.stderr
    calls = int(measured.stdout)
    ingest(data_dir, source)
    killed = 0
    for edition in range(1, kills + 1):
        first = chance.randrange(1, documents)
        write_documents(source, range(first, documents + 1), edition)
        (source / f"{chance.randrange(1, documents):03d}.txt").unlink(missing_ok=True)
        died = child(data_dir, source, chance.randrange(1, calls))
        killed += died.returncode == -signal.SIGKILL
        assert died.returncode in (0, -signal.SIGKILL), died.stderr
        assert current_generation(data_dir / "generations") is not None
        if edition % compare_every:
            continue
        ingest(data_dir, source)
        clean = folder / f"clean-{edition}"
        ingest(clean, source)
        assert state(data_dir) == state(clean), f"run {edition} ended elsewhere than a clean one"
    # A run with fewer changes makes fewer calls than the measured one, so some points lie behind its end.
    assert killed >= 0.6 * kills
    print(f"{killed} of {kills} runs were killed, each followed by the state of a clean run")
