"""Texts that say the same are found, whatever their size; texts on one subject are not taken for copies."""

import random
from pathlib import Path

from ingest.reporting.sketches import likeness, load_sketches, save_sketches, similar, sketch

WORDS = [f"từ{number}" for number in range(3000)]


def text_of(seed: int, length: int = 2000) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def with_changes(text: str, every: int) -> str:
    return " ".join("khác" if place % every == 0 else word for place, word in enumerate(text.split()))


def test_a_text_is_like_itself_however_it_is_spaced_and_spelled() -> None:
    assert likeness(sketch("Hoà bình  và phát triển bền vững"), sketch("HÒA BÌNH và phát triển bền vững")) == 1.0


def test_few_changes_are_near_and_many_are_not() -> None:
    text = text_of(1)
    found = similar({"a": sketch(text), "b": sketch(with_changes(text, 200)), "c": sketch(with_changes(text, 10))})
    assert [(each.first, each.second) for each in found] == [("a", "b")]


def test_other_texts_with_the_same_words_are_not_near() -> None:
    assert similar({str(seed): sketch(text_of(seed)) for seed in range(20)}) == []


def test_a_short_text_has_a_sketch_too() -> None:
    assert likeness(sketch("Một hai"), sketch("Một hai")) == 1.0
    assert likeness(sketch(""), sketch("")) == 0.0


def test_sketches_are_kept_between_runs(tmp_path: Path) -> None:
    kept = {"d1": sketch(text_of(1)), "d2": sketch("Một hai")}
    save_sketches(tmp_path, kept)
    assert {name: each.tolist() for name, each in load_sketches(tmp_path).items()} == {
        name: each.tolist() for name, each in kept.items()
    }
    assert load_sketches(tmp_path / "none") == {}
