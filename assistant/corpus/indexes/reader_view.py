"""A private view of an Edge folder, so that several processes can read one index.

Edge locks the write-ahead log of a folder it opens, so a second process is refused ("WouldBlock"). A reader therefore
opens a folder of its own whose segments are hard links to the served ones, without the log: an optimised index has
everything in its segments. Opening, searching and closing change no byte of them (test_index_contract.py holds that).
"""

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TextIO

from assistant.errors import IndexUnavailable

_PREFIX = ".reader-"
_LOG_FOLDER = "wal"
_STALE_SECONDS = 60


class ReaderView:
    """The view's `folder` exists until `close`; views that a killed process left are removed by the next one."""

    def __init__(self, index: Path) -> None:
        if not (index / "edge_config.json").is_file():
            raise IndexUnavailable("index_missing", detail=str(index))
        try:
            _remove_stale(index.parent)
            self._root = _private_folder(index.parent)
            self._lock = _locked(self._root / "lock")
            self.folder = self._root / "index"
            shutil.copytree(index, self.folder, copy_function=_link, ignore=shutil.ignore_patterns(_LOG_FOLDER))
        except OSError as error:
            raise IndexUnavailable("index_unreadable", detail=str(error)) from error

    def close(self) -> None:
        shutil.rmtree(self._root, ignore_errors=True)
        self._lock.close()


def _private_folder(beside: Path) -> Path:
    """Beside the index, where links are possible; in the system's temporary folder when that may not be written."""
    try:
        return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=beside))
    except OSError:
        return Path(tempfile.mkdtemp(prefix=_PREFIX))


def _link(source: str, target: str) -> None:
    # The configuration is rewritten on opening and must not be shared; nor can files of another owner be linked.
    if source.endswith("edge_config.json"):
        shutil.copyfile(source, target)
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _locked(path: Path) -> TextIO:
    """Raises OSError when a living process holds it."""
    handle = path.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise
    return handle


def _remove_stale(folder: Path) -> None:
    """A view whose lock is free belongs to no living process; a very young one may not have taken its lock yet."""
    for root in folder.glob(f"{_PREFIX}*"):
        try:
            if time.time() - root.stat().st_mtime < _STALE_SECONDS:
                continue
            with _locked(root / "lock"):
                shutil.rmtree(root, ignore_errors=True)
        except OSError:
            continue
