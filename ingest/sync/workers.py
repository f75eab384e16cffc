"""Reading in processes of their own: a file that hangs, crashes or swells takes only its own reader with it."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from ingest.sync.frames import receive, send
from ingest.sync.reading import ReadResult, StillReading

# Not "-m": results must be of the class that this process knows, not of one named __main__.
_COMMAND = (sys.executable, "-c", "from ingest.sync.reading import main; main()")
TIME_LIMIT_SECONDS = 60.0
"""Without a sign of life: a scan of many pages may take longer, since each page is one."""
TOTAL_LIMIT_SECONDS = 3600.0
TRIES = 3
"""How often a file may end its reader before it is put in quarantine, until its bytes change."""


def read_all(
    tasks: Iterable[tuple[str, Path]], processes: int, time_limit: float = TIME_LIMIT_SECONDS
) -> Iterator[ReadResult]:
    """Results of (key, path) pairs in their order, read by `processes` readers at once."""
    free: queue.SimpleQueue[_Reader] = queue.SimpleQueue()
    readers = [_Reader(time_limit) for _ in range(processes)]
    for reader in readers:
        free.put(reader)

    def read(task: tuple[str, Path]) -> ReadResult:
        reader = free.get()
        try:
            return _try(reader, *task)
        finally:
            free.put(reader)

    with ThreadPoolExecutor(processes) as pool:
        try:
            yield from pool.map(read, tasks)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for reader in readers:
                reader.stop()


def _try(reader: "_Reader", key: str, path: Path) -> ReadResult:
    """A reader may be ended by something else than the file (the system short of memory): it gets three of them."""
    for _ in range(TRIES):
        result = reader.read(key, path)
        if result.code != "reader_crashed":
            return result
    return ReadResult(key, code="quarantined", detail=f"reader_crashed, {TRIES} tries: {result.detail}")


class _Reader:
    """One reader process, started when needed and again after it had to be stopped."""

    def __init__(self, time_limit: float) -> None:
        self._time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, key: str, path: Path) -> ReadResult:
        last = time.monotonic() + TOTAL_LIMIT_SECONDS
        try:
            source, sink = self._pipes()
            send(sink, (key, str(path)))
            result: ReadResult | StillReading = StillReading(key)
            while isinstance(result, StillReading):
                result = receive(source.fileno(), min(last, time.monotonic() + self._time_limit))
        except TimeoutError:
            self.stop()
            return ReadResult(key, code="reading_timed_out")
        except (OSError, EOFError):
            return ReadResult(key, code="reader_crashed", detail=f"exit {self.stop()}")
        assert isinstance(result, ReadResult)  # a reader sends nothing else
        if result.code in ("failed_unexpected", "file_too_large"):
            # Memory that was not enough may not come back; a process that met a bug is on its way out.
            self.stop()
        return result

    def stop(self) -> int | None:
        """End the process with all it started (recognition, office conversion); its exit code if it had ended."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
        ended = process.returncode
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return ended

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        with self._lock:
            if self._process is None:
                # A group of its own, so that what a reader started ends with it.
                self._process = subprocess.Popen(
                    _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
                )
            process = self._process
        assert process.stdin is not None  # both were asked for
        assert process.stdout is not None
        return process.stdout, process.stdin
