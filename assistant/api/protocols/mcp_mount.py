"""`/mcp`: the Model Context Protocol over streamable HTTP. Its library is loaded by the first who calls."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from importlib import import_module
from typing import TYPE_CHECKING, Any

import structlog
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.principal import Principal
from assistant.api.problems import MEDIA_TYPE, problem_of
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.answering.services import Services

PRINCIPAL = "troly.principal"
"""Where a request's scope carries on whose behalf its tools are called."""

log = structlog.get_logger(__name__)


class McpMount:
    """An ASGI application. Every request is authenticated like any other and stands alone: there are no sessions."""

    def __init__(self, services: "Services", principal_of: Callable[[Request], Principal]) -> None:
        self._services, self._principal_of = services, principal_of
        self._opening = asyncio.Lock()
        self._opened: ASGIApp | None = None
        self._stack = AsyncExitStack()
        self._closing = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            scope[PRINCIPAL] = await run_in_threadpool(self._principal_of, Request(scope))
        except AssistantError as error:
            problem = problem_of(error)
            await JSONResponse(problem.body(), problem.status, media_type=MEDIA_TYPE)(scope, receive, send)
            return
        inner = await self._app()
        await inner({**scope, "path": "/mcp", "root_path": "", "raw_path": b"/mcp"}, receive, send)

    async def close(self) -> None:
        """End what is running."""
        self._closing.set()
        if self._running is not None:
            await self._running

    async def _app(self) -> ASGIApp:
        async with self._opening:
            if self._opened is None:
                tools = await run_in_threadpool(import_module, "assistant.api.protocols.mcp_tools")
                server = tools.build_mcp(self._services, _caller_of)
                app: ASGIApp = tools.over_http(server)
                ready = asyncio.Event()
                # A task of its own: its task group must be left by who entered it, and requests come and go.
                self._running = asyncio.create_task(self._run(server.session_manager, ready))
                await ready.wait()
                self._opened = app
            return self._opened

    async def _run(self, manager: Any, ready: asyncio.Event) -> None:
        async with manager.run():
            ready.set()
            await self._closing.wait()


def _caller_of(context: Any) -> Principal:
    principal: Principal = context.request_context.request.scope[PRINCIPAL]
    return principal
