"""The command: outcomes, exit codes, and one sentence for every kind of bad input."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from evals import cli
from evals.case import Case
from evals.suite import Threshold
from evals.suites import registry
from tests.unit.evals.scripted import scripted_suite

CASES = '{"id": "a", "question": "Một"}\n{"id": "b", "question": "Hai"}\n'


def answer(case: Case) -> Mapping[str, Any]:
    return {"right": 1.0 if case.id == "a" else 0.0, "asked": case.question}


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "shipped.jsonl"
    path.write_text(CASES, encoding="utf-8")
    suite = scripted_suite(answer, path, (Threshold("right", at_least=0.9),))
    monkeypatch.setattr(registry, "SUITES", {"scripted": suite})
    monkeypatch.setattr(cli, "SUITES", {"scripted": suite})
    monkeypatch.chdir(tmp_path)
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["troly-eval", *map(str, arguments)])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    return int(caught.value.code or 0)


def report(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return loaded


def test_a_run_leaves_four_files_and_the_gate_decides_the_exit_code(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "run", "scripted") == 1
    folder = tmp_path / "runs" / "scripted"
    assert {path.name for path in folder.iterdir()} == {"outputs.jsonl", "report.json", "report.md", "config.json"}
    assert report(folder)["metrics"]["right"]["value"] == 0.5
    assert "right = 0.5000 < 0.9000" in capsys.readouterr().out


def test_the_gate_judges_the_shipped_cases_only_unless_asked(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, "run", "scripted", "--no-gate") == 0
    assert run(monkeypatch, "run", "scripted", "--cases", shipped) == 0
    assert run(monkeypatch, "run", "scripted", "--cases", shipped, "--gate") == 1
    assert run(monkeypatch, "run", "scripted", "--limit", "1", "--gate") == 0


def test_two_runs_write_the_same_report(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second"):
        run(monkeypatch, "run", "scripted", "--out", tmp_path / name)
    assert (tmp_path / "first/report.json").read_bytes() == (tmp_path / "second/report.json").read_bytes()


def test_stripping_diacritics_changes_what_is_asked(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(monkeypatch, "run", "scripted", "--strip-diacritics", "--out", tmp_path / "out")
    assert '"asked": "Mot"' in (tmp_path / "out/outputs.jsonl").read_text(encoding="utf-8")
    assert set(report(tmp_path / "out")["slices"]) == {"no_diacritics"}


def test_a_run_can_be_scored_again(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "run", "scripted", "--out", tmp_path / "out")
    before = (tmp_path / "out/report.json").read_bytes()
    (tmp_path / "out/report.json").unlink()
    assert run(monkeypatch, "score", tmp_path / "out") == 0
    assert (tmp_path / "out/report.json").read_bytes() == before


def test_two_runs_compare_and_a_loss_may_fail(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "run", "scripted", "--out", tmp_path / "before")
    worse = scripted_suite(lambda _: {"right": 0.0}, shipped)
    better = scripted_suite(lambda _: {"right": 1.0}, shipped)
    for name, suite in (("worse", worse), ("better", better)):
        monkeypatch.setattr(registry, "SUITES", {"scripted": suite})
        run(monkeypatch, "run", "scripted", "--out", tmp_path / name)
    capsys.readouterr()
    assert run(monkeypatch, "compare", tmp_path / "worse", tmp_path / "better", "--gate") == 0
    assert "+1.0000" in capsys.readouterr().out
    assert run(monkeypatch, "compare", tmp_path / "better", tmp_path / "worse", "--gate") == 1
    assert run(monkeypatch, "compare", tmp_path / "better", tmp_path / "worse") == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("run", "absent"), "suite_unknown"),
        (("run", "scripted", "--cases", "absent.jsonl"), "cases_missing"),
        (("run", "scripted", "--cases", "empty.jsonl"), "cases_empty"),
        (("run", "scripted", "--cases", "broken.jsonl"), "cases_malformed"),
        (("score", "absent"), "run_missing"),
        (("compare", "absent", "absent"), "run_missing"),
    ],
)
def test_bad_input_is_a_code_and_a_sentence(
    shipped: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: str,
) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    (tmp_path / "broken.jsonl").write_text('{"id": "a"}\nkhông phải JSON\n', encoding="utf-8")
    assert run(monkeypatch, *arguments) == 2
    shown = capsys.readouterr().err
    assert shown.startswith(f"{code}: ")
    assert "Traceback" not in shown
    if code == "cases_malformed":
        assert "broken.jsonl" in shown
        assert "dòng 2" in shown


def test_the_list_names_metrics_and_bounds(
    shipped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "list") == 0
    assert capsys.readouterr().out == "scripted: right ≥ 0.9\n"


def test_attacks_without_an_education_database_say_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TROLY_DATA_DIR", str(tmp_path))
    assert run(monkeypatch, "run", "chat_attacks", "--out", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert said.startswith("education_missing: ")
    assert "troly-ingest education" in said
