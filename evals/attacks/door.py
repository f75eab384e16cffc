"""The service as a stranger meets it: the production application on a loopback port, asked over HTTP."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from assistant.answering.services import Services
from assistant.app import build_app

_EVENTS = frozenset({"started", "progress", "answer", "error", "heartbeat", "done"})


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP exchange: every byte of it, and the answer in it when there is one."""

    status: int
    body: str
    answer: dict[str, Any] | None = None
    forged: bool = False


@contextmanager
def served(services: Services) -> Iterator["Door"]:
    config = uvicorn.Config(build_app(services), host="127.0.0.1", port=0, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        yield Door(client)
    server.should_exit = True
    thread.join()


@dataclass(frozen=True, slots=True)
class Door:
    client: httpx.Client

    def begin(self, asker: str) -> tuple[int, str]:
        reply = self._post("/v1/conversations", headers=_named(asker))
        return reply.status_code, reply.json().get("id", "") if reply.status_code == 201 else ""

    def ask(self, conversation: str, question: str, asker: str) -> Reply:
        """As the widget does: server-sent events, read strictly."""
        path = f"/v1/conversations/{conversation}/turns"
        try:
            content = json.dumps({"question": question}).encode()
        except UnicodeEncodeError:
            content = b"{}"
        headers = {**_named(asker), "content-type": "application/json", "accept": "text/event-stream"}
        reply = self._post(path, content=content, headers=headers)
        if reply.status_code != 200:
            return Reply(reply.status_code, reply.text)
        answer, forged = _events(reply.text)
        return Reply(200, reply.text, answer, forged)

    def raw(self, path: str, content: bytes, asker: str) -> Reply:
        reply = self.client.post(path, content=content, headers={**_named(asker), "content-type": "application/json"})
        return Reply(reply.status_code, reply.text)

    def query(self, sql: str, asker: str) -> Reply:
        reply = self.client.post("/v1/queries", json={"sql": sql}, headers=_named(asker))
        return Reply(reply.status_code, reply.text, reply.json() if reply.status_code == 200 else None)

    def get(self, path: str, asker: str) -> Reply:
        reply = self.client.get(path, headers=_named(asker))
        return Reply(reply.status_code, reply.text)

    def flood(self, asker: str, times: int) -> list[int]:
        """Statuses of `times` conversations begun as fast as they can be, until the first is turned away."""
        statuses: list[int] = []
        ends = time.monotonic() + 20
        while len(statuses) < times and time.monotonic() < ends and 429 not in statuses:
            statuses.append(self.client.post("/v1/conversations", headers=_named(asker)).status_code)
        return statuses

    def _post(self, path: str, **sent: Any) -> httpx.Response:
        """As an honest client: who is told to wait waits, once, as long as was said."""
        reply = self.client.post(path, **sent)
        if reply.status_code == 429 and "Retry-After" in reply.headers:
            time.sleep(float(reply.headers["Retry-After"]))
            reply = self.client.post(path, **sent)
        return reply


def _named(asker: str) -> dict[str, str]:
    return {"X-Troly-Principal": asker}


def _events(body: str) -> tuple[dict[str, Any] | None, bool]:
    """The answer event, and whether any event is one the service does not send or there are two answers."""
    names, answers = [], []
    for block in body.replace("\r\n", "\n").split("\n\n"):
        fields = [line.partition(":") for line in block.split("\n") if line and not line.startswith(":")]
        name = next((value.strip() for field, _, value in fields if field == "event"), "")
        data = "\n".join(value.removeprefix(" ") for field, _, value in fields if field == "data")
        names.append(name)
        if name == "answer":
            answers.append(json.loads(data))
    unknown = {name for name in names if name} - _EVENTS
    return (answers[0] if answers else None), bool(unknown) or len(answers) > 1
