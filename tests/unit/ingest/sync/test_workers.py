"""Reader processes: results in order, and no file takes another with it."""

import os
import time
from pathlib import Path

import pytest

from ingest.sync import workers
from ingest.sync.reading import read_file_at
from ingest.sync.workers import read_all
from tests.unit.ingest.builders import circular

FAULTY = """
import os, sys, time
import ingest.sync.reading as reading
real = reading.read_with_pages
def read(data, path, on_page):
    if b"crash" in data:
        open("TRIES", "a").write("x")
        os._exit(3)
    if b"hang" in data: time.sleep(60)
    if b"bug" in data: raise ZeroDivisionError("nobody expected this")
    if b"swell" in data: return [bytes(4 << 30)]
    return real(data, path)
reading.read_with_pages = read
reading.main()
"""


def write(folder: Path, *contents: str) -> list[tuple[str, Path]]:
    tasks = []
    for place, content in enumerate(contents):
        path = folder / f"{place}.txt"
        path.write_text(content, encoding="utf-8")
        tasks.append((f"kho/{place}.txt", path))
    return tasks


def test_results_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    tasks = write(tmp_path, *(circular(f"{n}/2026/TT-BGDĐT", "Điều 1. A", "Một.") for n in range(1, 8)), "")
    results = list(read_all(tasks, 2))
    assert [result.key for result in results] == [key for key, _ in tasks]
    assert [result.code for result in results] == [""] * 7 + ["file_empty"]
    document, chunks = results[2].documents[0]
    assert (document.number, len(chunks)) == ("3/2026/TT-BGDĐT", 1)


def test_a_file_that_crashes_hangs_swells_or_finds_a_bug_takes_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = tmp_path / "tries"
    script = FAULTY.replace("TRIES", str(tries))
    monkeypatch.setattr(workers, "_COMMAND", (workers._COMMAND[0], "-c", script))
    good = circular("1/2026/TT-BGDĐT", "Điều 1. A", "Một.")
    tasks = write(tmp_path, "crash", good, "swell", "bug", good)
    codes = [result.code for result in read_all(tasks, 1)]
    assert codes == ["quarantined", "", "file_too_large", "failed_unexpected", ""]
    assert tries.read_text() == "x" * workers.TRIES
    started = time.monotonic()
    assert [result.code for result in read_all(write(tmp_path, "hang"), 1, time_limit=1.5)] == ["reading_timed_out"]
    assert time.monotonic() - started < 10


def test_a_file_that_vanished_or_may_not_be_read_is_reported(tmp_path: Path) -> None:
    assert read_file_at("kho/x", tmp_path / "x").code == "file_unreadable"


def test_a_sparse_giant_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "giant.pdf"
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), 2 << 30)
    assert read_file_at("kho/giant.pdf", path).code == "file_too_large"
