"""Transitional sentences part events by a day, a course or a school year."""

from datetime import date

import pytest

from assistant.corpus.law.transitions import read_transition

BEGINS = date(2026, 2, 15)


@pytest.mark.parametrize(
    ("note", "kind", "limit"),
    [
        ("Các khóa tuyển sinh trước ngày 15 tháng 02 năm 2026 tiếp tục thực hiện.", "cohort", BEGINS),
        ("Khóa đào tạo khai giảng trước thời điểm Thông tư này có hiệu lực tiếp tục.", "cohort", BEGINS),
        ("Hồ sơ nộp trước ngày 01/7/2025 được tiếp tục giải quyết.", "matter", date(2025, 7, 1)),
        ("Chương trình cũ được thực hiện đến hết năm học 2025-2026.", "school_year", date(2026, 9, 5)),
        ("Áp dụng kể từ năm học 2026-2027 đối với lớp 6.", "school_year", date(2026, 9, 5)),
        ("Các khóa tuyển sinh năm 2021 trở về trước áp dụng quy chế cũ.", "cohort", date(2022, 1, 1)),
        ("Các quy định khác tiếp tục được thực hiện.", "matter", None),
        ("Hồ sơ nộp trước ngày 31/02/2025 được tiếp tục.", "matter", None),
    ],
)
def test_a_sentence_names_its_limit(note: str, kind: str, limit: date | None) -> None:
    read = read_transition(note, BEGINS)
    assert (read.kind, read.limit) == (kind, limit)


def test_the_day_of_the_event_decides_not_the_day_of_asking() -> None:
    note = "Các khóa tuyển sinh trước ngày 15/02/2026 tiếp tục theo Thông tư số 8/2022/TT-BGDĐT."
    read = read_transition(note, BEGINS)
    assert read.keeps_older(date(2026, 2, 14)) is True
    assert read.keeps_older(BEGINS) is False
    assert read.numbers == ("Thông tư 8/2022/TT-BGDĐT",)
    assert read_transition("Việc đang làm được tiếp tục.", None).keeps_older(BEGINS) is None
