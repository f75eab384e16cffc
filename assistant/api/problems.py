"""Errors as problem details (RFC 9457): a stable code and a Vietnamese sentence, never engine text or a traceback."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.api.library.document_page import problem_page
from assistant.api.protocols.openai_bodies import error_body
from assistant.api.schemas import ProblemBody
from assistant.errors import AssistantError, RateLimited
from assistant.messages import message

BODY_LIMIT_KB = 64
MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "Yêu cầu không hợp lệ",
    401: "Chưa xác định người dùng",
    403: "Không có quyền",
    404: "Không tìm thấy",
    405: "Phương thức không được hỗ trợ",
    413: "Nội dung quá lớn",
    415: "Định dạng không được hỗ trợ",
    422: "Yêu cầu không hợp lệ",
    429: "Quá nhiều yêu cầu",
    500: "Lỗi hệ thống",
    503: "Tạm thời không phục vụ được",
}
_HTTP_CODES = {
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "media_type_unsupported",
}

OPENAI_PATHS = ("/v1/chat/completions", "/v1/models")
"""Where errors have the shape that OpenAI's clients read."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, as a caller may know it."""

    status: int
    code: str
    detail: str
    fields: tuple[str, ...] | None = None
    reference: str | None = None

    @property
    def title(self) -> str:
        return TITLES.get(self.status) or HTTPStatus(self.status).phrase

    def body(self) -> dict[str, Any]:
        """The JSON of it, without the members that do not apply."""
        body = ProblemBody(
            type=f"urn:troly:problem:{self.code}",
            title=self.title,
            status=self.status,
            code=self.code,
            detail=self.detail,
            fields=None if self.fields is None else list(self.fields),
            reference=self.reference,
        )
        return body.model_dump(exclude_none=True)


def problem_of(error: BaseException) -> Problem:
    """The problem for any error; one that nobody expected is logged under a reference the caller can quote."""
    if isinstance(error, AssistantError):
        log.info("request_failed", code=error.code, status=error.http_status, detail=error.detail)
        return Problem(error.http_status, error.code, message(error.code, **error.values))
    reference = uuid4().hex[:12]
    log.error("failed_unexpected", reference=reference, exc_info=error)
    return Problem(500, "failed_unexpected", message("failed_unexpected", reference=reference), reference=reference)


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of `app` a problem."""
    app.add_exception_handler(AssistantError, _any_error)
    app.add_exception_handler(RequestValidationError, _invalid_body)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _any_error)


async def _any_error(request: Request, error: Exception) -> Response:
    wait = error.values.get("seconds") if isinstance(error, RateLimited) else None
    return _response(request, problem_of(error), {"Retry-After": str(wait)} if wait else None)


async def _invalid_body(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    unread = any(found["loc"] == ("body",) and found["type"] != "missing" for found in error.errors())
    if unread and _is_no_json(request):
        return await _http_error(request, HTTPException(415))
    places = (".".join(str(part) for part in found["loc"] if part != "body") for found in error.errors())
    fields = tuple(dict.fromkeys(place for place in places if place and not place.isdigit()))
    return _response(request, Problem(422, "invalid_request", message("invalid_request"), fields=fields))


def _is_no_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    return kind != "application/json" and not kind.endswith("+json")


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _HTTP_CODES.get(error.status_code, "invalid_request")
    problem = Problem(error.status_code, code, message(code, limit=BODY_LIMIT_KB))
    return _response(request, problem, dict(error.headers or {}))


def _response(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    if request.url.path.startswith(OPENAI_PATHS):
        field = problem.fields[0] if problem.fields else None
        body = error_body(problem.status, problem.code, problem.detail, field)
        return JSONResponse(body, problem.status, headers)
    if request.url.path.startswith("/van-ban/"):
        return HTMLResponse(problem_page(problem.title, problem.detail), problem.status, headers)
    return JSONResponse(problem.body(), problem.status, headers, media_type=MEDIA_TYPE)
