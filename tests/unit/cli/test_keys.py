"""`troly keys` as an operator uses it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.bootstrap import open_audit
from assistant.cli import keys
from assistant.errors import InvalidRequest, NotFound, NotPermitted
from assistant.settings import Settings


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    made = Settings(data_dir=tmp_path)
    monkeypatch.setattr(keys, "settings", lambda: made)
    monkeypatch.setenv("COLUMNS", "200")
    return made


def run(*arguments: str) -> str:
    result = CliRunner().invoke(keys.app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_key_is_made_listed_and_revoked_and_each_is_on_record(chosen: Settings) -> None:
    made = run("create", "--as", "province:79,01", "--purpose", "cổng thông tin", "--right", "ask", "--right", "widget")
    token = made.split()[-1]
    assert token.startswith("troly_")
    key_id = token.split("_")[1]
    listed = run("list")
    assert "province:01,79" in listed
    assert "cổng thông tin" in listed
    assert token not in listed
    run("revoke", key_id)
    assert "thu hồi" in run("list")
    records = [entry.record for entry in open_audit(chosen).entries()]
    assert sum(key_id in record for record in records) == 2
    assert not any(token in record for record in records)


@pytest.mark.usefixtures("chosen")
def test_a_key_needs_a_known_scope_and_an_end() -> None:
    for arguments, error in (
        (("create", "--as", "province:00", "--purpose", "x"), NotPermitted),
        (("create", "--as", "national", "--purpose", "x", "--days", "400"), InvalidRequest),
        (("revoke", "000000000000"), NotFound),
    ):
        with pytest.raises(error):
            run(*arguments)
