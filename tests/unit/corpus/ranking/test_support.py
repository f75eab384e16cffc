"""Support: how much of a question a passage carries."""

import pytest

from assistant.corpus.ranking.support import QuestionWeight, coverage, support, weigh
from assistant.corpus.reading.question import read_question
from assistant.corpus.reading.spelling import train_spelling
from tests.small_corpus import chunk_of

TEXTS = ["Giáo viên tiểu học phải có bằng cử nhân.", "Học phí thu theo tháng.", "Giáo viên được nghỉ hè."] * 4
SPELLING = train_spelling(TEXTS)
ANSWER = chunk_of("43/2019/QH14", "dieu-72", TEXTS[0], "Điều 72. Trình độ chuẩn của nhà giáo")
OTHER = chunk_of("43/2019/QH14", "dieu-99", TEXTS[1])


def weight_of(question: str) -> QuestionWeight:
    return weigh(read_question(question, SPELLING), SPELLING)


def test_all_words_and_pairs_present_is_full_coverage() -> None:
    assert coverage(weight_of("giáo viên tiểu học là gì"), ANSWER) == (1.0, 1.0)


def test_headings_and_the_number_count_as_the_passages_own_words() -> None:
    assert coverage(weight_of("trình độ chuẩn theo 43/2019/QH14"), ANSWER)[0] > 0.9


def test_a_passage_with_the_law_s_name_for_a_thing_speaks_of_that_thing() -> None:
    formal = chunk_of("43/2019/QH14", "dieu-73", "Người đứng đầu tuyển dụng nhà giáo.")
    assert coverage(weight_of("tuyển giáo viên"), formal) == (1.0, 1.0)
    assert coverage(weight_of("tuyển giáo viên"), OTHER)[0] == 0.0


def test_a_rare_word_that_is_missing_costs_more_than_a_frequent_one() -> None:
    rare, frequent = weight_of("bitcoin cho giáo viên"), weight_of("học phí, giáo viên, tiểu học, cử nhân")
    assert coverage(rare, ANSWER)[0] < 0.7 < coverage(frequent, ANSWER)[0]


@pytest.mark.parametrize("cosine", [None, 0.9])
def test_support_grows_with_what_is_carried(cosine: float | None) -> None:
    weight = weight_of("giáo viên tiểu học phải có bằng gì")
    assert 0 <= support(weight, OTHER, cosine) < 0.5 < support(weight, ANSWER, cosine) <= 1


def test_meaning_counts_beside_words() -> None:
    weight = weight_of("nhà giáo dạy cấp một cần bằng gì")
    assert support(weight, ANSWER, 0.84) < support(weight, ANSWER, 0.92)


def test_a_question_without_content_is_carried_by_nothing() -> None:
    assert support(weight_of("là gì ạ"), ANSWER, None) < 0.5
    assert weight_of("???").folded == {}


CARRIES_OUT = chunk_of(
    "21/2019/TT-BGDĐT",
    "dieu-3",
    "Điều 3. Trách nhiệm thi hành\nChánh Văn phòng, Giám đốc Sở Giáo dục và Đào tạo, Hiệu trưởng trường tiểu học "
    "chịu trách nhiệm thi hành Thông tư này.",
)


def test_who_carries_an_act_out_answers_no_other_question() -> None:
    assert support(weight_of("hiệu trưởng trường tiểu học chịu trách nhiệm gì"), CARRIES_OUT, 0.95) == 0.0
    assert support(weight_of("ai chịu trách nhiệm thi hành"), CARRIES_OUT, 0.95) > 0.0


def test_a_duty_of_an_office_is_no_such_article() -> None:
    duty = "Điều 8. Quản lý\nThủ trưởng cơ sở giáo dục thành lập ban biên tập và chịu trách nhiệm về nội dung."
    assert support(weight_of("ai thành lập ban biên tập"), chunk_of("15/2018/TT-BGDĐT", "dieu-8", duty), 0.95) > 0.0
