"""The day whose law is asked for, as people name it."""

from datetime import date

import pytest

from assistant.corpus.reading.context.days import asked_day

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("mức phụ cấp từ 1/7/2025 là bao nhiêu", date(2025, 7, 1)),
        ("theo quy định tại ngày 15/9/2023 thì ai ký", date(2023, 9, 15)),
        ("vao ngay 01 thang 01 nam 2026 hoc sinh co phai nop khong", date(2026, 1, 1)),
        ("trước 1/7/2025 ai ký giấy", date(2025, 6, 30)),
        ("năm 2024 thu học phí thế nào", date(2024, 12, 31)),
        ("năm học trước giáo viên dạy mấy tiết", date(2025, 9, 5)),
        ("năm học 2023-2024 đánh giá thế nào", date(2023, 9, 5)),
        ("năm học 2026-2027 đánh giá thế nào", TODAY),
        ("tháng 9/2023 mức phụ cấp", date(2023, 9, 1)),
        ("năm ngoái quy định thế nào", date(2025, 12, 31)),
    ],
)
def test_words_name_a_day(question: str, day: date) -> None:
    found = asked_day(question, TODAY)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "question",
    [
        "hiện nay ai ký giấy giới thiệu",
        "Luật Giáo dục năm 2019 quy định gì",
        "chương trình giáo dục phổ thông năm 2018 có mấy môn",
        "Thông tư 22/2021/TT-BGDĐT đánh giá thế nào",
        "NĐ 30/2020 ban hành ngày 5/3/2020 phải không",
        "ngày 31/2/2025 thì sao",
    ],
)
def test_years_of_names_and_days_that_are_none_name_no_day(question: str) -> None:
    assert asked_day(question, TODAY) is None


@pytest.mark.parametrize(
    "question",
    [
        "đề án được duyệt từ tháng 10/2025 thì còn được làm tiếp không",
        "giay phep cap nam 2019 con dung duoc khong",
        "giáo viên tuyển năm 2018 còn được hưởng phụ cấp này không",
    ],
)
def test_the_day_something_happened_is_not_the_day_whose_law_is_asked(question: str) -> None:
    assert asked_day(question, TODAY) is None


def test_what_happened_on_a_day_is_asked_by_the_law_of_that_day_otherwise() -> None:
    found = asked_day("giáo viên tuyển năm 2018 được hưởng phụ cấp gì", TODAY)
    assert found is not None
    assert found.day == date(2018, 12, 31)
