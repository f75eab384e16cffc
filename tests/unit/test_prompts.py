"""Prompts are sealed files."""

import hashlib
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.prompts import load_prompt

PROMPTS = Path(__file__).parents[2] / "prompts"
BODY = "---\npurpose: p\nvariables: [name]\nreply: r\n---\nXin chào $name\n"


def folder_with(tmp_path: Path, body: str, sha256: str) -> Path:
    (tmp_path / "hello").mkdir()
    (tmp_path / "hello" / "1.md").write_text(body, encoding="utf-8")
    (tmp_path / "active.toml").write_text(f'[hello]\nversion = "1"\nsha256 = "{sha256}"\n')
    return tmp_path


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_every_shipped_prompt_loads() -> None:
    names = [path.name for path in PROMPTS.iterdir() if path.is_dir()]
    assert names
    for name in names:
        assert load_prompt(PROMPTS, name).head.purpose


def test_a_prompt_is_filled_with_its_variables(tmp_path: Path) -> None:
    prompt = load_prompt(folder_with(tmp_path, BODY, sha256(BODY)), "hello")
    assert prompt.fill(name="Sở") == "Xin chào Sở"


@pytest.mark.parametrize(
    ("body", "seal", "code"),
    [
        (BODY, "0" * 64, "prompt_altered"),
        (BODY.replace("$name", "$other"), None, "prompt_malformed"),
        ("no front matter", None, "prompt_malformed"),
    ],
)
def test_an_altered_or_malformed_prompt_is_refused(tmp_path: Path, body: str, seal: str | None, code: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        load_prompt(folder_with(tmp_path, body, seal or sha256(body)), "hello")
    assert refusal.value.code == code


def test_an_unknown_prompt_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        load_prompt(folder_with(tmp_path, BODY, sha256(BODY)), "other")
    assert refusal.value.code == "prompt_missing"
