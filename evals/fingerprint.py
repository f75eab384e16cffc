"""What a run depended on: code, settings and data, as digests that decide whether an output may be reused."""

import hashlib
import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import assistant
import evals
import ingest
from assistant.settings import Settings

_CODE_SUFFIXES = {".py", ".yml", ".yaml", ".toml", ".tsv", ".csv", ".md"}
_SHOWN_SETTINGS = {"today", "encoder", "index", "search", "engine", "model"}
_HIDDEN = {"index": {"api_key"}, "engine": {"path"}, "model": {"key"}}


@dataclass(frozen=True, slots=True)
class RunConfig:
    """A run's identity. Equal configs on equal cases give equal outputs."""

    suite: str
    commit: str | None
    settings: Mapping[str, Any]
    digests: Mapping[str, str]

    @property
    def digest(self) -> str:
        """The commit is left out: it names the code, and `digests` holds the code itself."""
        content = {"suite": self.suite, "settings": self.settings, "digests": self.digests}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def build_config(suite: str, settings: Settings, digests: Mapping[str, str]) -> RunConfig:
    """The config of a run of `suite` now; settings that only say where files lie are left out."""
    shown = settings.model_dump(mode="json", include=_SHOWN_SETTINGS)
    for section, names in _HIDDEN.items():
        shown[section] = {name: value for name, value in shown[section].items() if name not in names}
    return RunConfig(suite, commit(), shown, {"code": code_digest(), **digests})


@lru_cache(maxsize=1)
def commit() -> str | None:
    """The commit the code was checked out at; None when it was installed without its repository."""
    command = ["git", "rev-parse", "HEAD"]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Of the three packages' code and configuration; datasets and baselines are not code."""
    folders = [Path(str(package.__file__)).parent for package in (assistant, ingest, evals)]
    left_out = (folders[2] / "datasets", folders[2] / "baselines")
    files = (
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in _CODE_SUFFIXES and path.is_file() and not any(map(path.is_relative_to, left_out))
    )
    return files_digest(files, folders[0].parent)


def files_digest(files: Iterable[Path], root: Path) -> str:
    """Of the files' names below `root` and their bytes, whatever order they come in."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
