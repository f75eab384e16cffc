"""Jobs with their results in SQLite, shared by the service and the commands; never the statement as it was typed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from time import time
from uuid import uuid4

from assistant.access.policy import BackgroundLimits
from assistant.conversations.answer import Answer
from assistant.conversations.record import dump_answer, load_answer
from assistant.errors import NotFound, RateLimited, StoreUnavailable

_DAY, _HOUR = 86_400, 3600
_MOST_WAITING_SECONDS = 2 * _HOUR
_GRACE_SECONDS = 60
_COLUMNS = "id, principal, state, created, started, answer"


class JobState(StrEnum):
    """Waiting for its turn, running, or one of the ends."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """`answer` is there once it is done; a statement that was refused or failed is done too, and its answer says so."""

    id: str
    state: JobState
    created_at: datetime
    expires_at: datetime
    answer: Answer | None = None


class JobStore:
    """Safe to share between threads and processes: every call has a connection of its own."""

    def __init__(self, path: Path, limits: BackgroundLimits) -> None:
        self._path, self._limits = path, limits

    def add(self, principal: str) -> Job:
        """A waiting job. Raises RateLimited while the caller has one that is not done, or had its share today."""
        now = time()
        with self._open() as connection:
            mine = connection.execute("SELECT state, created FROM job WHERE principal = ?", (principal,)).fetchall()
            unfinished = [created for state, created in mine if state in (JobState.WAITING, JobState.RUNNING)]
            if len(unfinished) >= self._limits.running:
                raise RateLimited("job_unfinished", limit=self._limits.running, seconds=60)
            today = [created for _, created in mine if created > now - _DAY]
            if len(today) >= self._limits.per_day:
                seconds = round(min(today) + _DAY - now) + 1
                raise RateLimited("job_too_many", limit=self._limits.per_day, seconds=seconds)
            row = (str(uuid4()), principal, JobState.WAITING, now)
            connection.execute("INSERT INTO job (id, principal, state, created) VALUES (?, ?, ?, ?)", row)
            return self._read(connection, row[0], principal)

    def find(self, job_id: str, principal: str) -> Job:
        """Raises NotFound for a job that is absent, expired or another caller's."""
        with self._open() as connection:
            return self._read(connection, job_id, principal)

    def begin(self, job_id: str, principal: str) -> bool:
        """Whether the job may run now: it was waiting, and is running from here on."""
        return self._change(job_id, principal, JobState.RUNNING, since=time())

    def finish(self, job_id: str, principal: str, answer: Answer | None) -> None:
        """Keep the answer; without one the job has failed. A job that was cancelled stays so."""
        state = JobState.DONE if answer is not None else JobState.FAILED
        self._change(job_id, principal, state, answer=dump_answer(answer) if answer is not None else None)

    def cancel(self, job_id: str, principal: str) -> Job:
        """What has not ended ends. Raises NotFound like `find`."""
        self._change(job_id, principal, JobState.CANCELLED)
        return self.find(job_id, principal)

    def of_person(self, person: str) -> list[dict[str, object]]:
        """What is kept for `oidc:…` or `key:…` under any scope, as JSON holds it."""
        return [
            {"id": row[0], "scope": row[1], "state": row[2], "created": row[3], "answer": row[5]}
            for row in self._rows()
            if row[1].partition(" ")[2] == person
        ]

    def remove_person(self, person: str) -> None:
        """All of that, gone; what runs is cancelled by its absence."""
        mine = [(job["id"],) for job in self.of_person(person)]
        with self._open() as connection:
            connection.executemany("DELETE FROM job WHERE id = ?", mine)

    def _rows(self) -> list[tuple[str, str, str, float, float | None, str | None]]:
        with self._open() as connection:
            return connection.execute(f"SELECT {_COLUMNS} FROM job ORDER BY created").fetchall()

    def _change(
        self, job_id: str, principal: str, state: JobState, *, since: float | None = None, answer: str | None = None
    ) -> bool:
        before = [JobState.WAITING] if state is JobState.RUNNING else [JobState.WAITING, JobState.RUNNING]
        marks = ", ".join("?" for _ in before)
        change = (
            "UPDATE job SET state = ?, started = coalesce(?, started), answer = ? "
            f"WHERE id = ? AND principal = ? AND state IN ({marks})"
        )
        with self._open() as connection:
            return connection.execute(change, (state, since, answer, job_id, principal, *before)).rowcount == 1

    def _read(self, connection: sqlite3.Connection, job_id: str, principal: str) -> Job:
        query = f"SELECT {_COLUMNS} FROM job WHERE id = ? AND principal = ?"
        row = connection.execute(query, (job_id, principal)).fetchone()
        if row is None:
            raise NotFound("job_not_found")
        created = datetime.fromtimestamp(row[3], UTC)
        expires = created + timedelta(hours=self._limits.keep_hours)
        return Job(row[0], JobState(row[2]), created, expires, load_answer(row[5]) if row[5] else None)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=5, isolation_level="IMMEDIATE")) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                with connection:
                    connection.execute(
                        "CREATE TABLE IF NOT EXISTS job (id TEXT PRIMARY KEY, principal TEXT NOT NULL, "
                        "state TEXT NOT NULL, created REAL NOT NULL, started REAL, answer TEXT)"
                    )
                    self._tidy(connection)
                    yield connection
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable("jobs_unavailable", detail=type(error).__name__) from error

    def _tidy(self, connection: sqlite3.Connection) -> None:
        """Results that have expired go; a job whose process died is not waited for for ever."""
        now = time()
        connection.execute("DELETE FROM job WHERE created < ?", (now - self._limits.keep_hours * _HOUR,))
        lost = (now - self._limits.seconds - _GRACE_SECONDS, now - _MOST_WAITING_SECONDS)
        connection.execute(
            "UPDATE job SET state = 'failed' WHERE (state = 'running' AND started < ?) "
            "OR (state = 'waiting' AND created < ?)",
            lost,
        )
