"""A circuit breaker: what has failed several times in a row is left alone for a while, then tried once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TypeVar

from assistant.errors import ModelUnavailable, UpstreamError

Result = TypeVar("Result")


@dataclass(slots=True)
class Breaker:
    """Safe to share between threads. Whoever asks meanwhile gets the failure at once and does not wait for it."""

    failures: int = 5
    rest_seconds: float = 15.0
    clock: Callable[[], float] = monotonic
    _failed: int = 0
    _closed_until: float = float("-inf")
    _lock: Lock = field(default_factory=Lock)

    def call(self, work: Callable[[], Result]) -> Result:
        """`work`'s result. Raises what it raises, or ModelUnavailable while it is left alone."""
        with self._lock:
            now = self.clock()
            if self._failed >= self.failures and now < self._closed_until:
                raise ModelUnavailable(detail="left alone after failures")
            self._closed_until = now + self.rest_seconds  # where it has failed, one tries and the others go on waiting
        try:
            result = work()
        except UpstreamError:
            with self._lock:
                self._failed += 1
                self._closed_until = self.clock() + self.rest_seconds
            raise
        with self._lock:
            self._failed = 0
        return result
