"""The register of known documents: replaced, amended, and what a question is about."""

from datetime import date

import pytest

from assistant.corpus.reading.context.known import KnownDocument, Register, key_of, register
from assistant.corpus.reading.context.topics import about
from assistant.corpus.reading.numbers import find_cited_numbers

DAY = date(2026, 11, 27)


def row(number: str, relations: str = "", effective: str = "2024-01-01") -> KnownDocument:
    return KnownDocument(number, "Thông tư", "Tên", "", effective, "còn hiệu lực", relations, "A")


def test_a_run_of_numbers_shares_its_year_and_the_symbol_of_the_row() -> None:
    known = Register([row("57/2026/TT-BGDĐT", "thay 17, 18, 19/2018 và 22/2024", "2026-07-07")])
    for number in ("17/2018/TT-BGDĐT", "18/2018/TT-BGDĐT", "19/2018/TT-BGDĐT", "22/2024/TT-BGDĐT"):
        found = known.replacing(number, DAY)
        assert found is not None
        assert found.number == "57/2026/TT-BGDĐT"
    assert known.replacing("18/2018/TT-BNV", DAY) is None


def test_nothing_is_replaced_before_its_day() -> None:
    known = Register([row("15/2026/TT-BGDĐT", "thay 32/2020", "2026-05-10")])
    assert known.replacing("32/2020/TT-BGDĐT", date(2026, 5, 9)) is None
    assert known.has_ended("32/2020/TT-BGDĐT", date(2026, 5, 10))


def test_amendments_are_read_from_either_side() -> None:
    known = Register([row("19/2026/TT-BGDĐT", "sửa 29/2024"), row("1/2020/TT-X", "sửa bởi 2/2021")])
    assert [one.number for one in known.amending("29/2024/TT-BGDĐT", DAY)] == ["19/2026/TT-BGDĐT"]
    assert [key_of(one.number) for one in known.amending("1/2020/TT-X", DAY)] == [key_of("2/2021/TT-X")]


def test_words_in_brackets_are_doubts_not_facts() -> None:
    known = Register([row("15/2026/TT-BGDĐT", "thay 32/2020 (và 28/2020 - kiểm tra)", "2026-05-10")])
    assert known.replacing("28/2020/TT-BGDĐT", DAY) is None


def test_one_number_in_all_spellings() -> None:
    assert len({key_of(one) for one in ("05/2025/TT-BGDĐT", "5/2025/tt-bgddt", "5/2025/TT-BGD&ĐT")}) == 1


def test_a_bare_number_may_mean_documents_of_several_issuers() -> None:
    (number,) = find_cited_numbers("TT 13/2026 nói gì")
    assert {one.number.rpartition("-")[2] for one in register().fitting(number)} >= {"BGDĐT", "BNV"}


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("giáo viên có được dạy thêm học sinh lớp mình không", "29/2024/TT-BGDĐT"),
        ("ai ký học bạ số", "70/2026/TT-BGDĐT"),
        ("khung kế hoạch thời gian năm học mới", "2308/QĐ-BGDĐT"),
    ],
)
def test_a_question_is_about_a_known_document(question: str, number: str) -> None:
    assert about(question)[0][1].number == number


def test_a_question_of_something_else_is_about_none() -> None:
    assert about("giá vàng hôm nay bao nhiêu") == ()
