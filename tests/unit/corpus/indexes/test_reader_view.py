"""A reader's private view: the views of the living are left alone, those of the dead are removed."""

import gc
import os
import warnings
from pathlib import Path

import pytest

from assistant.corpus.indexes.reader_view import ReaderView


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "edge_config.json").write_text("{}")
    return folder


def grow_old(folder: Path) -> None:
    os.utime(folder, (0, 0))


def test_an_old_view_in_use_is_left_alone_and_nothing_stays_open(index: Path) -> None:
    living = ReaderView(index)
    grow_old(living.folder.parent)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        ReaderView(index).close()
        gc.collect()
    assert living.folder.is_dir()
    living.close()


def test_an_old_view_of_nobody_is_removed(index: Path) -> None:
    left = index.parent / ".reader-left"
    left.mkdir()
    grow_old(left)
    ReaderView(index).close()
    assert not left.exists()
