"""Runs one statement aside: guarded as always, on an engine of its own that ends when the job is cancelled."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

import structlog

from assistant.access.audit import Kind
from assistant.access.principal import Principal
from assistant.answering.background.store import Job, JobState, JobStore
from assistant.answering.context import Context
from assistant.conversations.accounting import Accounts, Asked
from assistant.conversations.answer import Answer
from assistant.errors import AssistantError
from assistant.query.engines import Engine

log = structlog.get_logger(__name__)
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Background:
    """`check` refuses what may not run at all; `compose` answers on the engine it is given. One job at a time."""

    store: JobStore
    accounts: Accounts
    open_engine: Callable[[], Engine]
    check: Callable[[str, Principal], object]
    compose: Callable[[Context, Engine], Answer]
    _turn: Lock = field(default_factory=Lock)
    _closing: Event = field(default_factory=Event)

    def begin(self, sql: str, principal: Principal) -> Job:
        """A waiting job for a statement the guard lets through. Raises QueryRefused, NotPermitted or RateLimited."""
        try:
            self.check(sql, principal)
            job = self.store.add(str(principal))
        except AssistantError as error:
            self.accounts.note(Kind.REFUSAL, principal, code=error.code, job="")
            raise
        self.accounts.note(Kind.QUERY, principal, code="job_begun", job=job.id)
        return job

    def start(self, job: Job, context: Context) -> None:
        """Run it in a thread of this process."""
        Thread(target=self.work, args=(job.id, context), name=f"job-{job.id}", daemon=True).start()

    def work(self, job_id: str, context: Context) -> None:
        """Run a waiting job to its end, when no other runs here."""
        who = str(context.principal)
        with self._turn:
            if self._closing.is_set() or not self.store.begin(job_id, who):
                return
            answer = None
            try:
                with self._engine(job_id, who) as engine:
                    asked = Asked(context.principal, sql=context.sql)
                    answer = self.accounts.kept(Kind.QUERY, asked, lambda: self.compose(context, engine))
            except AssistantError as error:
                log.warning("job_failed", code=error.code)
            self.store.finish(job_id, who, answer)

    def find(self, job_id: str, principal: Principal) -> Job:
        """The caller's job, its result once there is one. Raises NotFound for anybody else's."""
        job = self.store.find(job_id, str(principal))
        if job.answer is not None:
            self.accounts.note(Kind.ANSWER, principal, code="job_read", job=job.id, rows=len(job.answer.rows))
        return job

    def cancel(self, job_id: str, principal: Principal) -> Job:
        job = self.store.cancel(job_id, str(principal))
        self.accounts.note(Kind.QUERY, principal, code="job_cancelled", job=job.id)
        return job

    def close(self) -> None:
        """End what runs here: the service stops."""
        self._closing.set()

    @contextmanager
    def _engine(self, job_id: str, who: str) -> Iterator[Engine]:
        """An engine of the job's own, stopped when somebody cancels the job — here or in another process."""
        engine, done = self.open_engine(), Event()
        watcher = Thread(target=self._watch, args=(job_id, who, engine, done), daemon=True)
        watcher.start()
        try:
            yield engine
        finally:
            done.set()
            watcher.join()
            engine.close()

    def _watch(self, job_id: str, who: str, engine: Engine, done: Event) -> None:
        while not done.wait(_LOOK_SECONDS):
            if self._closing.is_set() or self._cancelled(job_id, who):
                engine.stop()
                return

    def _cancelled(self, job_id: str, who: str) -> bool:
        try:
            return self.store.find(job_id, who).state is not JobState.RUNNING
        except AssistantError:  # a store that cannot be read now is asked again
            return False
