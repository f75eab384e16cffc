"""What fails is left alone for a while, and found again when it has healed."""

from contextlib import suppress

import pytest

from assistant.errors import ModelUnavailable, UpstreamError
from assistant.llm.breaker import Breaker


class Server:
    """Counts its calls; fails while it is ill."""

    def __init__(self) -> None:
        self.calls, self.ill = 0, True

    def __call__(self) -> str:
        self.calls += 1
        if self.ill:
            raise ModelUnavailable
        return "ok"


def tried(breaker: Breaker, server: Server) -> bool:
    before = server.calls
    with suppress(UpstreamError):
        breaker.call(server)
    return server.calls > before


def test_after_five_failures_nobody_waits_and_a_healed_server_is_found_within_thirty_seconds() -> None:
    now = [0.0]
    breaker, server = Breaker(clock=lambda: now[0]), Server()
    assert [tried(breaker, server) for _ in range(8)] == [True] * 5 + [False] * 3
    now[0] += 16
    assert [tried(breaker, server) for _ in range(2)] == [True, False]
    server.ill = False
    now[0] += 16
    assert [tried(breaker, server) for _ in range(3)] == [True] * 3


def test_failures_that_do_not_follow_each_other_close_nothing() -> None:
    breaker, server = Breaker(), Server()
    for ill in (True, True, True, True, False) * 3:
        server.ill = ill
        assert tried(breaker, server)


def test_while_one_tries_the_others_do_not_wait_for_it() -> None:
    now = [0.0]
    breaker, server = Breaker(clock=lambda: now[0]), Server()
    for _ in range(5):
        tried(breaker, server)
    now[0] += 16

    def trying() -> str:
        assert not tried(breaker, server)
        return "ok"

    assert breaker.call(trying) == "ok"


def test_what_is_no_failure_of_the_server_passes_through() -> None:
    def broken() -> str:
        raise KeyError("ours")

    with pytest.raises(KeyError):
        Breaker().call(broken)
