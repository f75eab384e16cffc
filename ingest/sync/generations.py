"""The write side of generations: the next folder, the swap of the pointer, what is kept; one writer at a time."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.corpus.generation import INDEX_FOLDER, POINTER_FILE, current_generation
from assistant.corpus.indexes.opening import remove_index
from assistant.errors import IngestError, StoreUnavailable
from assistant.settings import IndexSettings

_LOCK_FILE = "ingest.lock"
_COMPLETE_FILE = "complete"


@contextmanager
def only_writer(data_dir: Path) -> Iterator[None]:
    """Hold the lock that keeps a second ingest out; the system frees it when this process ends, however it ends."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        stream = (data_dir / _LOCK_FILE).open("w")
    except OSError as error:
        raise StoreUnavailable("generation_unwritable", path=str(data_dir), detail=str(error)) from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IngestError("ingest_running") from error
        yield


def next_generation(generations_dir: Path) -> Path:
    """An empty folder for the next generation; what an interrupted ingest left behind is cleared away."""
    current = current_generation(generations_dir)
    for folder in _folders(generations_dir):
        if folder != current and not _is_complete(folder):
            shutil.rmtree(folder, ignore_errors=True)
    # A name that was ever served is never used again: readers take the same name for the same content.
    last = max((int(each.name) for each in _folders(generations_dir)), default=0)
    folder = generations_dir / f"{last + 1:04d}"
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise StoreUnavailable("generation_unwritable", path=str(generations_dir), detail=str(error)) from error
    return folder


def publish(folder: Path) -> None:
    """Make `folder` the served generation: all its bytes first, then the pointer, each forced to disk."""
    before = current_generation(folder.parent)
    (folder / _COMPLETE_FILE).write_text(before.name if before else "", encoding="utf-8")
    for directory, _, files in os.walk(folder):
        for name in files:
            _sync(Path(directory, name))
        _sync(Path(directory))
    point_to(folder)


def point_to(folder: Path) -> None:
    pointer = folder.parent / POINTER_FILE
    written = pointer.with_suffix(".new")
    written.write_text(f"{folder.name}\n", encoding="utf-8")
    _sync(written)
    os.replace(written, pointer)
    _sync(folder.parent)


def previous_generation(generations_dir: Path) -> Path | None:
    """The generation that was served when the served one was made, if it is still there."""
    current = current_generation(generations_dir)
    if current is None or not _is_complete(current):
        return None
    name = (current / _COMPLETE_FILE).read_text(encoding="utf-8").strip()
    return generations_dir / name if name and _is_complete(generations_dir / name) else None


def prune(generations_dir: Path, settings: IndexSettings) -> None:
    """Keep the served generation and the one before it."""
    kept = {each.name for each in (current_generation(generations_dir), previous_generation(generations_dir)) if each}
    for folder in _folders(generations_dir):
        if folder.name not in kept:
            discard(folder, settings)


def discard(folder: Path, settings: IndexSettings) -> None:
    """Delete a generation that nobody is served from."""
    remove_index(settings, folder / INDEX_FOLDER)
    shutil.rmtree(folder, ignore_errors=True)


def _folders(generations_dir: Path) -> list[Path]:
    if not generations_dir.is_dir():
        return []
    return sorted(each for each in generations_dir.iterdir() if each.is_dir() and each.name.isdigit())


def _is_complete(folder: Path) -> bool:
    return (folder / _COMPLETE_FILE).exists()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
