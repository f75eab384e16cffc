"""Sixty and more kinds of bad input: each is refused with a code that has its sentence, or read; the rest go on."""

import resource
import subprocess
import sys
import time
from pathlib import Path

from assistant.messages import message
from ingest.sync.workers import read_all
from tests.bad_inputs import ANY, BAD, GOOD, make

SECONDS_EACH, MEMORY_KB = 60, 1 << 20


def test_every_bad_input_ends_in_its_outcome_within_its_limits_and_harms_no_other(tmp_path: Path) -> None:
    assert len(BAD) >= 60
    tasks = make(tmp_path)
    for place in (0, 40, len(tasks)):
        good = tmp_path / f"good-{place}.txt"
        good.write_text(GOOD, encoding="utf-8")
        tasks.insert(place, (f"kho/{good.name}", good))
    slow, wrong = {}, {}
    began = time.monotonic()
    for result in read_all(tasks, 1):
        name = result.key.removeprefix("kho/")
        taken, began = time.monotonic() - began, time.monotonic()
        expected = "" if name.startswith("good-") else BAD[name][1]
        if taken > SECONDS_EACH:
            slow[name] = taken
        if (expected not in (ANY, result.code)) or result.code in ("failed_unexpected", "quarantined"):
            wrong[name] = (result.code, result.detail)
        if result.code:
            assert message(result.code, detail="").strip()
        else:
            assert result.documents, name
    assert not wrong
    assert not slow


def test_no_bad_input_takes_more_memory_than_it_may(tmp_path: Path) -> None:
    # In a process of its own: what other tests started must not count.
    code = f"from tests.integration.test_bad_inputs import peak; print(peak({str(tmp_path)!r}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(run.stdout) <= MEMORY_KB


def peak(folder: str) -> int:
    """Reads every kind; the most memory (kB) that one process under this one held."""
    for _ in read_all(make(Path(folder)), 2):
        pass
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
