"""Headless Chromium that is watched: a page may ask nothing outside its origin and put no error on the console."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = ViewportSize(width=1280, height=860)
PHONE = ViewportSize(width=390, height=844)
SMALL_PHONE = ViewportSize(width=320, height=568)


@dataclass
class Watch:
    """What a page did that it must not."""

    origin: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("request", lambda request: self._requested(request.url))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _requested(self, url: str) -> None:
        if not url.startswith((f"{self.origin}/", "about:")):
            self.outside.append(url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)


@contextmanager
def visiting(browser: Browser, origin: str, viewport: ViewportSize = DESKTOP, **options: str) -> Iterator[Page]:
    """The chat page; it and every page opened from it are checked when it is left."""
    watch = Watch(origin)
    context = browser.new_context(viewport=viewport, locale="vi-VN", **options)
    context.on("page", watch.follow)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(origin)
    page.get_by_label("Câu hỏi", exact=True).wait_for()
    yield page
    context.close()
    assert watch.outside == []
    assert watch.errors == []


def ask(page: Page, question: str) -> None:
    """Type a question and send it."""
    box = page.get_by_label("Câu hỏi", exact=True)
    # The button says "Dừng" until the question before is answered.
    expect(page.get_by_role("button", name="Gửi", exact=True)).to_be_visible()
    box.fill(question)
    box.press("Enter")


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of `app` on a free port of this process."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def free_port() -> int:
    """A port that was free a moment ago, for a process that has to be told one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
