"""One worker process as the service sees it: asked with a deadline, killed when it misses it."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from assistant.cancellation import LOOK_SECONDS, Cancelled, is_cancelled
from assistant.errors import EngineUnavailable, QueryTimedOut
from assistant.query.engines.values import dump_line
from assistant.settings import PACKAGE_DIR

START_SECONDS = 30.0
WORKER = "assistant.query.engines.duckdb_worker"


class WorkerProcess:
    """Not thread-safe: the engine hands it to one query at a time. After an error it is dead and is replaced."""

    def __init__(self, path: Path, memory_mb: int) -> None:
        # Nothing of the service's environment goes in: the worker runs other people's SQL and needs no secret.
        environment = {"PYTHONPATH": str(PACKAGE_DIR.parent), "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", WORKER, str(path), str(memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._stdout, selectors.EVENT_READ)
        self._pending = b""
        self._read_line(START_SECONDS, died="engine_unavailable")

    def ask(self, request: dict[str, Any], timeout_seconds: float) -> dict[str, Any]:
        """The reply. Raises QueryTimedOut at the deadline, EngineUnavailable when the worker died, Cancelled."""
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(dump_line(request))
            stdin.flush()
        except OSError as error:
            self.kill()
            raise EngineUnavailable from error
        return self._read_line(timeout_seconds, died="engine_memory")

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process now, from any thread; an interrupt is not enough for DuckDB 2.0 (measured: 53 s late)."""
        if self.alive:
            os.killpg(self._process.pid, signal.SIGKILL)

    def kill(self) -> None:
        """End the process and let go of its pipes; only the thread that asks it may do so."""
        self.stop()
        self._process.wait()
        self._selector.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                try:
                    pipe.close()
                except OSError:  # a half-written request to a dead worker
                    continue

    @property
    def _stdout(self) -> Any:
        return self._process.stdout

    def _read_line(self, timeout_seconds: float, *, died: str) -> dict[str, Any]:
        deadline = time.monotonic() + timeout_seconds
        while b"\n" not in self._pending:
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                self.kill()
                raise QueryTimedOut(seconds=round(timeout_seconds))
            if is_cancelled():
                self.kill()
                raise Cancelled
            if not self._selector.select(min(remaining, LOOK_SECONDS)):
                continue
            part = os.read(self._stdout.fileno(), 1 << 20)
            if not part:
                self.kill()
                raise EngineUnavailable(died)
            self._pending += part
        line, _, self._pending = self._pending.partition(b"\n")
        reply: dict[str, Any] = json.loads(line)
        return reply
