"""Whether the process lives, whether it can answer, and what it has measured."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel, Field

from assistant import telemetry
from assistant.api.dependencies import SharedParts
from assistant.errors import StoreUnavailable

router = APIRouter(tags=["operations"])


class Readiness(BaseModel):
    """Whether every component can answer: each is "ok", "warming" or the code of what is wrong."""

    status: Literal["ok", "not_ready"]
    components: dict[str, str] = Field(examples=[{"encoder": "ok", "index": "ok", "engine": "ok"}])


@router.get("/healthz", summary="The process lives")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@router.get(
    "/readyz",
    summary="Every component can answer; 503 names the one that cannot",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "Not every component can"}},
)
def readyz(parts: SharedParts) -> JSONResponse:
    components = {**parts.services.health(), "conversations": "ok"}
    try:
        parts.conversations.check()
    except StoreUnavailable as error:
        components["conversations"] = error.code
    ready = all(state == "ok" for state in components.values())
    return JSONResponse({"status": "ok" if ready else "not_ready", "components": components}, 200 if ready else 503)


@router.get("/metrics", summary="Prometheus metrics", response_class=PlainTextResponse)
def metrics() -> Response:
    return Response(telemetry.metrics_text(), media_type=telemetry.METRICS_MEDIA_TYPE)
