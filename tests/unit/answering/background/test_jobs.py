"""Statements in the background: whose they are, how they end, and what is recorded of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from assistant.access.audit import AuditLog
from assistant.access.policy import BackgroundLimits
from assistant.access.principal import Principal, Role
from assistant.answering.background import Background, Job, JobState, JobStore, running, store
from assistant.answering.context import Context
from assistant.conversations.accounting import Accounts
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.errors import AuditUnavailable, NotFound, RateLimited, StatementRefused, StoreUnavailable
from assistant.query.engines import Engine
from assistant.query.table import ResultTable

NATIONAL, HANOI = Principal(Role.NATIONAL), Principal(Role.PROVINCE, ("01",))
LIMITS = BackgroundLimits(running=1, per_day=3, seconds=100, keep_hours=2)
DONE = Answer(AnswerStatus.ANSWERED, "Xong.", date(2026, 11, 2), sql="SELECT 1", columns=("n",), rows=((1,), (2,)))


class Clock:
    """The time the store believes in."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    told = Clock()
    monkeypatch.setattr(store, "time", told)
    return told


@pytest.fixture
def jobs(tmp_path: Path, clock: Clock) -> JobStore:
    return JobStore(tmp_path / "data" / "jobs.sqlite", LIMITS)


def test_a_job_waits_runs_and_keeps_its_answer(jobs: JobStore) -> None:
    job = jobs.add("national")
    assert job.state is JobState.WAITING
    assert job.answer is None
    assert job.expires_at - job.created_at == timedelta(hours=2)
    assert jobs.begin(job.id, "national")
    assert jobs.find(job.id, "national").state is JobState.RUNNING
    jobs.finish(job.id, "national", DONE)
    found = jobs.find(job.id, "national")
    assert (found.state, found.answer) == (JobState.DONE, DONE)


def test_only_a_waiting_job_begins(jobs: JobStore) -> None:
    job = jobs.add("national")
    assert jobs.begin(job.id, "national")
    assert not jobs.begin(job.id, "national")
    assert not jobs.begin("unknown", "national")


def test_a_job_is_nobody_else_s(jobs: JobStore) -> None:
    job = jobs.add("national")
    assert not jobs.begin(job.id, "province:01")
    for act in (jobs.find, jobs.cancel):
        with pytest.raises(NotFound) as refused:
            act(job.id, "province:01")
        assert refused.value.code == "job_not_found"
    jobs.finish(job.id, "province:01", DONE)
    assert jobs.find(job.id, "national").state is JobState.WAITING


def test_a_cancelled_job_neither_begins_nor_gets_an_answer(jobs: JobStore) -> None:
    job = jobs.add("national")
    assert jobs.cancel(job.id, "national").state is JobState.CANCELLED
    assert not jobs.begin(job.id, "national")
    jobs.finish(job.id, "national", DONE)
    assert jobs.find(job.id, "national").answer is None
    assert jobs.cancel(job.id, "national").state is JobState.CANCELLED


def test_what_is_done_stays_done(jobs: JobStore) -> None:
    job = jobs.add("national")
    jobs.finish(job.id, "national", DONE)
    assert jobs.cancel(job.id, "national").answer == DONE


def test_one_caller_has_so_many_unfinished_and_so_many_a_day(jobs: JobStore, clock: Clock) -> None:
    for _ in range(LIMITS.per_day):
        job = jobs.add("national")
        with pytest.raises(RateLimited) as refused:
            jobs.add("national")
        assert refused.value.code == "job_unfinished"
        assert jobs.add("province:01").state is JobState.WAITING
        jobs.finish(job.id, "national", None)
        jobs.cancel(_only(jobs, "province:01"), "province:01")
    clock.now += 60
    with pytest.raises(RateLimited) as refused:
        jobs.add("national")
    assert refused.value.code == "job_too_many"
    assert refused.value.values["seconds"] == 86_400 - 60 + 1


def _only(jobs: JobStore, principal: str) -> str:
    with jobs._open() as connection:
        query = "SELECT id FROM job WHERE principal = ? AND state = 'waiting'"
        return str(connection.execute(query, (principal,)).fetchone()[0])


def test_a_day_is_over_after_a_day(tmp_path: Path, clock: Clock) -> None:
    jobs = JobStore(tmp_path / "jobs.sqlite", LIMITS.model_copy(update={"per_day": 1, "keep_hours": 100}))
    jobs.finish(jobs.add("national").id, "national", DONE)
    with pytest.raises(RateLimited):
        jobs.add("national")
    clock.now += 86_400
    assert jobs.add("national")


def test_results_expire(jobs: JobStore, clock: Clock) -> None:
    job = jobs.add("national")
    jobs.finish(job.id, "national", DONE)
    clock.now += 2 * 3600
    assert jobs.find(job.id, "national").answer == DONE
    clock.now += 1
    with pytest.raises(NotFound):
        jobs.find(job.id, "national")


@pytest.mark.parametrize(("began", "after"), [(True, 160), (False, 7200)])
def test_a_job_whose_process_died_has_failed(tmp_path: Path, clock: Clock, began: bool, after: int) -> None:
    jobs = JobStore(tmp_path / "jobs.sqlite", LIMITS.model_copy(update={"keep_hours": 100}))
    job = jobs.add("national")
    if began:
        jobs.begin(job.id, "national")
    clock.now += after
    assert jobs.find(job.id, "national").state is not JobState.FAILED
    clock.now += 1
    assert jobs.find(job.id, "national").state is JobState.FAILED


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable) as refused:
        JobStore(tmp_path / "file" / "jobs.sqlite", LIMITS).add("national")
    assert refused.value.code == "jobs_unavailable"


@dataclass
class SlowEngine:
    """Runs until it is stopped."""

    name: str = "slow"
    dialect: str = "duckdb"
    running: Event = field(default_factory=Event)
    stopped: Event = field(default_factory=Event)
    closed: bool = False

    def run(self, sql: str, *, timeout_seconds: float, row_cap: int) -> ResultTable:
        raise NotImplementedError

    def health(self) -> None:
        return None

    def stop(self) -> None:
        self.stopped.set()

    def close(self) -> None:
        self.closed = True


def at_once(context: Context, engine: Engine) -> Answer:
    assert context.sql == "SELECT 1"
    return DONE


def until_stopped(context: Context, engine: Engine) -> Answer:
    assert isinstance(engine, SlowEngine)
    engine.running.set()
    assert engine.stopped.wait(10)
    return Answer(AnswerStatus.FAILED_ENGINE, "Đã dừng.", context.as_of)


@dataclass
class Setting:
    """A background with its parts in reach."""

    jobs: JobStore
    log: AuditLog
    engine: SlowEngine = field(default_factory=SlowEngine)
    check: object = lambda sql, principal: None

    def background(self, compose: object) -> Background:
        return Background(self.jobs, Accounts(self.log), lambda: self.engine, self.check, compose)  # type: ignore[arg-type]

    def records(self) -> list[tuple[str, str]]:
        found = [one.fields for one in self.log.entries()]
        return [(one["kind"], one.get("code") or one.get("status", "")) for one in found if one["actor"] != "system"]


@pytest.fixture
def setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Setting]:
    monkeypatch.setattr(running, "_LOOK_SECONDS", 0.01)
    log = AuditLog(tmp_path / "audit.sqlite", lambda: b"key", tmp_path / "head.json")
    yield Setting(JobStore(tmp_path / "jobs.sqlite", LIMITS), log)
    log.close()


def asked(principal: Principal = NATIONAL) -> Context:
    return Context("", principal, date(2026, 11, 2), sql="SELECT 1")


def test_every_part_of_a_job_s_life_is_on_record(setting: Setting) -> None:
    background = setting.background(at_once)
    job = background.begin("SELECT 1", NATIONAL)
    assert background.find(job.id, NATIONAL).answer is None
    background.work(job.id, asked())
    assert background.find(job.id, NATIONAL).answer == DONE
    assert setting.engine.closed
    background.cancel(job.id, NATIONAL)
    assert setting.records() == [
        ("query", "job_begun"),
        ("query", "answered"),
        ("answer", "job_read"),
        ("query", "job_cancelled"),
    ]


def test_nobody_reads_another_caller_s_job(setting: Setting) -> None:
    background = setting.background(at_once)
    job = background.begin("SELECT 1", NATIONAL)
    background.work(job.id, asked(HANOI))
    assert background.find(job.id, NATIONAL).state is JobState.WAITING
    background.work(job.id, asked())
    with pytest.raises(NotFound):
        background.find(job.id, HANOI)
    with pytest.raises(NotFound):
        background.cancel(job.id, HANOI)


def test_what_the_guard_refuses_is_refused_at_once_and_on_record(setting: Setting) -> None:
    def refuse(sql: str, principal: Principal) -> None:
        raise StatementRefused("statement", "query_not_select")

    setting.check = refuse
    with pytest.raises(StatementRefused):
        setting.background(at_once).begin("DROP TABLE x", NATIONAL)
    assert setting.records() == [("refusal", "query_not_select")]


def test_a_job_too_many_is_on_record(setting: Setting) -> None:
    background = setting.background(at_once)
    background.begin("SELECT 1", NATIONAL)
    with pytest.raises(RateLimited):
        background.begin("SELECT 1", NATIONAL)
    assert setting.records()[-1] == ("refusal", "job_unfinished")


def test_cancelling_stops_the_engine(setting: Setting) -> None:
    background = setting.background(until_stopped)
    job = background.begin("SELECT 1", NATIONAL)
    background.start(job, asked())
    assert setting.engine.running.wait(10)
    background.cancel(job.id, NATIONAL)
    assert setting.engine.stopped.wait(10)
    with background._turn:  # the job has let go
        assert background.find(job.id, NATIONAL).state is JobState.CANCELLED


def test_a_store_that_fails_for_a_moment_stops_nothing(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    background = setting.background(until_stopped)
    job = background.begin("SELECT 1", NATIONAL)
    told: list[int] = []

    def find(job_id: str, principal: str) -> Job:
        told.append(1)
        if len(told) < 3:
            raise StoreUnavailable("jobs_unavailable")
        return Job(job_id, JobState.CANCELLED, job.created_at, job.expires_at)

    monkeypatch.setattr(setting.jobs, "find", find, raising=False)
    background.work(job.id, asked())
    assert len(told) == 3


def test_the_service_s_end_ends_what_runs_and_begins_nothing(setting: Setting) -> None:
    background = setting.background(until_stopped)
    job = background.begin("SELECT 1", NATIONAL)
    worker = Thread(target=background.work, args=(job.id, asked()))
    worker.start()
    assert setting.engine.running.wait(10)
    background.close()
    worker.join(10)
    assert setting.engine.closed
    after = background.begin("SELECT 1", HANOI)
    background.work(after.id, asked(HANOI))
    assert background.find(after.id, HANOI).state is JobState.WAITING


def test_an_answer_that_cannot_be_recorded_is_not_kept(setting: Setting) -> None:
    def unrecorded(context: Context, engine: Engine) -> Answer:
        raise AuditUnavailable

    background = setting.background(unrecorded)
    job = background.begin("SELECT 1", NATIONAL)
    background.work(job.id, asked())
    assert background.find(job.id, NATIONAL).state is JobState.FAILED
