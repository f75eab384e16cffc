"""People who chat, for locust: each begins a conversation, then asks, thinks and asks again (test_load.py runs it)."""

import json
import os
import time
from itertools import count
from pathlib import Path

from locust import HttpUser, constant, task

THINK = float(os.environ.get("TROLY_LOAD_THINK", "5"))
TOKENS = os.environ["TROLY_LOAD_TOKENS"].split()
QUESTIONS = json.loads(Path(os.environ["TROLY_LOAD_QUESTIONS"]).read_text(encoding="utf-8"))
STARTED = count()


class Chat(HttpUser):
    """`first event` is the time to a stream's first line, `answer` to its last; an `error` event is a failure."""

    wait_time = constant(THINK)

    def on_start(self) -> None:
        number = next(STARTED)
        self.client.headers["authorization"] = f"Bearer {TOKENS[number % len(TOKENS)]}"
        self.asked = number * 7
        # As many people do not press the key in one moment.
        time.sleep((number % 50) / 50 * THINK)
        self.conversation = self.client.post("/v1/conversations", name="begin").json()["id"]

    @task
    def ask(self) -> None:
        self.asked += 1
        question = {"question": QUESTIONS[self.asked % len(QUESTIONS)]}
        path, began, first, last = f"/v1/conversations/{self.conversation}/turns", time.perf_counter(), None, ""
        with self.client.post(path, json=question, stream=True, name="connect", catch_response=True) as reply:
            for line in reply.iter_lines(chunk_size=1):
                if first is None:
                    first = time.perf_counter() - began
                if line.startswith(b"event: "):
                    last = line.decode()[7:]
            if last == "answer":
                reply.success()
            else:
                reply.failure(f"{reply.status_code} {last}")
        self._tell("first event", first or 0.0)
        self._tell("answer", time.perf_counter() - began)

    def _tell(self, name: str, seconds: float) -> None:
        self.environment.events.request.fire(
            request_type="SSE", name=name, response_time=seconds * 1000, response_length=0, exception=None, context={}
        )
