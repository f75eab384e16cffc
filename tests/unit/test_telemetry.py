"""Logs are JSON lines that carry no question, not even through an exception's message or locals."""

import json
import subprocess
import sys

SCRIPT = """
import logging, structlog
from assistant.telemetry import configure_logging
configure_logging("info")
log = structlog.get_logger("x")
log.info("started", port=8000, name="Trợ lý")
log.debug("hidden")
try:
    question = "điểm của em Nam"
    raise ValueError(question)
except ValueError:
    log.exception("failed_unexpected", reference="abc")
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
"""


def test_every_line_is_json_and_names_no_value_of_an_exception() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in run.stderr.splitlines()]
    assert [line["event"] for line in lines] == ["started", "failed_unexpected", "Exception in ASGI application"]
    assert (lines[0]["port"], lines[0]["name"], lines[0]["level"]) == (8000, "Trợ lý", "info")
    for line in lines[1:]:
        assert line["exception"][0] == "ValueError"
        assert "<string>" in line["exception"][1]
    assert "Nam" not in run.stderr
