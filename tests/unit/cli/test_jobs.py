"""`troly query --background` and `troly job`: what is printed, and what the detached process is given."""

import io
import json
from pathlib import Path

import pytest

from assistant.cli import commands, jobs
from assistant.errors import InvalidRequest, NotFound, QueryRefused
from tests.scripted_services import FIGURES, ScriptedServices, scripted_services


class Child:
    """The detached process as it was asked for."""

    def __init__(self, arguments: list[str], **options: object) -> None:
        self.arguments, self.options = arguments, options
        self.given = b""
        self.stdin = io.BytesIO()
        self.stdin.close = self._close  # type: ignore[method-assign]

    def _close(self) -> None:
        self.given = self.stdin.getvalue()


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ScriptedServices:
    made = scripted_services(tmp_path)
    monkeypatch.setattr(jobs, "settings", lambda: made.settings)
    monkeypatch.setattr(jobs, "build_services", lambda _: scripted_services(tmp_path))
    return made


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    started: list[Child] = []

    def start(arguments: list[str], **options: object) -> Child:
        started.append(Child(arguments, **options))
        return started[-1]

    monkeypatch.setattr(jobs.subprocess, "Popen", start)
    return started


def begun(capsys: pytest.CaptureFixture[str], as_: str | None = "province:01") -> str:
    commands.query(None, "SELECT 1", as_, None, as_json=True, background=True)
    return str(json.loads(capsys.readouterr().out)["id"])


def test_the_statement_goes_to_a_process_of_its_own(
    services: ScriptedServices, children: list[Child], capsys: pytest.CaptureFixture[str]
) -> None:
    job = begun(capsys)
    (child,) = children
    assert child.arguments[-5:] == ["job", "run", job, "--as", "province:01"]
    assert child.given == b"SELECT 1"
    assert "SELECT" not in " ".join(child.arguments[3:])
    assert child.options["start_new_session"]


def test_a_job_is_shown_to_its_caller_only(
    services: ScriptedServices,
    children: list[Child],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = begun(capsys)
    jobs.show(job, "province:01")
    assert f"troly job show {job}" in capsys.readouterr().out
    monkeypatch.setattr(jobs.sys, "stdin", io.StringIO("SELECT 1"))
    jobs.run(job, "province:01")
    jobs.show(job, "province:01")
    assert FIGURES.text in capsys.readouterr().out
    jobs.show(job, "province:01", as_json=True)
    assert json.loads(capsys.readouterr().out)["state"] == "done"
    for act in (jobs.show, jobs.cancel):
        with pytest.raises(NotFound):
            act(job, None)


def test_a_job_is_cancelled(
    services: ScriptedServices, children: list[Child], capsys: pytest.CaptureFixture[str]
) -> None:
    job = begun(capsys, None)
    jobs.cancel(job, None)
    assert "đã dừng" in capsys.readouterr().out


def test_what_is_refused_starts_no_process(services: ScriptedServices, children: list[Child]) -> None:
    with pytest.raises(QueryRefused):
        commands.query(None, "DROP TABLE x", None, None, background=True)
    with pytest.raises(InvalidRequest):
        commands.query("Bao nhiêu trường?", None, None, None, background=True)
    assert not children
