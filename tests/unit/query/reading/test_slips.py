"""A slip of the finger is forgiven; another phrase of the language is not taken for one."""

import pytest

from assistant.query.reading.words.slips import is_slip
from assistant.query.reading.words.tokens import canonical, tokenise


def slip(typed: str, known: str) -> bool:
    return is_slip(tokenise(canonical(typed)), canonical(known).split(" "))


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("hoc sihn", "học sinh"),
        ("gaió viên", "giáo viên"),
        ("trung học cơ sỡ", "trung học cơ sở"),
        ("học xinh", "học sinh"),
        ("Nghẹ An", "Nghệ An"),
    ],
)
def test_letters_that_make_no_word_and_sounds_written_alike_are_slips(typed: str, known: str) -> None:
    assert slip(typed, known)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("cận thị", "Cần Thơ"),
        ("can thi", "Cần Thơ"),
        ("lượng giáo dục", "phòng giáo dục"),
        ("trường chuyên", "trường chuẩn"),
        ("cac tinh tay", "các tỉnh này"),
    ],
)
def test_words_of_the_language_are_no_slips(typed: str, known: str) -> None:
    assert not slip(typed, known)
