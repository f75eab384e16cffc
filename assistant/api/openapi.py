"""The description of the API at `/openapi.json`: a name, a home and every documented answer for each operation."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from assistant.api.problems import MEDIA_TYPE, OPENAI_PATHS, TITLES
from assistant.api.protocols.openai_bodies import OpenAiError
from assistant.api.schemas import ProblemBody

TAGS = [
    {"name": "conversations", "description": "A caller's own conversations"},
    {"name": "turns", "description": "Questions of a conversation, as events or as one JSON"},
    {"name": "queries", "description": "Figures in words or in guarded SQL"},
    {"name": "search", "description": "Passages, suggestions, the figures there are"},
    {"name": "documents", "description": "Held documents, their provisions, files and pages"},
    {"name": "law", "description": "Documents over time"},
    {"name": "openai", "description": "The chat in OpenAI's protocol; errors in its shape"},
    {"name": "ai-sdk", "description": "The chat as the AI SDK's UI-message stream"},
    {"name": "access", "description": "Short-lived tokens for widgets"},
    {"name": "administration", "description": "For who runs the service"},
    {"name": "operations", "description": "Whether the service lives, and what it measures"},
]
_ANYWHERE = (401, 403, 404, 422, 429, 500, 503)
_WITH_BODY = (400, 413, 415)
_REF = "#/components/schemas/{model}"


def operation_id(route: APIRoute) -> str:
    """The function's name, which is what a generated client calls it."""
    return route.name


def describe(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if not app.openapi_schema:
        found = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes, tags=TAGS)
        schemas = found.setdefault("components", {}).setdefault("schemas", {})
        for model in (ProblemBody, OpenAiError):
            schema = TypeAdapter(model).json_schema(ref_template=_REF)
            schemas.update(schema.pop("$defs", {}))
            schemas[model.__name__] = schema
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        for path, operations in found["paths"].items():
            for operation in operations.values():
                _tell_problems(path, operation)
        app.openapi_schema = found
    return app.openapi_schema


def _tell_problems(path: str, operation: dict[str, Any]) -> None:
    """Every error an operation may answer with."""
    if not path.startswith("/v1"):
        operation["responses"].pop("422", None)
        return
    statuses = (*_ANYWHERE, *(_WITH_BODY if "requestBody" in operation else ()))
    operation["responses"].update({str(status): _problem(path, status) for status in sorted(statuses)})


def _problem(path: str, status: int) -> dict[str, Any]:
    model, media = ("OpenAiError", "application/json") if path.startswith(OPENAI_PATHS) else ("ProblemBody", MEDIA_TYPE)
    response: dict[str, Any] = {
        "description": TITLES[status],
        "content": {media: {"schema": {"$ref": _REF.format(model=model)}}},
    }
    if status == 429:
        response["headers"] = {
            "Retry-After": {"description": "seconds to wait", "schema": {"type": "string"}},
        }
    return response
