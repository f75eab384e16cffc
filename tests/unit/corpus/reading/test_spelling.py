"""Syllable statistics: kept on disk, and what they say."""

from pathlib import Path

import pytest

from assistant.corpus.reading.spelling import load_spelling, train_spelling
from assistant.errors import IndexUnavailable

TEXTS = ["Học phí của học sinh", "Học bạ của học sinh", "Thanh tra hằng năm"]


def test_what_was_saved_is_what_is_loaded(tmp_path: Path) -> None:
    trained = train_spelling(TEXTS)
    trained.save(tmp_path / "spelling.json.gz")
    loaded = load_spelling(tmp_path / "spelling.json.gz")
    assert loaded.restore(["hoc", "phi"], [False, False]) == trained.restore(["hoc", "phi"], [False, False])
    assert loaded.idf("học") == trained.idf("học")


def test_the_same_corpus_makes_the_same_file(tmp_path: Path) -> None:
    train_spelling(TEXTS).save(tmp_path / "one.gz")
    train_spelling(TEXTS).save(tmp_path / "two.gz")
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


def test_a_rare_syllable_tells_more_than_a_frequent_one() -> None:
    spelling = train_spelling(TEXTS)
    assert spelling.idf("chưa") > spelling.idf("phí") > spelling.idf("học")


def test_fixed_syllables_guide_the_others() -> None:
    spelling = train_spelling(["thể chất"] * 5 + ["the thé"] * 5)
    assert spelling.restore(["the", "chất"], [False, True]).best == ("thể", "chất")
    assert spelling.restore(["the", "thé"], [False, True]).best == ("the", "thé")


def test_missing_or_damaged_statistics_are_our_error(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable) as caught:
        load_spelling(tmp_path / "none.gz")
    assert caught.value.code == "index_missing"
    (tmp_path / "bad.gz").write_bytes(b"bad")
    with pytest.raises(IndexUnavailable) as caught:
        load_spelling(tmp_path / "bad.gz")
    assert caught.value.code == "index_unreadable"
