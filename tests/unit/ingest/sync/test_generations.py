"""Generations: published whole or not at all, one kept for rollback, one writer at a time."""

from pathlib import Path

import pytest

from assistant.corpus.generation import current_generation
from assistant.errors import AssistantError
from assistant.settings import IndexSettings
from ingest.sync.generations import next_generation, only_writer, point_to, previous_generation, prune, publish


def published(folder: Path) -> Path:
    generation = next_generation(folder)
    (generation / "catalogue.sqlite").write_bytes(b"x")
    publish(generation)
    prune(folder, IndexSettings())
    return generation


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.is_dir())


def test_the_served_generation_and_the_one_before_it_are_kept(tmp_path: Path) -> None:
    for _ in range(4):
        published(tmp_path)
    assert names(tmp_path) == ["0003", "0004"]
    assert current_generation(tmp_path) == tmp_path / "0004"
    assert previous_generation(tmp_path) == tmp_path / "0003"


def test_what_an_interrupted_ingest_left_is_not_served_and_is_cleared(tmp_path: Path) -> None:
    published(tmp_path)
    left = next_generation(tmp_path)
    (left / "half").write_bytes(b"x")
    assert current_generation(tmp_path) == tmp_path / "0001"
    assert not (next_generation(tmp_path) / "half").exists()


def test_a_name_that_was_served_is_not_given_again_after_a_rollback(tmp_path: Path) -> None:
    first, second = published(tmp_path), published(tmp_path)
    point_to(first)
    assert current_generation(tmp_path) == first
    assert published(tmp_path).name == "0003"
    assert names(tmp_path) == ["0001", "0003"]
    assert not second.exists()


def test_a_second_writer_is_kept_out(tmp_path: Path) -> None:
    with only_writer(tmp_path), pytest.raises(AssistantError) as caught, only_writer(tmp_path):
        pass
    assert caught.value.code == "ingest_running"


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(AssistantError) as caught, only_writer(tmp_path / "file"):
        pass
    assert caught.value.code == "generation_unwritable"
