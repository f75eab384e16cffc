"""A turn in the making: what it has said so far, kept for whoever comes back to hear the rest."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from assistant.api.problems import problem_of
from assistant.api.running.work import OnProgress, Work
from assistant.api.schemas import answer_json
from assistant.cancellation import Cancelled
from assistant.conversations.answer import Answer
from assistant.messages import message

NOBODY_LEFT_SECONDS = 1.0
"""How long a turn goes on without a listener: time to come back, and less than the two seconds it may take to stop."""


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """One event of a turn; `id` counts from 1. The last one is an `answer` or an `error`."""

    id: int
    name: str
    data: str

    @classmethod
    def of(cls, number: int, name: str, data: dict[str, Any]) -> "TurnEvent":
        return cls(number, name, json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def interruption_event() -> TurnEvent:
    """What stands in place of a last event where the service itself broke off. It has no number."""
    return TurnEvent.of(0, *_error("turn_interrupted", message("turn_interrupted")))


def _error(code: str, text: str) -> tuple[str, dict[str, Any]]:
    return "error", {"code": code, "message": text}


class RunningTurn:
    """Made and listened to on the event loop; the work speaks from its own thread."""

    def __init__(
        self,
        turn_id: str,
        conversation_id: str,
        owner: str,
        workers: Executor,
        task: Callable[[OnProgress], Answer],
    ) -> None:
        self.id, self.conversation_id, self.owner = turn_id, conversation_id, owner
        self.events: list[TurnEvent] = []
        self.ended = False
        self._listeners = 0
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._steps = 0
        self._say("started", {"turn_id": turn_id, "conversation_id": conversation_id})
        self.work = Work(workers, task, "turn", self._heard)
        self.work.future.add_done_callback(self._done)

    def cancel(self) -> None:
        """Nobody wants the answer; the last event will say that it was stopped."""
        self.work.cancel()

    async def until_ended(self, seconds: float = 2.0) -> None:
        """Wait for the last event, but no longer."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                async for _ in self.follow():
                    continue

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While anybody listens the turn goes on; when the last one has left, it is stopped unless one comes back."""
        self._listeners += 1
        try:
            yield
        finally:
            self._listeners -= 1
            if not self._listeners and not self.ended:
                self._loop.call_later(NOBODY_LEFT_SECONDS, self._stop_unless_heard)

    async def follow(self, after: int = 0) -> AsyncIterator[TurnEvent]:
        """Every event after that number, those of the past at once, to the last one."""
        at = max(0, after)
        while True:
            while at < len(self.events):
                at += 1
                yield self.events[at - 1]
            if self.ended:
                return
            await self._news.wait()

    def _stop_unless_heard(self) -> None:
        if not self._listeners and not self.ended:
            self.cancel()

    def _heard(self, text: str) -> None:
        self._on_loop(self._progress, text)

    def _progress(self, text: str) -> None:
        self._steps += 1
        self._say("progress", {"step": self._steps, "text": text})

    def _done(self, future: Future[Answer]) -> None:
        self._on_loop(self._end, *_last_event(future))

    def _end(self, name: str, data: dict[str, Any]) -> None:
        self.ended = True
        self._say(name, data)

    def _say(self, name: str, data: dict[str, Any]) -> None:
        self.events.append(TurnEvent.of(len(self.events) + 1, name, data))
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _on_loop(self, call: Callable[..., None], *values: Any) -> None:
        with suppress(RuntimeError):  # the loop has closed: nobody is left to tell
            self._loop.call_soon_threadsafe(call, *values)


def _last_event(future: Future[Answer]) -> tuple[str, dict[str, Any]]:
    error = Cancelled() if future.cancelled() else future.exception()
    if error is None:
        return "answer", answer_json(future.result())
    if isinstance(error, Cancelled):
        return _error("turn_cancelled", message("turn_cancelled"))
    problem = problem_of(error)
    return _error(problem.code, problem.detail)
