"""Questions nobody can answer as typed."""

import pytest

from assistant.answering.steps.check_input import check_question
from assistant.errors import InvalidRequest
from assistant.text import nfc


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("", "question_empty"),
        (" \n\t", "question_empty"),
        ("\u200b", "question_empty"),
        ("a" * 10_000, "question_too_long"),
        ("\x00\u202e\U000e0041", "question_empty"),
        ("nửa ký tự \ud800", "question_control_characters"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_with_its_code(question: str, code: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        check_question(question, 2000)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("số\x00 trường", "số trường"),
        ("\x1b[2J\x07 bao nhiêu trường", "bao nhiêu trường"),
        ("đảo\u202e chiều", "đảo chiều"),
        ("\U000e0049\U000e0067 how many schools?", "how many schools?"),
        ("Toán" + "\u0301" * 500 + " lớp 9", "Toán" + "\u0301" * 3 + " lớp 9"),
    ],
)
def test_what_nobody_sees_is_not_part_of_the_question(typed: str, read: str) -> None:
    assert check_question(typed, 2000) == nfc(read)


def test_what_a_paste_leaves_behind_is_dropped() -> None:
    assert check_question("\ufeffCó bao nhiêu tr\u200bường?\u00ad ", 2000) == "Có bao nhiêu trường?"
