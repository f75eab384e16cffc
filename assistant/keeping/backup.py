"""Copies of what cannot be made again — conversations, audit log, keys, ledger — while the service runs, and back.

Generations and vectors are made again from the documents; a PostgreSQL store has its own copies (`pg_dump`).
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import ConfigurationError
from assistant.settings import Settings

MANIFEST = "manifest.json"
FORMAT = 1
_DATABASES = ("conversations.sqlite", "audit.sqlite", "keys.sqlite", "ledger.sqlite", "jobs.sqlite")
_FILES = ("audit.key", "widget.key", "switch.json")
_HEAD = "audit.head.json"


def write_backup(chosen: Settings, folder: Path) -> dict[str, Any]:
    """Copy into `folder`, which must not exist, and return the manifest. Raises ConfigurationError."""
    try:
        folder.mkdir(parents=True, mode=0o700)
        with _standing_still(chosen.audit_path):
            if chosen.audit_head_path.exists():
                shutil.copyfile(chosen.audit_head_path, folder / _HEAD)
            _copy_database(chosen.audit_path, folder / chosen.audit_path.name)
        for name in _DATABASES:
            if name != chosen.audit_path.name and (chosen.data_dir / name).exists():
                _copy_database(chosen.data_dir / name, folder / name)
        for name in _FILES:
            if (chosen.data_dir / name).exists():
                shutil.copyfile(chosen.data_dir / name, folder / name)
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "files": {path.name: _facts(path) for path in sorted(folder.iterdir())},
        }
        for path in folder.iterdir():
            path.chmod(0o600)
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        return manifest
    except (OSError, sqlite3.Error) as error:
        raise ConfigurationError("backup_failed", path=str(folder), detail=str(error)) from error


def check_backup(folder: Path) -> dict[str, Any]:
    """The manifest, once every file is what it says and every database is sound. Raises ConfigurationError."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise ConfigurationError("backup_broken", path=str(folder), name=MANIFEST)
        for name, facts in manifest["files"].items():
            if name != Path(name).name or _facts(folder / name) != facts:
                raise ConfigurationError("backup_broken", path=str(folder), name=name)
        return manifest
    except (OSError, ValueError, LookupError, TypeError, AttributeError, sqlite3.Error) as error:
        raise ConfigurationError("backup_broken", path=str(folder), name=MANIFEST) from error


def restore_backup(chosen: Settings, folder: Path) -> dict[str, Any]:
    """Put a sound backup where none of its files is yet: a service that runs is never overwritten."""
    manifest = check_backup(folder)
    chosen.data_dir.mkdir(parents=True, exist_ok=True)
    for name in manifest["files"]:
        if (chosen.data_dir / name).exists():
            raise ConfigurationError("restore_over_data", path=str(chosen.data_dir), name=name)
    try:
        for name in manifest["files"]:
            target = chosen.audit_head_path if name == _HEAD else chosen.data_dir / name
            shutil.copyfile(folder / name, target)
            os.chmod(target, 0o600)
    except OSError as error:
        raise ConfigurationError("backup_failed", path=str(chosen.data_dir), detail=str(error)) from error
    return manifest


@contextmanager
def _standing_still(path: Path) -> Iterator[None]:
    """No record is written meanwhile: the copy of the log and the copy of its head belong together."""
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def _copy_database(source: Path, target: Path) -> None:
    """By SQLite's own copying, which sees one state of a database that is being written to."""
    if not source.exists():
        return
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")


def _facts(path: Path) -> dict[str, Any]:
    facts: dict[str, Any] = {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            facts["sound"] = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            facts["rows"] = {
                name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in named
            }
    return facts
