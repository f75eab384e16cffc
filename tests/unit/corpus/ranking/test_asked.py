"""What kind of thing a question asks for, and which text says one."""

import pytest

from assistant.corpus.ranking.asked import asked_for

SAYS = [
    (
        "Giáo viên dạy bao nhiêu tiết một tuần?",
        "Định mức là 17 tiết trong một tuần.",
        "Giáo viên dạy đủ tiết mỗi tuần.",
    ),
    ("Phải dạy bao nhiêu phần trăm định mức?", "bằng 8% định mức", "bằng 8 tiết của định mức"),
    ("Báo cáo gửi trước ngày nào?", "Gửi về Bộ trước ngày 15 tháng 6.", "Gửi báo cáo về Bộ."),
    ("Được hỗ trợ bao nhiêu tiền một tháng?", "hỗ trợ 450.000 đồng/tháng", "được hỗ trợ trong 9 tháng"),
    ("Giáo viên được hỗ trợ ít nhất bao nhiêu?", "hỗ trợ tối thiểu 800.000 đồng", "hỗ trợ giáo viên lớp có 5 trẻ"),
    ("Bằng do hiệu trưởng hay giám đốc sở ký?", "Giám đốc Sở Giáo dục cấp bằng.", "Bằng được trao tại trường."),
    ("Ai phê duyệt danh sách?", "Hiệu trưởng phê duyệt danh sách.", "Danh sách được niêm yết công khai."),
]


@pytest.mark.parametrize(("question", "answers", "other"), SAYS)
def test_what_states_it_is_worth_more(question: str, answers: str, other: str) -> None:
    asked = asked_for(question)
    assert asked.found_in(answers.casefold()) > asked.found_in(other.casefold())


@pytest.mark.parametrize("question", ["Quy tắc ứng xử gồm những gì?", "Trẻ em dưới 16 tuổi, đúng hay sai?", ""])
def test_what_asks_for_no_such_thing_gives_nothing(question: str) -> None:
    assert asked_for(question).found_in("ngày 1 tháng 6 có 17 tiết.") == 0


def test_the_number_of_an_article_is_no_answer() -> None:
    assert asked_for("Có mấy mức?").found_in("theo quy định tại khoản 2 Điều 5") == 0
