"""Builds the web application from services somebody else opened and will close."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from starlette.routing import Route

from assistant.access.limits import RateLimit
from assistant.access.sign_in import open_bearers
from assistant.access.sign_in.origins import read_origins
from assistant.api import health, law, queries, widget_tokens
from assistant.api.administration import routes as administration
from assistant.api.chat import conversations as chats
from assistant.api.chat import turns
from assistant.api.dependencies import Shared, asker_of
from assistant.api.headers import CORS, BodyLimit, Headers, security_headers
from assistant.api.library import documents, search
from assistant.api.openapi import describe, operation_id
from assistant.api.problems import BODY_LIMIT_KB, add_problem_handlers
from assistant.api.protocols import openai_chat, ui_messages
from assistant.api.protocols.mcp_mount import McpMount
from assistant.api.running.turns import RunningTurns
from assistant.conversations.repository import ConversationRepository
from assistant.errors import StoreUnavailable
from assistant.settings import PACKAGE_DIR, Settings

if TYPE_CHECKING:
    from assistant.answering.services import Services

WEB_DIR = PACKAGE_DIR / "web"
_WORKERS = 8

ROUTERS = (
    chats.router,
    turns.asking_router,
    turns.router,
    openai_chat.router,
    ui_messages.router,
    queries.router,
    documents.router,
    search.router,
    law.router,
    widget_tokens.router,
    administration.router,
    health.router,
)

log = structlog.get_logger(__name__)


def build_app(services: "Services") -> FastAPI:
    """The application. Its own part of the state is the conversation store and the workers."""
    app = FastAPI(
        title="Trợ lý Giáo dục",
        version="1",
        summary="Câu trả lời có căn cứ về văn bản và số liệu giáo dục.",
        docs_url=None,  # FastAPI's pages load scripts from outside the machine
        redoc_url=None,
        lifespan=_lifespan,
        generate_unique_id_function=operation_id,
    )
    app.openapi = partial(describe, app)  # type: ignore[method-assign]
    settings, quotas = services.settings, services.policy.quotas
    conversations = ConversationRepository(settings.store_address)
    workers = ThreadPoolExecutor(_WORKERS, "answer")
    app.state.shared = Shared(
        services,
        conversations,
        workers,
        RunningTurns(workers),
        open_bearers(settings, services.policy),
        RateLimit(quotas.requests),
        RateLimit(quotas.refusals),
        RateLimit(quotas.conversations),
        RateLimit(quotas.questions),
    )
    add_problem_handlers(app)
    app.add_middleware(BodyLimit, max_bytes=BODY_LIMIT_KB * 1024)
    origins = read_origins(settings.web.allowed_origins, "TROLY_WEB__ALLOWED_ORIGINS")
    app.add_middleware(Headers, security=security_headers(settings.web, embeddable=bool(origins)))
    if origins:
        app.add_middleware(CORSMiddleware, allow_origins=origins, **CORS)
    for router in ROUTERS:
        app.include_router(router)
    app.state.mcp = McpMount(services, asker_of)
    app.router.routes.append(Route("/mcp", app.state.mcp))
    app.mount("/web", StaticFiles(directory=WEB_DIR), name="web")
    app.add_api_route("/", _chat_page, include_in_schema=False)
    return app


def _chat_page() -> FileResponse:
    return FileResponse(WEB_DIR / "index.html")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    shared: Shared = app.state.shared
    _tidy(shared.conversations, shared.services.settings)
    yield
    shared.turns.close()
    await app.state.mcp.close()
    shared.workers.shutdown(wait=False, cancel_futures=True)
    shared.conversations.close()


def _tidy(conversations: ConversationRepository, settings: Settings) -> None:
    """A store that cannot be written stops chats, not the service: figures and documents stay readable."""
    try:
        conversations.tidy(datetime.now(UTC) - timedelta(days=settings.conversation_retention_days))
    except StoreUnavailable as error:
        log.error("store_unavailable", detail=error.detail)
