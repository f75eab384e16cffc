"""Normal forms, folding and numbers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import fold, format_number, match_form, nfc, syllables


@pytest.mark.parametrize(("old", "new"), [("hoà", "hòa"), ("thuý", "thúy"), ("khoẻ", "khỏe"), ("Ðiều", "điều")])
def test_two_spellings_of_one_word_share_their_match_form(old: str, new: str) -> None:
    assert match_form(old) == match_form(new)


@pytest.mark.parametrize("word", ["quý", "toàn", "khoản", "nguyễn", "tuyển"])
def test_a_tone_that_has_one_place_stays(word: str) -> None:
    assert match_form(word) == word


def test_folding_drops_every_mark_and_case() -> None:
    assert fold("ĐIỀU LỆ Trường học – khuyết tật") == "dieu le truong hoc – khuyet tat"


def test_decomposed_input_reads_like_composed() -> None:
    assert nfc(unicodedata.normalize("NFD", "Tỷ lệ bỏ học")) == "Tỷ lệ bỏ học"


def test_numbers_are_written_the_vietnamese_way() -> None:
    assert [format_number(v) for v in (1747231, 19.59, 0, 98.0)] == ["1.747.231", "19,59", "0", "98"]
    assert format_number(0.4567, 1) == "0,5"


def test_syllables_are_words_and_numbers() -> None:
    assert syllables("Khoản 2, Điều 5a: hồ sơ.") == ["khoản", "2", "điều", "5a", "hồ", "sơ"]


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậ ", max_size=40))
def test_match_form_is_stable(text: str) -> None:
    assert match_form(match_form(text)) == match_form(text)
