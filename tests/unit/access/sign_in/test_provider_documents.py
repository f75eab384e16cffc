"""An identity provider's documents are fetched whole, short and over a line nobody listens on."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest

from assistant.access.sign_in import provider_keys
from assistant.access.sign_in.provider_keys import fetch_json


@contextmanager
def provider(body: bytes, status: int = 200) -> Iterator[str]:
    """The address of a document on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/keys"
    finally:
        server.shutdown()
        server.server_close()


def test_a_document_on_this_machine_needs_no_https() -> None:
    with provider(b'{"keys": []}') as url:
        assert fetch_json(url) == {"keys": []}


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"keys": ', b'"\xff"'])
def test_what_is_no_json_is_no_document(body: bytes) -> None:
    with provider(body) as url, pytest.raises(ValueError):
        fetch_json(url)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_only_a_plain_success_is_a_document(status: int) -> None:
    with provider(b"{}", status) as url, pytest.raises(httpx.HTTPError):
        fetch_json(url)


def test_a_reply_that_is_too_long_is_not_read_to_its_end() -> None:
    with provider(b" " * (provider_keys._MOST_BYTES + 1)) as url, pytest.raises(ValueError, match="too long"):
        fetch_json(url)


def test_a_reply_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, provider_keys._TIMEOUT_SECONDS + 1])
    monkeypatch.setattr(provider_keys, "monotonic", lambda: next(moments))
    with provider(b"{}") as url, pytest.raises(ValueError, match="too long"):
        fetch_json(url)


@pytest.mark.parametrize("url", ["http://id.example.vn/keys", "ftp://127.0.0.1/keys", "file:///etc/passwd", "keys", ""])
def test_nothing_else_is_asked(url: str) -> None:
    with pytest.raises(ValueError):
        fetch_json(url)
