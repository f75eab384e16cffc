"""Scanning is the same on every machine, speaks only for what was asked, and knows what changed."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.corpus.catalogue import SourceRecord
from assistant.errors import ConfigurationError
from ingest.sources import FoundFile, digest, is_unchanged, resolve_scopes, scan


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return folder


def keys(folder: Path, roots: dict[str, str] | None = None) -> list[str]:
    scopes, _ = resolve_scopes([folder], roots or {})
    return [file.key for scope in scopes for file in scan(scope)]


def test_files_come_in_one_order_and_what_is_no_document_is_passed_over(tmp_path: Path) -> None:
    kho = tree(tmp_path / "kho", "b.txt", "a/2.txt", "a/1.txt", ".an/x.txt", "~$b.docx", "README.md", ".ds")
    (kho / "link.txt").symlink_to("/etc/hosts")
    assert keys(kho) == ["kho/b.txt", "kho/a/1.txt", "kho/a/2.txt"]


def test_a_path_below_a_known_root_belongs_to_it(tmp_path: Path) -> None:
    kho = tree(tmp_path / "kho", "a/1.txt", "b.txt")
    _, roots = resolve_scopes([kho], {})
    assert roots == {"kho": str(kho)}
    for path, expected in ((kho / "a", ["kho/a/1.txt"]), (kho / "b.txt", ["kho/b.txt"])):
        scopes, after = resolve_scopes([path], roots)
        assert after == roots
        assert [file.key for file in scan(scopes[0])] == expected


def test_a_folder_above_a_known_root_takes_its_place(tmp_path: Path) -> None:
    tree(tmp_path / "tren", "kho/a.txt")
    _, roots = resolve_scopes([tmp_path / "tren" / "kho"], {})
    _, after = resolve_scopes([tmp_path / "tren"], roots)
    assert after == {"tren": str(tmp_path / "tren")}


def test_two_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for each in ("mot", "hai"):
        tree(tmp_path / each / "kho", "a.txt")
    scopes, roots = resolve_scopes([tmp_path / "mot" / "kho", tmp_path / "hai" / "kho"], {})
    assert len(roots) == 2
    assert len({file.key for scope in scopes for file in scan(scope)}) == 2


def test_a_scope_speaks_only_for_what_it_scanned(tmp_path: Path) -> None:
    kho = tree(tmp_path / "kho", "a/1.txt", "ab.txt")
    scope = resolve_scopes([kho / "a"], {"kho": str(kho)})[0][0]
    assert scope.covers("kho/a/gone.txt")
    assert not scope.covers("kho/ab.txt")


def test_a_path_that_is_not_there_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        resolve_scopes([tmp_path / "khong-co"], {})
    assert caught.value.code == "path_missing"


def test_a_file_is_unchanged_by_size_and_time_or_by_content(tmp_path: Path) -> None:
    path = tree(tmp_path, "a.txt") / "a.txt"
    file = FoundFile("kho/a.txt", path, path.stat().st_size, path.stat().st_mtime_ns)
    record = SourceRecord(
        "kho/a.txt", digest(path), file.size, file.modified_ns, "indexed", "", "", 1, 1, datetime.now(UTC)
    )
    assert is_unchanged(file, record)
    os.utime(path, ns=(1, 1))
    touched = FoundFile("kho/a.txt", path, file.size, 1)
    assert is_unchanged(touched, record)
    path.write_text("b.txt", encoding="utf-8")
    assert not is_unchanged(touched, record)
    assert not is_unchanged(file, None)
