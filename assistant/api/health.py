"""Whether the process lives, whether it can answer, and what it has measured."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from assistant import telemetry
from assistant.api.dependencies import SharedParts
from assistant.errors import StoreUnavailable

router = APIRouter(tags=["operations"])


@router.get("/healthz", summary="The process lives")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz", summary="Every component can answer; 503 names the one that cannot")
def readyz(parts: SharedParts) -> JSONResponse:
    components = {**parts.services.health(), "conversations": "ok"}
    try:
        parts.conversations.check()
    except StoreUnavailable as error:
        components["conversations"] = error.code
    ready = all(state == "ok" for state in components.values())
    return JSONResponse({"status": "ok" if ready else "not_ready", "components": components}, 200 if ready else 503)


@router.get("/metrics", summary="Prometheus metrics")
def metrics() -> Response:
    return Response(telemetry.metrics_text(), media_type=telemetry.METRICS_MEDIA_TYPE)
