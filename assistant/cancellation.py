"""Work that may be stopped: a token that goes with the thread, asked where work waits and where a step begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event

LOOK_SECONDS = 0.1
"""How long anything may wait before it asks again whether it is still wanted."""


class Cancelled(BaseException):
    """Nobody wants the answer any more. Not an Exception, so that no step takes it for a failure."""


class Cancellation:
    """Set once, from any thread."""

    def __init__(self) -> None:
        self._set = Event()

    def cancel(self) -> None:
        self._set.set()

    @property
    def cancelled(self) -> bool:
        return self._set.is_set()


_current: ContextVar[Cancellation | None] = ContextVar("cancellation", default=None)


@contextmanager
def stoppable(cancellation: Cancellation) -> Iterator[None]:
    """What this thread does inside the block ends with Cancelled once `cancellation` is set."""
    token = _current.set(cancellation)
    try:
        yield
    finally:
        _current.reset(token)


def is_cancelled() -> bool:
    """Whether the work of this thread is no longer wanted; false where nobody could stop it."""
    current = _current.get()
    return current is not None and current.cancelled


def stop_if_cancelled() -> None:
    """Raises Cancelled once the work of this thread is no longer wanted."""
    if is_cancelled():
        raise Cancelled
