"""How soon the service answers after it is started, on the demo's data."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.cli.demo import demo_settings
from assistant.settings import child_environment, load_settings

pytestmark = pytest.mark.bench

ACCEPTING_SECONDS = 2.0
FIRST_ANSWER_SECONDS = 8.0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def started() -> Iterator[tuple[str, float]]:
    """(address, moment of start) of a service on the data that `make demo` built."""
    demo = demo_settings(load_settings())
    if not (demo.generations_dir / "current").exists():
        pytest.skip("run `make demo` (or `troly demo --check`) first")
    chosen = demo.model_copy(update={"port": free_port()})
    began = time.monotonic()
    command = [str(Path(sys.executable).with_name("troly")), "serve"]
    process = subprocess.Popen(command, env=child_environment(chosen), stdout=subprocess.DEVNULL)
    yield f"http://127.0.0.1:{chosen.port}", began
    process.terminate()
    process.wait()


def seconds_until_alive(address: str, began: float) -> float:
    while time.monotonic() - began < 30:
        try:
            if httpx.get(f"{address}/healthz").status_code == 200:
                return time.monotonic() - began
        except httpx.TransportError:
            os.sched_yield()
    raise AssertionError("never alive")


def test_it_accepts_requests_soon_and_answers_soon(started: tuple[str, float]) -> None:
    address, began = started
    accepting = seconds_until_alive(address, began)
    conversation = httpx.post(f"{address}/v1/conversations").json()["id"]
    reply = httpx.post(
        f"{address}/v1/conversations/{conversation}/turns",
        json={"question": "Học bạ số phải được ký số trong thời hạn bao lâu?"},
        headers={"accept": "application/json"},
        timeout=30,
    )
    answered = time.monotonic() - began
    print(json.dumps({"accepting_seconds": round(accepting, 2), "first_answer_seconds": round(answered, 2)}))
    assert reply.json()["status"] == "answered"
    assert accepting < ACCEPTING_SECONDS
    assert answered < FIRST_ANSWER_SECONDS
