"""The command: what it prints, what it refuses, and that a finished file is never half replaced."""

import json
from pathlib import Path

import duckdb
import pytest
import typer
from typer.testing import CliRunner

from ingest.education.cli import app
from ingest.education.database import new_database

runner = CliRunner()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--scale", "0"], "education_scale"),
        (["--scale", "1001"], "education_scale"),
        (["--scale", "1/100"], "education_number"),
        (["--scale", "٣"], "education_number"),
        (["--seed", "-1"], "education_number"),
        (["--seed", "mười"], "education_number"),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_a_code(tmp_path: Path, arguments: list[str], code: str) -> None:
    result = runner.invoke(app, ["--out", str(tmp_path / "e.duckdb"), *arguments])
    assert result.exit_code == 2
    failed = json.loads(result.stdout.splitlines()[-1])
    assert failed["code"] == code
    assert failed["message"] in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "e.duckdb"
    path.write_text("kept")
    result = runner.invoke(app, ["--out", str(path)])
    assert json.loads(result.stdout)["code"] == "education_exists"
    assert path.read_text() == "kept"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = runner.invoke(app, ["--out", str(tmp_path / "file" / "e.duckdb")])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["code"] == "education_not_writable"


def test_a_failed_build_leaves_the_former_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "e.duckdb"
    path.write_text("former")
    with pytest.raises(RuntimeError), new_database(path, force=True):
        raise RuntimeError
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]


def test_a_report_needs_a_readable_file(tmp_path: Path) -> None:
    result = runner.invoke(app, ["--report", "--out", str(tmp_path / "none.duckdb")])
    assert json.loads(result.stdout)["code"] == "education_missing"
    broken = tmp_path / "broken.duckdb"
    broken.write_text("not a database, however long this text may be" * 300)
    result = runner.invoke(app, ["--report", "--out", str(broken)])
    assert json.loads(result.stdout)["code"] == "education_unreadable"
    other = tmp_path / "other.duckdb"
    duckdb.connect(str(other)).close()
    result = runner.invoke(app, ["--report", "--out", str(other)])
    assert json.loads(result.stdout)["code"] == "education_unreadable"


def test_the_report_prints_a_line_for_each_figure(database_path: Path) -> None:
    result = runner.invoke(app, ["--report", "--out", str(database_path)])
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    cards = next(line for line in lines if line["indicator"] == "số học bạ số đã gửi")
    assert (cards["published"], cards["generated"], cards["within"]) == (1747231, 1747200, True)


def test_the_command_mounts_under_a_name(tmp_path: Path) -> None:
    parent = typer.Typer()
    parent.callback()(lambda: None)
    parent.add_typer(app, name="education")
    result = runner.invoke(parent, ["education", "--scale", "0", "--out", str(tmp_path / "e.duckdb")])
    assert json.loads(result.stdout)["code"] == "education_scale"


def test_progress_names_every_step_in_order(watched: tuple[Path, list[tuple[int, int]]]) -> None:
    told = watched[1]
    assert told == [(number, len(told)) for number in range(1, len(told) + 1)]
