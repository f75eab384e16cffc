"""R5 of the reliability scenarios: clients that leave amid a stream, hundreds of times; nothing is left behind."""

import time
from pathlib import Path

import httpx
import psutil
import pytest
from sqlalchemy import select

from assistant import telemetry
from assistant.app import build_app
from assistant.conversations.conversation import TurnState
from assistant.conversations.repository import ConversationRepository
from assistant.conversations.tables import turns
from tests.browser import served
from tests.scripted_services import ScriptedServices, scripted_services

pytestmark = pytest.mark.bench
TIMES = 500
MOST_SECONDS = 2.0


def _leave(client: httpx.Client, conversation: str, after: int) -> None:
    """Ask, hear so many lines, go."""
    with client.stream("POST", f"/v1/conversations/{conversation}/turns", json={"question": "?"}) as reply:
        for number, _ in enumerate(reply.iter_lines()):
            if number >= after:
                return


def _running() -> float:
    return telemetry.answers_running._value.get()


def test_hundreds_of_clients_that_leave_leave_nothing_behind(tmp_path: Path) -> None:
    services: ScriptedServices = scripted_services(tmp_path)
    services.during = lambda: time.sleep(0.02)  # the work of an answer
    process = psutil.Process()
    with served(build_app(services)) as origin, httpx.Client(base_url=origin, timeout=30) as client:
        conversation = client.post("/v1/conversations").json()["id"]
        for number in range(20):
            _leave(client, conversation, number % 8)
        before = process.num_fds(), process.num_threads()
        for number in range(TIMES):
            _leave(client, conversation, number % 8)
        deadline = time.monotonic() + MOST_SECONDS
        while _running() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert _running() == 0
        after = process.num_fds(), process.num_threads()
    assert abs(after[0] - before[0]) <= 5
    assert after[1] - before[1] <= 5
    store = ConversationRepository(services.settings.store_address)
    with store.transaction() as connection:
        left = connection.execute(select(turns.c.id).where(turns.c.state == TurnState.RUNNING)).all()
    store.close()
    assert left == []
