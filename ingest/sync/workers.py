"""Reading in processes of their own: a file that hangs, crashes or swells takes only its own reader with it."""

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from ingest.sync.frames import receive, send
from ingest.sync.reading import ReadResult

# Not "-m": results must be of the class that this process knows, not of one named __main__.
_COMMAND = (sys.executable, "-c", "from ingest.sync.reading import main; main()")
TIME_LIMIT_SECONDS = 60.0


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
            return reader.read(*task)
        finally:
            free.put(reader)

    with ThreadPoolExecutor(processes) as pool:
        try:
            yield from pool.map(read, tasks)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for reader in readers:
                reader.stop()


class _Reader:
    """One reader process, started when needed and again after it had to be stopped."""

    def __init__(self, time_limit: float) -> None:
        self._time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, key: str, path: Path) -> ReadResult:
        deadline = time.monotonic() + self._time_limit
        try:
            source, sink = self._pipes()
            send(sink, (key, str(path)))
            result: ReadResult = receive(source.fileno(), deadline)
        except TimeoutError:
            self.stop()
            return ReadResult(key, code="reading_timed_out")
        except (OSError, EOFError):
            self.stop()
            return ReadResult(key, code="reader_crashed")
        if result.code == "failed_unexpected":
            # The process that met a bug is on its way out; the next file must not be sent to it.
            self.stop()
        return result

    def stop(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        with self._lock:
            if self._process is None:
                self._process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            process = self._process
        assert process.stdin is not None  # both were asked for
        assert process.stdout is not None
        return process.stdout, process.stdin
