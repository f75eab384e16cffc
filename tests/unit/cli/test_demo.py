"""The demo can be started again: what is made is used, what another version made is made anew."""

import subprocess
from pathlib import Path

import pytest

from assistant.cli import demo
from assistant.settings import Settings


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The first argument of each `troly-ingest` that was run; `education` leaves its file."""
    commands: list[str] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(" ".join(command[1:3]) if command[1] == "education" else command[1])
        (tmp_path / "education.duckdb").touch()
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


def test_a_second_start_makes_no_second_database(ran: list[str], tmp_path: Path) -> None:
    for _ in range(2):
        demo._build(Settings(data_dir=tmp_path))
    assert ran == ["education --force", "sync", "sync"]


def test_a_database_of_another_version_is_made_anew(
    ran: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo._build(Settings(data_dir=tmp_path))
    monkeypatch.setattr(demo, "_recipe", lambda: "another")
    demo._build(Settings(data_dir=tmp_path))
    assert ran == ["education --force", "sync", "education --force", "sync"]
