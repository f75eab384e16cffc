"""Articles every document has are known, unless the question asks for one."""

import pytest

from assistant.corpus.ranking.formal import forms_not_asked

FORMAL = [
    "Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng\n1. Thông tư này quy định về học phí.",
    "Điều 9. Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2026.",
    "Điều 3. Chánh Văn phòng, Vụ trưởng Vụ Giáo dục Tiểu học chịu trách nhiệm thi hành Thông tư này.",
    "Điều 1. Ban hành kèm theo Thông tư này Quy chế thi.",
]


@pytest.mark.parametrize("text", FORMAL)
def test_a_formal_article_is_told_from_a_rule(text: str) -> None:
    assert forms_not_asked("học phí bao nhiêu").found_in(text.casefold())


def test_a_rule_is_not_formal() -> None:
    rule = "Điều 5. Mức học phí\n1. Mức học phí là 100.000 đồng."
    assert not forms_not_asked("học phí bao nhiêu").found_in(rule.casefold())


def test_a_question_for_it_is_answered_by_it() -> None:
    assert not forms_not_asked("đối tượng áp dụng của thông tư về học phí").found_in(FORMAL[0].casefold())
