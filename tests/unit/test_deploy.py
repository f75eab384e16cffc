"""What is shipped for running the service names commands, settings and metrics that exist."""

import json
import re
from configparser import ConfigParser
from pathlib import Path

import pytest
from typer.main import get_command

from assistant import telemetry
from assistant.cli.commands import app
from assistant.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_exists(unit: Path) -> None:
    parsed = ConfigParser(interpolation=None, strict=False)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(unit, encoding="utf-8")
    found = re.search(r"/bin/(troly|troly-ingest) ([a-z-]+)", parsed["Service"]["ExecStart"])
    assert found
    if found[1] == "troly":
        assert found[2] in get_command(app).commands  # type: ignore[attr-defined]
    assert parsed["Service"]["NoNewPrivileges"] == "yes"


@pytest.mark.parametrize("timer", sorted(DEPLOY.glob("*.timer")), ids=lambda path: path.name)
def test_a_timer_has_its_unit(timer: Path) -> None:
    assert timer.with_suffix(".service").exists()
    assert "OnCalendar=" in timer.read_text(encoding="utf-8")


def test_the_container_sets_settings_that_exist_and_no_login_without_a_token() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    named = re.findall(r"^ENV (.*)$", text, re.M)[0]
    settings = {f"TROLY_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"(TROLY_\w+)=", named)) <= settings
    assert "TROLY_DEFAULT_PRINCIPAL" not in named


def test_the_dashboard_shows_metrics_the_service_has() -> None:
    board = json.loads((DEPLOY / "grafana-dashboard.json").read_text(encoding="utf-8"))
    shown = {
        re.sub(r"_bucket$", "", name)
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"\b(troly_\w+)", target["expr"])
    }
    held = set(re.findall(r"^# TYPE (\w+)", telemetry.metrics_text().decode(), re.M))
    assert shown
    assert shown <= held
