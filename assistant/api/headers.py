"""What goes round every request: headers that confine the browser, a measure of time, a bound on the body."""

from time import perf_counter
from typing import Any

from fastapi import HTTPException
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import telemetry
from assistant.access.sign_in.origins import read_origins
from assistant.settings import WebSettings

EXPOSED = ("Retry-After", "Content-Disposition", "x-vercel-ai-ui-message-stream")
CORS: dict[str, Any] = {
    "allow_methods": ["GET", "POST", "PUT", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type", "Accept", "Last-Event-ID"],
    "expose_headers": list(EXPOSED),
    "allow_credentials": False,  # no cookie is ever set or read
    "max_age": 600,
}
_EMBEDDABLE = "/web/"


def security_headers(web: WebSettings, *, embeddable: bool) -> dict[str, str]:
    """What confines a browser; `embeddable` when pages of other origins may load the widget's script."""
    ancestors = " ".join(("'self'", *read_origins(web.frame_ancestors, "TROLY_WEB__FRAME_ANCESTORS")))
    return {
        "Content-Security-Policy": (
            f"default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors {ancestors}"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin" if embeddable else "same-origin",
    }


class Headers:
    """ASGI middleware; a streaming response passes through it unbuffered."""

    def __init__(self, app: ASGIApp, security: dict[str, str]) -> None:
        self._app = app
        self._security = security

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers.update(self._security)
                if not scope["path"].startswith(_EMBEDDABLE):
                    headers["Cross-Origin-Resource-Policy"] = "same-origin"
                # Answers are personal; pages and scripts may be kept but must be asked about again.
                headers.setdefault("Cache-Control", "no-store" if scope["path"].startswith("/v1") else "no-cache")
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            _measure(scope, status, perf_counter() - began)


class BodyLimit:
    """ASGI middleware that stops reading a body at the limit. Starlette's own answers in plain text, not a problem."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._max_bytes:
                raise HTTPException(413)
            return message

        await self._app(scope, limited, send)


def _measure(scope: Scope, status: int, seconds: float) -> None:
    # The route's template, never the path: ids in labels would grow the metrics without end.
    route = getattr(scope.get("route"), "path", "other")
    telemetry.requests_total.labels(scope["method"], route, status).inc()
    telemetry.request_seconds.labels(route).observe(seconds)
