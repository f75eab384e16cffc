"""How often one caller may ask: a bucket of requests that fills at an even rate."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from threading import Lock
from time import monotonic

from assistant.access.policy import Quota
from assistant.errors import RateLimited

_MOST_CALLERS = 10_000


@dataclass(slots=True)
class RateLimit:
    """Safe to share between threads. Memory is bounded: full buckets are forgotten first."""

    quota: Quota
    clock: Callable[[], float] = monotonic
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, caller: str) -> None:
        """Count one request. Raises RateLimited with the seconds after which the next one is served."""
        per_second = self.quota.per_minute / 60
        with self._lock:
            now = self.clock()
            left, then = self._buckets.get(caller, (float(self.quota.burst), now))
            left = min(float(self.quota.burst), left + (now - then) * per_second)
            if left < 1:
                self._buckets[caller] = (left, now)
                raise RateLimited(seconds=max(1, ceil((1 - left) / per_second)))
            self._buckets[caller] = (left - 1, now)
            if len(self._buckets) > _MOST_CALLERS:
                self._forget(now, per_second)

    def _forget(self, now: float, per_second: float) -> None:
        full = self.quota.burst
        self._buckets = {
            caller: (left, then)
            for caller, (left, then) in self._buckets.items()
            if left + (now - then) * per_second < full
        }
