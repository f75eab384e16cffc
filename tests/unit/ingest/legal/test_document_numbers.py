"""Numbers of documents are found as they are written, and each has one spelling."""

import pytest

from assistant.corpus.document import DocumentKind
from ingest.legal.issuers import issuer_of_number, kind_of_number
from ingest.legal.numbers import find_numbers, has_year, normal_number, slug


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("05/2025/TT-BGD&ĐT", "5/2025/TT-BGDĐT"),
        ("5/2025/TT-BGDĐT", "5/2025/TT-BGDĐT"),
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("30/2020/NĐ – CP", "30/2020/NĐ-CP"),
        ("29/2024/tt-bgddt", "29/2024/TT-BGDĐT"),
        ("02/2020/TT-BGDÐT", "2/2020/TT-BGDĐT"),  # the look-alike Ð of Icelandic
        ("146/2025/TT-BTС", "146/2025/TT-BTC"),  # a Cyrillic С
        ("33/2026/QĐ-TTG", "33/2026/QĐ-TTg"),
        ("12/2018/TT-BLĐTBXh", "12/2018/TT-BLĐTBXH"),
    ],
)
def test_a_number_has_one_spelling(written: str, expected: str) -> None:
    assert normal_number(written) == expected


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("theo Luật số 43/2019/QH14 và Nghị định số 12/2011/NĐ-CP - Ban hành ngày", ["43/2019/QH14", "12/2011/NĐ-CP"]),
        ("số 11/2015/TTLT- BVHTTDL-BTC- BGDĐT", ["11/2015/TTLT-BVHTTDL-BTC-BGDĐT"]),
        ("Quyết định 2308/QĐ-BGDĐT, công văn 5208/BGDĐT-GDPT", ["2308/QĐ-BGDĐT", "5208/BGDĐT-GDPT"]),
        ("hợp nhất tại 72/VBHN-VPQH; Nghị quyết 71-NQ/TW", ["72/VBHN-VPQH", "71-NQ/TW"]),
        ("Điều 2 Thông tư số 16/2011/tt-bgdđt", ["16/2011/TT-BGDĐT"]),
        ("ngày 05/7/2024 có 2.985/14.661 trường, tỷ lệ 3/4", []),
    ],
)
def test_numbers_are_found_in_running_text(sentence: str, numbers: list[str]) -> None:
    assert [mention.number for mention in find_numbers(sentence)] == numbers


def test_a_mention_says_where_it_stands() -> None:
    sentence = "Căn cứ Nghị định số 66/2026/NĐ-CP;"
    mention = next(find_numbers(sentence))
    assert sentence[mention.start : mention.end] == "66/2026/NĐ-CP"


@pytest.mark.parametrize(
    ("number", "kind", "issuer"),
    [
        ("22/2021/TT-BGDĐT", DocumentKind.CIRCULAR, "Bộ Giáo dục và Đào tạo"),
        ("119/2013/TTLT-BTC-BNV", DocumentKind.JOINT_CIRCULAR, "Bộ Tài chính và Bộ Nội vụ"),
        ("84/2020/NĐ-CP", DocumentKind.DECREE, "Chính phủ"),
        ("33/2026/QĐ-TTg", DocumentKind.DECISION, "Thủ tướng Chính phủ"),
        ("72/VBHN-VPQH", DocumentKind.CONSOLIDATION, "Văn phòng Quốc hội"),
        ("5208/BGDĐT-GDPT", DocumentKind.OFFICIAL_LETTER, "Bộ Giáo dục và Đào tạo"),
        ("43/2019/QH14", None, "Quốc hội"),
    ],
)
def test_the_symbol_tells_kind_and_issuer(number: str, kind: DocumentKind | None, issuer: str) -> None:
    assert kind_of_number(number) == kind
    assert issuer_of_number(number) == issuer


def test_only_numbers_with_a_year_are_unique_by_themselves() -> None:
    assert has_year("22/2021/TT-BGDĐT")
    assert not has_year("2308/QĐ-BGDĐT")


def test_an_identifier_keeps_no_marks() -> None:
    assert slug("29/2024/TT-BGDĐT") == "29-2024-tt-bgddt"
