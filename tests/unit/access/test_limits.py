"""A caller who asks too often waits; others do not."""

import pytest

from assistant.access.limits import RateLimit
from assistant.access.policy import Quota
from assistant.errors import RateLimited


def test_a_caller_waits_when_the_bucket_is_empty_and_nobody_else_does() -> None:
    now = [0.0]
    limit = RateLimit(Quota(burst=3, per_minute=60), clock=lambda: now[0])
    for _ in range(3):
        limit.take("a")
    with pytest.raises(RateLimited) as refused:
        limit.take("a")
    assert refused.value.values == {"seconds": 1}
    limit.take("b")
    now[0] = 1.0
    limit.take("a")
    with pytest.raises(RateLimited):
        limit.take("a")


def test_callers_whose_bucket_is_full_are_forgotten() -> None:
    now = [0.0]
    limit = RateLimit(Quota(burst=1, per_minute=60), clock=lambda: now[0])
    for caller in range(10_000):
        limit.take(str(caller))
    now[0] = 5.0
    limit.take("one more")
    assert len(limit._buckets) == 1
