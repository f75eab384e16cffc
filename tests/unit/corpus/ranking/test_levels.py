"""A rule for one level of education is no answer about another."""

import pytest

from assistant.corpus.ranking.levels import of_another_level, of_another_owner, only_of_a_deputy

OTHER = [
    ("Định mức tiết dạy của giáo viên THCS, trung học cơ sở", "giáo viên dạy chương trình giáo dục thường xuyên"),
    ("học sinh lớp 10", "trẻ mẫu giáo"),
    ("giáo viên mầm non", "giảng viên trường đại học"),
    ("tốt nghiệp trung học phổ thông", "hoàn thành Chương trình giáo dục phổ thông cấp trung học cơ sở"),
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


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("hiệu trưởng trường công lập", "Hiệu trưởng trường đại học dân lập", True),
        ("trường tư thục", "trường công lập", True),
        ("trường tư thục", "trường công lập, trường tư thục", False),
        ("trường công lập", "cơ sở giáo dục ngoài công lập", True),
        ("trường tiểu học", "trường tư thục", False),
        ("trường công lập", "trường tiểu học", False),
    ],
)
def test_a_rule_for_private_schools_is_none_for_public_ones(question: str, text: str, another: bool) -> None:
    assert of_another_owner(question, text) is another


@pytest.mark.parametrize(
    ("question", "text", "only"),
    [
        ("Nhiệm kỳ hiệu trưởng mấy năm?", "Nhiệm kỳ của phó hiệu trưởng là 05 năm.", True),
        ("Nhiệm kỳ hiệu trưởng mấy năm?", "Phó Hiệu trưởng giúp Hiệu trưởng.", False),
        ("Nhiệm kỳ phó hiệu trưởng mấy năm?", "Nhiệm kỳ của phó hiệu trưởng là 05 năm.", False),
        ("Nhiệm kỳ của hội đồng mấy năm?", "Nhiệm kỳ của phó hiệu trưởng là 05 năm.", False),
    ],
)
def test_a_rule_for_the_deputy_is_none_for_the_office(question: str, text: str, only: bool) -> None:
    assert only_of_a_deputy(question, text) is only
