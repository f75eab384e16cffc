"""`troly policy explain`: the statement after every rule, what runs, or why not."""

from pathlib import Path

import pytest
import typer

from assistant.cli import policy
from assistant.errors import NotPermitted
from assistant.settings import PACKAGE_DIR, Settings


def explain(
    monkeypatch: pytest.MonkeyPatch, folder: Path, sql: str, expert: str = "[]", as_: str = "province:01"
) -> None:
    text = (PACKAGE_DIR / "config" / "policy.yml").read_text(encoding="utf-8")
    path = folder / "policy.yml"
    path.write_text(text.replace("expert_sql: []", f"expert_sql: {expert}"), encoding="utf-8")
    monkeypatch.setattr(policy, "settings", lambda: Settings(_env_file=None, policy_file=path))
    policy.explain_statement(sql, "province:01")


def test_every_rule_and_what_runs_are_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    explain(monkeypatch, tmp_path, "SELECT count(*) FROM school")
    told = capsys.readouterr().out
    assert [line for line in told.splitlines() if line.startswith("✓")] == [
        "✓ allow_statement",
        "✓ allow_functions",
        "✓ normalise",
        "✓ cap_parts",
        "✓ project_tables",
        "✓ protect_persons",
        "✓ cap_rows",
    ]
    assert "main.school WHERE province_code IN ('01')" in told


def test_names_of_the_model_are_translated_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    explain(monkeypatch, tmp_path, "SELECT province, exam_sat FROM exam_candidate_stat", "[province]")
    assert capsys.readouterr().out.startswith('✓ expert\n    SELECT "exam_candidate_stat".province_code')


def test_who_may_not_use_them_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        explain(monkeypatch, tmp_path, "SELECT province, exam_sat FROM exam_candidate_stat")


def test_a_refusal_names_its_rule_and_ends_with_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        explain(monkeypatch, tmp_path, "SELECT * FROM pupil")
    assert ended.value.exit_code == 1
    assert "✗ names: " in capsys.readouterr().out
