"""Runs one answer in a worker thread and tells its progress as server-sent events, or waits for it as one JSON."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from threading import Event
from time import monotonic

import anyio
import structlog
from fastapi import Request, Response
from fastapi.responses import JSONResponse
from sse_starlette import EventSourceResponse, JSONServerSentEvent

from assistant import telemetry
from assistant.api.problems import problem_of
from assistant.api.schemas import answer_json
from assistant.conversations.answer import Answer
from assistant.messages import message

log = structlog.get_logger(__name__)

OnProgress = Callable[[str], None]
_HEARTBEAT_SECONDS = 10
_SHUTDOWN_GRACE_SECONDS = 2
_DISCONNECT_POLL_SECONDS = 0.25
_CLIENT_CLOSED = 499


class NobodyWaits(BaseException):
    """Raised inside the work when its caller has gone. Not an Exception, so that no step takes it for a failure."""


class Work:
    """One answer in the making. `updates` carries progress texts, then None when `future` is done."""

    def __init__(self, workers: Executor, task: Callable[[OnProgress], Answer], kind: str) -> None:
        self.updates: asyncio.Queue[str | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._abandoned = Event()
        self._kind = kind
        self.future: Future[Answer] = workers.submit(self._measured, task)
        self.future.add_done_callback(lambda _: self._put(None))

    def abandon(self) -> None:
        """The caller has gone: what has not begun never will, and what runs stops at its next step."""
        self._abandoned.set()
        self.future.cancel()

    def _measured(self, task: Callable[[OnProgress], Answer]) -> Answer:
        began = monotonic()
        with telemetry.answers_running.track_inprogress():
            answer = task(self._report)
        seconds = monotonic() - began
        telemetry.answer_seconds.labels(self._kind).observe(seconds)
        telemetry.answers_total.labels(answer.status, self._kind).inc()
        log.info("answered", kind=self._kind, status=answer.status.value, seconds=round(seconds, 3))
        return answer

    def _report(self, text: str) -> None:
        if self._abandoned.is_set():
            telemetry.answers_cancelled_total.labels(self._kind).inc()
            raise NobodyWaits
        self._put(text)

    def _put(self, text: str | None) -> None:
        if not self._abandoned.is_set():
            with suppress(RuntimeError):  # the loop closed between the check and the call: nobody is left to tell
                self._loop.call_soon_threadsafe(self.updates.put_nowait, text)


def stream(work: Work) -> EventSourceResponse:
    """`progress` events, then exactly one `answer` or `error`; comments in between keep proxies from cutting it."""
    stopping = anyio.Event()
    return EventSourceResponse(
        _events(work, stopping),
        ping=_HEARTBEAT_SECONDS,
        shutdown_event=stopping,
        shutdown_grace_period=_SHUTDOWN_GRACE_SECONDS,
    )


async def wait(work: Work, request: Request) -> Response:
    """The answer as JSON; gives the work up when the client has gone. Raises what the work raised."""
    answer = asyncio.wrap_future(work.future)
    try:
        while not answer.done():
            await asyncio.wait([answer], timeout=_DISCONNECT_POLL_SECONDS)
            if not answer.done() and await request.is_disconnected():
                return Response(status_code=_CLIENT_CLOSED)
        return JSONResponse(answer_json(answer.result()))
    finally:
        answer.cancel()
        work.abandon()


async def _events(work: Work, stopping: anyio.Event) -> AsyncIterator[JSONServerSentEvent]:
    watcher = asyncio.create_task(_tell_when_stopping(work, stopping))
    step = 0
    try:
        while (text := await work.updates.get()) is not None:
            step += 1
            yield JSONServerSentEvent({"step": step, "text": text}, event="progress")
        yield _outcome(work)
    finally:
        watcher.cancel()
        work.abandon()


async def _tell_when_stopping(work: Work, stopping: anyio.Event) -> None:
    await stopping.wait()
    work.updates.put_nowait(None)


def _outcome(work: Work) -> JSONServerSentEvent:
    if not work.future.done():
        code = "turn_interrupted"
        return JSONServerSentEvent({"code": code, "message": message(code)}, event="error")
    error = work.future.exception()
    if error is not None:
        problem = problem_of(error)
        return JSONServerSentEvent({"code": problem.code, "message": problem.detail}, event="error")
    return JSONServerSentEvent(answer_json(work.future.result()), event="answer")
