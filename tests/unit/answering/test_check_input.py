"""Questions nobody can answer as typed."""

import pytest

from assistant.answering.steps.check_input import check_question
from assistant.errors import InvalidRequest


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("", "question_empty"),
        (" \n\t", "question_empty"),
        ("\u200b", "question_empty"),
        ("a" * 10_000, "question_too_long"),
        ("số \x00 trường", "question_control_characters"),
        ("\x1b[2J bao nhiêu trường", "question_control_characters"),
        ("đảo \u202e chiều", "question_control_characters"),
        ("thẻ \U000e0041 ẩn", "question_control_characters"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_with_its_code(question: str, code: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        check_question(question, 2000)
    assert refusal.value.code == code


def test_what_a_paste_leaves_behind_is_dropped() -> None:
    assert check_question("\ufeffCó bao nhiêu tr\u200bường?\u00ad ", 2000) == "Có bao nhiêu trường?"
