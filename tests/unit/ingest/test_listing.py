"""A listing on the web is mirrored gently: only what changed is fetched, what is gone goes, what fails stays."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from ingest.origins.listing import Fetched, Listing, mirror


class Site:
    """A small site with ETags, rules for robots, and pages that may fail."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.failing: dict[str, int] = {}
        self.robots = ""
        self.asked: list[str] = []
        self.waits: list[float] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.reply(self)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def reply(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path
        self.asked.append(path)
        if self.failing.get(path, 0) > 0:
            self.failing[path] -= 1
            return send(request, 503, b"", {"Retry-After": "7"})
        links = "".join(f'<a href="{each}">x</a>' for each in self.pages)
        held = {
            "/robots.txt": self.robots.encode(),
            "/kho/": f"<html><body>{links}</body></html>".encode(),
        } | self.pages
        if path not in held:
            return send(request, 404, b"", {})
        tag = f'"{hash(held[path])}"'
        if request.headers.get("If-None-Match") == tag:
            return send(request, 304, b"", {})
        return send(request, 200, held[path], {"ETag": tag})

    def mirror(self, folder: Path) -> Fetched:
        self.asked.clear()
        self.waits.clear()
        return mirror(Listing(f"{self.address}/kho/", r"\.(txt|pdf)$", 0.5), folder, self.waits.append)


def send(request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    request.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.pages = {"/kho/a.txt": b"mot", "/kho/b.txt": b"hai", "/kho/anh.png": b"x"}
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def test_what_is_listed_is_fetched_once_and_then_asked_about(site: Site, tmp_path: Path) -> None:
    assert site.mirror(tmp_path) == Fetched(new=2)
    assert held(tmp_path) == {"a.txt": b"mot", "b.txt": b"hai"}
    assert site.mirror(tmp_path) == Fetched(unchanged=2)


def test_a_change_is_fetched_and_what_is_no_longer_listed_goes(site: Site, tmp_path: Path) -> None:
    site.mirror(tmp_path)
    site.pages["/kho/a.txt"] = b"ba"
    del site.pages["/kho/b.txt"]
    assert site.mirror(tmp_path) == Fetched(new=1, removed=1)
    assert held(tmp_path) == {"a.txt": b"ba"}


def test_it_waits_between_requests_and_as_long_as_a_busy_server_asks(site: Site, tmp_path: Path) -> None:
    site.failing["/kho/a.txt"] = 1
    assert site.mirror(tmp_path).new == 2
    assert site.waits[0] == 0.0
    assert site.waits.count(7.0) == 1
    assert all(wait >= 0.5 for wait in site.waits[1:])


def test_a_page_that_keeps_failing_leaves_what_is_held(site: Site, tmp_path: Path) -> None:
    site.mirror(tmp_path)
    site.failing["/kho/a.txt"] = 99
    assert site.mirror(tmp_path) == Fetched(unchanged=1, failed=1)
    assert "a.txt" in held(tmp_path)
    assert site.waits.count(7.0) == 3


def test_a_listing_that_cannot_be_had_removes_nothing(site: Site, tmp_path: Path) -> None:
    site.mirror(tmp_path)
    site.failing["/kho/"] = 99
    with pytest.raises(AssistantError) as caught:
        site.mirror(tmp_path)
    assert caught.value.code == "source_unreachable"
    assert len(held(tmp_path)) == 2


def test_what_robots_may_not_read_is_not_read(site: Site, tmp_path: Path) -> None:
    site.robots = "User-agent: *\nDisallow: /kho/b"
    assert site.mirror(tmp_path) == Fetched(new=1, forbidden=1)
    assert "/kho/b.txt" not in site.asked


def test_names_are_safe_and_told_apart(site: Site, tmp_path: Path) -> None:
    site.pages = {"/kho/x/..%2f..%2fa.txt": b"1", "/kho/y/a.txt": b"2", "/kho/z/a.txt": b"3"}
    site.mirror(tmp_path)
    assert sorted(held(tmp_path).values()) == [b"1", b"2", b"3"]
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {tmp_path}
