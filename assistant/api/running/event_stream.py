"""The events of a turn as server-sent events: numbered, kept alive by comments, ended when the service stops."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent

from assistant.api.running.running_turn import RunningTurn, TurnEvent, interruption_event
from assistant.api.schemas import answer_json
from assistant.conversations.conversation import Turn

HEARTBEAT_SECONDS = 10
_SHUTDOWN_GRACE_SECONDS = 2
_COME_BACK_MILLISECONDS = 300
"""When a client that was cut off asks again: well before the turn is given up."""

Encode = Callable[[TurnEvent], Iterable[ServerSentEvent]]


def numbered(event: TurnEvent) -> Iterable[ServerSentEvent]:
    """The service's own form. An interruption by the service itself has no number: the turn may be asked again."""
    number = str(event.id) if event.id else None
    yield ServerSentEvent(event.data, event=event.name, id=number, retry=_COME_BACK_MILLISECONDS)


def stream(
    turn: RunningTurn, after: int = 0, encode: Encode = numbered, headers: Mapping[str, str] | None = None
) -> EventSourceResponse:
    """The events after that number as they come, the last of them an `answer` or an `error`."""
    stopping = anyio.Event()
    return _response(_encoded(_until_stopped(turn, after, stopping), encode), turn.id, headers or {}, stopping)


def stream_of_stored(turn: Turn) -> EventSourceResponse:
    """The same of a turn that only the store knows any more: its last event."""
    return _response(_encoded(_only(last_event_of(turn)), numbered), turn.id, {})


def last_event_of(turn: Turn) -> TurnEvent:
    """How a stored turn ended."""
    if turn.answer is None:
        return interruption_event()
    return TurnEvent.of(1, "answer", answer_json(turn.answer))


def _response(
    events: AsyncIterator[ServerSentEvent],
    turn_id: str,
    headers: Mapping[str, str],
    stopping: anyio.Event | None = None,
) -> EventSourceResponse:
    return EventSourceResponse(
        events,
        headers={"X-Turn-Id": turn_id, **headers},
        ping=HEARTBEAT_SECONDS,
        shutdown_event=stopping,
        shutdown_grace_period=_SHUTDOWN_GRACE_SECONDS if stopping else 0,
    )


async def _encoded(events: AsyncIterator[TurnEvent], encode: Encode) -> AsyncIterator[ServerSentEvent]:
    async for event in events:
        for one in encode(event):
            yield one


async def _only(event: TurnEvent) -> AsyncIterator[TurnEvent]:
    yield event


async def _until_stopped(turn: RunningTurn, after: int, stopping: anyio.Event) -> AsyncIterator[TurnEvent]:
    """The turn's events; an interruption instead of the rest once the service is told to stop."""
    events = turn.follow(after)
    stop = asyncio.ensure_future(stopping.wait())
    with turn.listening():
        try:
            while not stop.done():
                following = asyncio.ensure_future(_next(events))
                await asyncio.wait({following, stop}, return_when=asyncio.FIRST_COMPLETED)
                if not following.done():
                    following.cancel()
                    break
                event = following.result()
                if event is None:
                    return
                yield event
            yield interruption_event()
        finally:
            stop.cancel()


async def _next(events: AsyncIterator[TurnEvent]) -> TurnEvent | None:
    return await anext(events, None)
