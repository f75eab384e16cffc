"""Turns that do not end well over real HTTP: a client that leaves, a server told to stop, a server killed."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.scripted_services import ScriptedServices, client_from, events_of, scripted_services

ROOT = Path(__file__).parents[2]
SLOW_SERVER = """
import sys, time
from pathlib import Path
import uvicorn
from assistant.app import build_app
from tests.scripted_services import scripted_services
services = scripted_services(Path(sys.argv[1]))
services.during = lambda: time.sleep(1.5)
uvicorn.run(build_app(services), fd=int(sys.argv[2]), log_level="error")
"""


@contextmanager
def asking(origin: str) -> Iterator[tuple[str, httpx.Response, Iterator[str]]]:
    """(conversation, reply, the rest of its lines) of a turn whose first progress has arrived."""
    with httpx.Client(base_url=origin, timeout=60, transport=httpx.HTTPTransport(retries=0)) as client:
        conversation = client.post("/v1/conversations").json()["id"]
        with client.stream("POST", f"/v1/conversations/{conversation}/turns", json={"question": "?"}) as reply:
            lines = reply.iter_lines()
            while next(lines) != "event: progress":
                continue
            yield conversation, reply, lines


@contextmanager
def slow_server(data_dir: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with closing(listening()) as listener:
        command = [sys.executable, "-c", SLOW_SERVER, str(data_dir), str(listener.fileno())]
        server = subprocess.Popen(command, cwd=ROOT, pass_fds=[listener.fileno()])
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", server
        finally:
            server.kill()
            server.wait()


def listening() -> socket.socket:
    """A socket that queues connections until the server takes them: nobody has to wait for its start."""
    return socket.create_server(("127.0.0.1", 0))


def states(data_dir: Path, conversation: str) -> list[str]:
    """The states of the turns, as the next server on the same data tells them."""
    with client_from("127.0.0.1", scripted_services(data_dir)) as client:
        turns = client.get(f"/v1/conversations/{conversation}").json()["turns"]
    return [turn["state"] for turn in turns]


def test_a_client_that_leaves_stops_the_work_within_two_seconds(
    scripted_origin: str, services: ScriptedServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Event()

    def endless(*arguments: object) -> None:
        on_progress = arguments[-1]
        try:
            for _ in range(500):
                on_progress("Đang tìm")
                stopped.wait(0.02)
        except BaseException:
            stopped.set()
            raise

    monkeypatch.setattr(services, "answer", endless)
    with asking(scripted_origin) as (conversation, *_):
        pass
    assert stopped.wait(2)
    assert states(services.settings.data_dir, conversation) == ["interrupted"]


def test_a_server_told_to_stop_ends_the_stream_with_an_error(tmp_path: Path) -> None:
    with slow_server(tmp_path) as (origin, server):
        with asking(origin) as (conversation, _, lines):
            server.send_signal(signal.SIGTERM)
            events = events_of("event: progress\n" + "\n".join(lines))
        assert server.wait(timeout=10) is not None
    assert events[-1][0] == "error"
    assert "turn_interrupted" in events[-1][1]
    assert states(tmp_path, conversation) == ["interrupted"]


def test_a_turn_of_a_killed_server_is_interrupted_at_the_next_start(tmp_path: Path) -> None:
    with slow_server(tmp_path) as (origin, server), asking(origin) as (conversation, _, lines):
        server.kill()
        with pytest.raises(httpx.TransportError):
            list(lines)
    assert states(tmp_path, conversation) == ["interrupted"]
