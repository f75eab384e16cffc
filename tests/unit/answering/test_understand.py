"""A follow-up is made to stand alone; what stands alone is left as it is."""

from datetime import date

import pytest

from assistant.answering.steps.understand import stand_alone
from assistant.conversations.answer import Answer, AnswerStatus, Citation
from assistant.conversations.conversation import Turn

CITED = Citation("d", "d#dieu-4", "31/2023/TT-BGDĐT", "", "khoản 1 Điều 4", "…", True, "")


def after(question: str) -> list[Turn]:
    answer = Answer(AnswerStatus.ANSWERED, "…", date(2026, 11, 28), citations=(CITED,))
    return [Turn(question, answer)]


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        ("TT 31/2023 còn hiệu lực không", "khoản 2 điều 5 tt 31/2023", ""),
        ("TT 31/2023 còn hiệu lực không", "Mức học phí năm nay do ai quyết định vậy ạ?", ""),
        ("điều 4 nói gì", "điều kiện dự thi là gì", ""),
        ("điều kiện tốt nghiệp", "điều 7 nói gì", "điều 7 nói gì 31/2023/TT-BGDĐT"),
        ("điều kiện tốt nghiệp", "khoản 3 thì sao", "khoản 3 thì sao Điều 4 31/2023/TT-BGDĐT"),
        ("điều kiện tốt nghiệp", "thông tư này ai ký", "31/2023/TT-BGDĐT ai ký"),
        ("điều kiện tốt nghiệp", "ai quyết định", "điều kiện tốt nghiệp – ai quyết định"),
        ("chủ nhiệm được giảm mấy tiết", "hiệu trưởng thì sao", "chủ nhiệm được giảm mấy tiết – hiệu trưởng thì sao"),
        ("điều 4 nói gì", "ai ký giấy chứng nhận", "ai ký giấy chứng nhận 31/2023/TT-BGDĐT"),
    ],
)
def test_a_question_after_another(before: str, question: str, understood: str) -> None:
    assert stand_alone(question, after(before)) == understood
