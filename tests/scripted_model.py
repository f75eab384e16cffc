"""An OpenAI-compatible server over real HTTP whose replies are scripted."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[dict[str, Any]], tuple[int, str]]
"""From the request's JSON to (HTTP status, body)."""


def says(text: str, finish_reason: str = "stop") -> Script:
    """A server that always completes with `text`."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish_reason}
    reply = {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}
    return lambda _: (200, json.dumps(reply))


@contextmanager
def scripted_model(script: Script) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yields the base URL and the list of requests seen."""
    seen: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            seen.append(body)
            status, reply = script(body)
            payload = reply.encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
