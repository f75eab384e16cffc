"""Retention, one person's data, backup and restore: by the commands, on a data folder with something in it."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.access.audit import Kind
from assistant.bootstrap import open_audit
from assistant.cli import commands, keeping
from assistant.conversations.feedback import Feedback, Rating, keep_feedback
from assistant.conversations.repository import ConversationRepository
from assistant.errors import ConfigurationError
from assistant.settings import Settings
from tests.scripted_services import REGULATION, scripted_services

AN, BINH = "oidc:an", "oidc:An"


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Two persons whose names differ by a capital have asked; one of them under two scopes."""
    services = scripted_services(tmp_path / "data")
    made = services.settings
    store = ConversationRepository(made.store_address)
    for owner in (f"province:01 {AN}", f"national {AN}", f"national {BINH}", "national key:ab/an", "national"):
        turn = store.start_turn(store.create(owner), "Câu hỏi riêng?", None)
        store.complete_turn(turn.id, REGULATION)
        keep_feedback(store, turn.id, Feedback(Rating.UP, comment="tốt"))
        services.accounts.log.append(Kind.ANSWER, owner)
    store.close()
    services.background.store.add(f"national {AN}")
    monkeypatch.setattr(keeping, "settings", lambda: made)
    return made


def run(*arguments: str) -> str:
    result = CliRunner().invoke(commands.app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def held(chosen: Settings) -> list[str]:
    with closing(sqlite3.connect(chosen.conversations_path)) as connection:
        return [row[0] for row in connection.execute("SELECT principal FROM conversations ORDER BY 1")]


def test_a_persons_data_is_found_exported_and_erased_and_nobody_elses(chosen: Settings, tmp_path: Path) -> None:
    assert "2 cuộc trò chuyện, 2 lượt hỏi, 1 kết quả chạy nền, 2 bản ghi" in run("person", "find", AN)
    out = tmp_path / "an.json"
    run("person", "export", AN, "--out", str(out))
    exported = json.loads(out.read_text(encoding="utf-8"))
    assert [one["turns"][0]["question"] for one in exported["conversations"]] == ["Câu hỏi riêng?"] * 2
    assert exported["conversations"][0]["turns"][0]["feedback"] == {"rating": "up", "comment": "tốt"}
    assert {record["actor"] for record in exported["audit"]} == {f"province:01 {AN}", f"national {AN}"}
    assert out.stat().st_mode & 0o077 == 0
    run("person", "erase", AN)
    assert held(chosen) == ["national", "national key:ab/an", f"national {BINH}"]
    assert "0 cuộc trò chuyện, 0 lượt hỏi, 0 kết quả" in run("person", "find", AN)
    noted = [one.fields for one in open_audit(chosen).entries() if one.fields["kind"] == Kind.ADMINISTRATION]
    assert [one["what"] for one in noted] == ["person found", "person exported", "person erased", "person found"]
    assert not any("Câu hỏi" in json.dumps(one, ensure_ascii=False) for one in noted)


def test_a_name_with_signs_of_a_pattern_is_only_that_name(chosen: Settings) -> None:
    for name in ("oidc:%", "oidc:a_", "%", ""):
        assert "0 cuộc trò chuyện" in run("person", "find", name)
    assert len(held(chosen)) == 5


def test_retention_takes_what_is_too_old_and_the_log_still_holds(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (datetime.now(UTC) - timedelta(days=91)).replace(tzinfo=None)
    with closing(sqlite3.connect(chosen.conversations_path)) as connection, connection:
        connection.execute("UPDATE conversations SET created_at = ? WHERE principal LIKE '%key%'", (str(old),))
    assert "Đã xóa 1 cuộc trò chuyện và 0 bản ghi" in run("retention", "run")
    assert len(held(chosen)) == 4
    later = datetime.now(UTC) + timedelta(days=24 * 31 + 1)
    clock = type("Clock", (datetime,), {"now": classmethod(lambda cls, zone: later)})
    monkeypatch.setattr("assistant.keeping.retention.datetime", clock)
    assert "bản ghi" in run("retention", "run")
    log = open_audit(chosen)
    assert log.verify().bad is None
    assert [one.fields.get("what") for one in log.entries()] == ["retention", "retention"]


def test_a_backup_is_restored_on_an_empty_machine(chosen: Settings, tmp_path: Path) -> None:
    copy, before = tmp_path / "copy", held(chosen)
    run("backup", str(copy))
    assert "nguyên vẹn" in run("backup", str(copy), "--check")
    assert not [path for path in copy.iterdir() if path.stat().st_mode & 0o077 and path.name != "manifest.json"]
    assert open_audit(chosen).append(Kind.ANSWER, "national")  # goes on after the copy
    elsewhere = chosen.model_copy(update={"data_dir": tmp_path / "new"})
    keeping.settings = lambda: elsewhere
    run("restore", str(copy))
    assert held(elsewhere) == before
    assert open_audit(elsewhere).verify().bad is None
    with pytest.raises(ConfigurationError) as caught:
        run("restore", str(copy))
    assert caught.value.code == "restore_over_data"
    with pytest.raises(ConfigurationError):
        run("backup", str(copy))


@pytest.mark.parametrize("name", ["conversations.sqlite", "audit.sqlite", "audit.key", "manifest.json"])
@pytest.mark.parametrize("damage", ["cut", "flip", "remove"])
def test_a_broken_backup_is_not_restored(chosen: Settings, tmp_path: Path, name: str, damage: str) -> None:
    copy = tmp_path / "copy"
    run("backup", str(copy))
    whole = (copy / name).read_bytes()
    if damage == "remove":
        (copy / name).unlink()
    else:
        half = len(whole) // 2
        (copy / name).write_bytes(whole[:half] if damage == "cut" else whole[:half] + b"\x00~" + whole[half + 2 :])
    elsewhere = tmp_path / "new"
    keeping.settings = lambda: chosen.model_copy(update={"data_dir": elsewhere})
    with pytest.raises(ConfigurationError) as caught:
        run("restore", str(copy))
    assert caught.value.code == "backup_broken"
    assert not elsewhere.exists()
