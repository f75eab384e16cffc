"""Logs as JSON lines without question text, and the metrics Prometheus reads."""

import logging
from traceback import extract_tb

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from structlog.typing import ExcInfo, Processor

METRICS_MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

answers_total = Counter("troly_answers_total", "Answers given, by status and kind of request", ("status", "kind"))
answer_seconds = Histogram("troly_answer_seconds", "Time to an answer", ("kind",), buckets=_SECONDS)
answers_cancelled_total = Counter("troly_answers_cancelled_total", "Answers nobody waited for", ("kind",))
answers_running = Gauge("troly_answers_running", "Answers being made now")
requests_total = Counter("troly_http_requests_total", "HTTP requests", ("method", "route", "status"))
request_seconds = Histogram("troly_http_request_seconds", "Time to a whole response", ("route",), buckets=_SECONDS)


def configure_logging(level: str) -> None:
    """Send every log of the process to standard error as one JSON object a line."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_where),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    render = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=render, foreign_pre_chain=shared))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # At debug level these two write bodies and headers, which hold questions.
    for name in ("sse_starlette", "httpx"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _where(exc_info: ExcInfo) -> list[str]:
    """The exception's type and the lines it passed, innermost last: its message and locals may hold a question."""
    kind, _, trace = exc_info
    return [kind.__name__, *(f"{f.filename}:{f.lineno} {f.name}" for f in extract_tb(trace))]


def metrics_text() -> bytes:
    """Everything measured so far, in Prometheus's text format."""
    return generate_latest()
