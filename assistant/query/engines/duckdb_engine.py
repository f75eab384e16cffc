"""DuckDB behind killable worker processes: at most two at a time, opened anew when the file is replaced."""

import queue
import time
from pathlib import Path

from assistant.cancellation import LOOK_SECONDS, stop_if_cancelled
from assistant.errors import EngineUnavailable, QueryTimedOut
from assistant.query.engines.duckdb_process import WorkerProcess
from assistant.query.engines.values import decode_rows
from assistant.query.table import ResultTable
from assistant.settings import EngineSettings

WORKERS = 2
MAKE_COMMAND = "troly-ingest education"
Stamp = tuple[int, int, int]


class _Slot:
    """A place for one worker and the stamp of the file it opened."""

    def __init__(self) -> None:
        self.worker: WorkerProcess | None = None
        self.stamp: Stamp | None = None

    def close(self) -> None:
        if self.worker is not None:
            self.worker.kill()
        self.worker = None


class DuckDbEngine:
    """The default engine. Thread-safe; workers start on first use."""

    name = "duckdb"
    dialect = "duckdb"

    def __init__(self, path: Path, settings: EngineSettings) -> None:
        self._path = path
        self._memory_mb = settings.memory_mb
        self._stopped = False
        self._slots: queue.LifoQueue[_Slot] = queue.LifoQueue()
        self._all = [_Slot() for _ in range(WORKERS)]
        for slot in self._all:
            self._slots.put(slot)

    def run(self, sql: str, *, timeout_seconds: float, row_cap: int) -> ResultTable:
        started = time.monotonic()
        slot = self._free_slot(started + timeout_seconds, timeout_seconds)
        try:
            reply = self._worker(slot).ask({"sql": sql, "row_cap": row_cap}, timeout_seconds)
        finally:
            self._slots.put(slot)
        if "error" in reply:
            raise EngineUnavailable(reply["error"], detail=reply.get("kind", ""))
        elapsed_ms = (time.monotonic() - started) * 1000
        return ResultTable(tuple(reply["columns"]), decode_rows(reply["rows"]), reply["truncated"], elapsed_ms)

    def _free_slot(self, deadline: float, timeout_seconds: float) -> _Slot:
        """The next worker that nobody uses."""
        while (remaining := deadline - time.monotonic()) > 0:
            stop_if_cancelled()
            try:
                return self._slots.get(timeout=min(remaining, LOOK_SECONDS))
            except queue.Empty:
                continue
        raise QueryTimedOut(seconds=round(timeout_seconds))

    def health(self) -> None:
        self.run("SELECT 1", timeout_seconds=30, row_cap=1)

    def stop(self) -> None:
        self._stopped = True
        for slot in self._all:
            if slot.worker is not None:
                slot.worker.stop()

    def close(self) -> None:
        for slot in self._all:
            slot.close()

    def _worker(self, slot: _Slot) -> WorkerProcess:
        if self._stopped:
            raise EngineUnavailable("engine_stopped")
        stamp = self._stamp()
        if slot.worker is not None and (slot.stamp != stamp or not slot.worker.alive):
            slot.close()
        if slot.worker is None:
            slot.worker = WorkerProcess(self._path, self._memory_mb)
            slot.stamp = stamp
        return slot.worker

    def _stamp(self) -> Stamp:
        """What changes when the education job swaps in a new file."""
        try:
            status = self._path.stat()
        except OSError as error:
            raise EngineUnavailable("education_missing", path=str(self._path), command=MAKE_COMMAND) from error
        return status.st_ino, status.st_mtime_ns, status.st_size
