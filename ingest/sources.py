"""Which files there are: scanning what was asked for in a fixed order, and which of them changed."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from assistant.corpus.catalogue import SourceRecord
from assistant.errors import ConfigurationError
from assistant.text import nfc

_CHUNK_BYTES = 1 << 20
# Describes a folder; is not one of its documents.
_ABOUT_THE_FOLDER = {"readme", "readme.md", "readme.txt", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file on disk; `key` is its permanent name in the catalogue: the root's name and the path below it."""

    key: str
    path: Path
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What one sync speaks for: everything below a root, a folder of it, or one file."""

    root: str
    folder: Path
    prefix: str
    files: tuple[Path, ...]
    glob: str = ""
    """Only files whose path below the folder fits; what is recorded and does not fit is gone."""

    def covers(self, key: str) -> bool:
        """Whether a recorded source lies in what was scanned, so that its absence means it is gone."""
        return key == self.prefix or key.startswith(self.prefix.rstrip("/") + "/")


def resolve_scopes(
    paths: Sequence[Path], roots: Mapping[str, str], globs: Mapping[Path, str] | None = None
) -> tuple[list[Scope], dict[str, str]]:
    """The scopes of `paths`, and the roots known afterwards (name → folder).

    A path below a known root belongs to that root; a folder above known roots takes their place.
    """
    known = dict(roots)
    scopes: list[Scope] = []
    for path in paths:
        absolute = Path(os.path.abspath(path))
        if not absolute.exists():
            raise ConfigurationError("path_missing", path=str(path))
        folder = absolute if absolute.is_dir() else absolute.parent
        name = next((name for name, root in known.items() if folder.is_relative_to(root)), "")
        if not name:
            if absolute.is_dir():
                known = {each: root for each, root in known.items() if not Path(root).is_relative_to(absolute)}
            name = _free_name(folder, known)
            known[name] = str(folder)
        scopes.append(replace(_scope(name, Path(known[name]), absolute), glob=(globs or {}).get(path, "")))
    return scopes, known


def scan(scope: Scope) -> Iterator[FoundFile]:
    """The files of a scope in one order on every machine. Hidden files, lock files and links are passed over."""
    for path in scope.files or _files_below(scope.folder):
        if scope.glob and not scope.files and not _fits(path.relative_to(scope.folder), scope.glob):
            continue
        status = path.stat()
        root = scope.folder if not scope.files else path.parent
        key = scope.prefix if scope.files else f"{scope.prefix}/{path.relative_to(root).as_posix()}"
        yield FoundFile(nfc(key), path, status.st_size, status.st_mtime_ns)


def is_unchanged(file: FoundFile, record: SourceRecord | None) -> bool:
    """By size and time; when the time moved, by content."""
    if record is None or record.size != file.size:
        return False
    return record.modified_ns == file.modified_ns or record.sha256 == digest(file.path)


def digest(path: Path) -> str:
    """sha256 of a file, read in pieces; of a file that cannot be read, an empty string."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_CHUNK_BYTES):
                found.update(piece)
    except OSError:
        return ""
    return found.hexdigest()


def _scope(name: str, root: Path, absolute: Path) -> Scope:
    below = absolute.relative_to(root).as_posix()
    prefix = name if below == "." else f"{name}/{below}"
    return Scope(name, absolute, prefix, () if absolute.is_dir() else (absolute,))


def _fits(below: Path, glob: str) -> bool:
    """ "**/" also means no folder at all, which PurePath.match does not know before Python 3.13."""
    name = nfc(below.as_posix()).casefold()
    patterns = {glob.casefold(), glob.casefold().replace("**/", "")}
    return any(fnmatch(name, each) for each in patterns)


def _files_below(folder: Path) -> Iterator[Path]:
    for directory, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            path = Path(directory, name)
            hidden = name.startswith((".", "~$")) or name.casefold() in _ABOUT_THE_FOLDER
            if not hidden and path.is_file() and not path.is_symlink():
                yield path


def _free_name(folder: Path, known: Mapping[str, str]) -> str:
    """The folder's own name, told apart from another folder of that name by its whole path."""
    name = nfc(folder.name or "root")
    return name if name not in known else f"{name}~{hashlib.sha256(str(folder).encode()).hexdigest()[:6]}"
