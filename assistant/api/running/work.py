"""One answer in the making, in a worker thread, and how a caller waits for it as one JSON."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future
from time import monotonic

import structlog
from fastapi import Request, Response
from fastapi.responses import JSONResponse

from assistant import telemetry
from assistant.api.schemas import answer_json
from assistant.cancellation import Cancellation, Cancelled, stop_if_cancelled, stoppable
from assistant.conversations.answer import Answer

log = structlog.get_logger(__name__)

OnProgress = Callable[[str], None]
CLIENT_CLOSED = 499
_DISCONNECT_POLL_SECONDS = 0.25


def _unheard(_: str) -> None:
    """Nobody listens to the progress."""


class Work:
    """`task` is given a function that tells progress; what it tells goes to `heard`, in the worker's thread."""

    def __init__(
        self, workers: Executor, task: Callable[[OnProgress], Answer], kind: str, heard: OnProgress = _unheard
    ) -> None:
        self._cancellation = Cancellation()
        self._kind = kind
        self._heard = heard
        self.future: Future[Answer] = workers.submit(self._measured, task)

    def cancel(self) -> None:
        """What has not begun never will; what runs stops at its next step, a running query with it."""
        self._cancellation.cancel()
        self.future.cancel()

    @property
    def cancelled(self) -> bool:
        return self._cancellation.cancelled

    def _measured(self, task: Callable[[OnProgress], Answer]) -> Answer:
        began = monotonic()
        with telemetry.answers_running.track_inprogress(), stoppable(self._cancellation):
            try:
                answer = task(self._tell)
            except Cancelled:
                telemetry.answers_cancelled_total.labels(self._kind).inc()
                raise
        seconds = monotonic() - began
        telemetry.answer_seconds.labels(self._kind).observe(seconds)
        telemetry.answers_total.labels(answer.status, self._kind).inc()
        log.info("answered", kind=self._kind, status=answer.status.value, seconds=round(seconds, 3))
        return answer

    def _tell(self, text: str) -> None:
        stop_if_cancelled()
        self._heard(text)


async def wait(work: Work, request: Request) -> Response:
    """The answer as JSON; gives the work up when the client has gone. Raises what the work raised."""
    if not await finished(work, request):
        work.cancel()
        return Response(status_code=CLIENT_CLOSED)
    return JSONResponse(answer_json(work.future.result()))


async def finished(work: Work, request: Request) -> bool:
    """True once the work has ended; False when its caller goes away before."""
    answer = asyncio.wrap_future(work.future)
    try:
        while not answer.done():
            await asyncio.wait([answer], timeout=_DISCONNECT_POLL_SECONDS)
            if not answer.done() and await request.is_disconnected():
                return False
    except asyncio.CancelledError:
        work.cancel()
        raise
    if not answer.cancelled():
        answer.exception()  # seen here; whoever asks the future for its result gets it again
    return True
