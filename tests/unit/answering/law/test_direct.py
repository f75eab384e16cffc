"""The direct answer is a sentence of the quote that holds what was asked, or there is none."""

import pytest

from assistant.answering.law.direct import direct_answer
from assistant.conversations.answer import Citation
from assistant.text import fold, syllables

QUOTE = (
    "Giáo viên chủ nhiệm được giảm 04 tiết trong một tuần. Mức giảm do hiệu trưởng quyết định. "
    "Báo cáo gửi trước ngày 31 tháng 10 hằng năm. Không được thu tiền của học sinh lớp mình. "
    "Sổ đầu bài lưu trữ vĩnh viễn tại trường."
)


def citation(quote: str = QUOTE) -> Citation:
    return Citation("d", "d#dieu-1", "1/2024/TT-X", "", "Điều 1", quote, True, "")


def asked(question: str) -> str:
    weights = {fold(word): 1.0 for word in syllables(question)}
    found = direct_answer(question, [citation()], weights)
    return found.sentence if found else ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("chủ nhiệm được giảm bao nhiêu tiết", "04 tiết"),
        ("hạn gửi báo cáo là khi nào", "31 tháng 10"),
        ("ai quyết định mức giảm", "hiệu trưởng"),
        ("sổ đầu bài lưu trữ bao lâu", "vĩnh viễn"),
        ("có được thu tiền học sinh lớp mình không", "Không được thu"),
    ],
)
def test_the_sentence_that_answers_is_found_word_for_word(question: str, answer: str) -> None:
    sentence = asked(question)
    assert answer in sentence
    assert sentence in QUOTE


@pytest.mark.parametrize("question", ["định nghĩa trường lớp", "giá vàng mấy đồng"])
def test_without_a_sentence_that_answers_there_is_none(question: str) -> None:
    assert asked(question) == ""


def test_a_short_quote_is_its_own_answer() -> None:
    assert direct_answer("giảm bao nhiêu tiết", [citation("Giảm 04 tiết.")], {"giam": 1.0}) is None


def test_a_label_says_what_its_number_is_of() -> None:
    quote = (
        "2. Chính sách đối với học sinh bán trú\n"
        "a) Hỗ trợ tiền ăn: Mỗi học sinh được hỗ trợ mỗi tháng là 936.000 đồng;\n"
        "b) Hỗ trợ tiền nhà ở: Mỗi học sinh bán trú phải tự túc chỗ ở thì mỗi tháng được hỗ trợ 360.000 đồng."
    )
    weights = {"ho": 1.0, "tro": 1.0, "tien": 1.0, "an": 1.0, "hoc": 1.0, "sinh": 1.0, "ban": 2.0, "tru": 2.0}
    found = direct_answer("mức hỗ trợ tiền ăn cho học sinh bán trú", [citation(quote)], weights)
    assert found is not None
    assert "936.000" in found.sentence
