"""A rule for one level of education is no answer about another."""

import pytest

from assistant.corpus.ranking.levels import of_another_level

OTHER = [
    ("Định mức tiết dạy của giáo viên THCS, trung học cơ sở", "giáo viên dạy chương trình giáo dục thường xuyên"),
    ("học sinh lớp 10", "trẻ mẫu giáo"),
    ("giáo viên mầm non", "giảng viên trường đại học"),
]
SAME = [
    ("giáo viên trung học cơ sở", "giáo viên phổ thông"),
    ("học sinh lớp 3", "học sinh tiểu học và trung học cơ sở"),
    ("học sinh trung học phổ thông", "trường trung học"),
    ("học phí", "trường đại học"),
    ("giáo viên tiểu học", "nhà giáo"),
]


@pytest.mark.parametrize(("question", "text"), OTHER)
def test_levels_that_differ(question: str, text: str) -> None:
    assert of_another_level(question, text)


@pytest.mark.parametrize(("question", "text"), SAME)
def test_levels_that_agree_or_are_not_named(question: str, text: str) -> None:
    assert not of_another_level(question, text)
