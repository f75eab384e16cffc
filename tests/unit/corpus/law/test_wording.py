"""Which words came and which went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.law.wording import ADDED, REMOVED, SAME, marked, word_runs


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("nộp trước ngày 30 hằng tháng", "nộp trước ngày 15 hằng tháng", "nộp trước ngày [-30-]{+15+} hằng tháng"),
        ("do phòng giáo dục lưu", "do Ủy ban nhân dân lưu", "do [-phòng giáo dục-]{+Ủy ban nhân dân+} lưu"),
        ("a, b", "a, b, c", "a, b{+, c+}"),
        ("như cũ", "như cũ", "như cũ"),
        ("", "mới", "{+mới+}"),
    ],
)
def test_a_change_is_shown_word_by_word(before: str, after: str, shown: str) -> None:
    assert marked(word_runs(before, after)) == shown


@given(st.lists(st.sampled_from(["a", "b", "c", ",", "ở", "."])), st.lists(st.sampled_from(["a", "b", "d", ";", "ở"])))
def test_the_runs_make_both_texts_again(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    runs = word_runs(before, after)
    assert "".join(run.text for run in runs if run.op in (SAME, REMOVED)) == before
    assert "".join(run.text for run in runs if run.op in (SAME, ADDED)) == after
