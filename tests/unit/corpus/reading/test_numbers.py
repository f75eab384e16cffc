"""Document numbers in every spelling people use."""

import pytest

from assistant.corpus.reading.numbers import find_cited_numbers

HELD = (
    "22/2021/TT-BGDĐT", "142/2025/NĐ-CP", "29/2024/TT-BGDĐT", "5208/BGDĐT-GDPT", "43/2019/QH14", "71-NQ/TW",
    "72/VBHN-VPQH", "2308/QĐ-BGDĐT", "5/2025/TT-BGDĐT", "13/2026/TT-BNV", "13/2026/TT-BGDĐT", "66/2025/NĐ-CP",
    "66/2026/NĐ-CP", "6/QĐ-TTg",
)  # fmt: skip


def held(question: str) -> list[str]:
    return [number for cited in find_cited_numbers(question) for number in HELD if cited.fits(number)]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("29/2024/TT-BGDĐT quy định gì", ["29/2024/TT-BGDĐT"]),
        ("Thông tư số 29/2024/TT-BGD&ĐT", ["29/2024/TT-BGDĐT"]),
        ("thong tu 29/2024/tt-bgddt", ["29/2024/TT-BGDĐT"]),
        ("TT 22/2021 còn hiệu lực không", ["22/2021/TT-BGDĐT"]),
        ("lên lớp theo tt22", ["22/2021/TT-BGDĐT"]),
        ("theo TT05/2025", ["5/2025/TT-BGDĐT"]),
        ("nđ 142 ai cấp phép", ["142/2025/NĐ-CP"]),
        ("nd 142/2025", ["142/2025/NĐ-CP"]),
        ("cv 5208", ["5208/BGDĐT-GDPT"]),
        ("luật 43/2019", ["43/2019/QH14"]),
        ("Luật số 43/2019/QH14", ["43/2019/QH14"]),
        ("NQ 71 của Bộ Chính trị", ["71-NQ/TW"]),
        ("Nghị quyết 71-NQ/TW", ["71-NQ/TW"]),
        ("vbhn 72", ["72/VBHN-VPQH"]),
        ("QĐ 2308/QĐ-BGDĐT", ["2308/QĐ-BGDĐT"]),
        ("Quyết định 06/QĐ-TTg", ["6/QĐ-TTg"]),
        ("TT 13/2026 nói gì", ["13/2026/TT-BNV", "13/2026/TT-BGDĐT"]),
        ("NĐ 66", ["66/2025/NĐ-CP", "66/2026/NĐ-CP"]),
        ("tt 22/21", ["22/2021/TT-BGDĐT"]),
    ],
)
def test_a_number_as_typed_means_the_documents_it_fits(question: str, meant: list[str]) -> None:
    assert held(question) == meant


@pytest.mark.parametrize(
    "text",
    [
        "từ 1/7/2026",
        "học 2 buổi/ngày",
        "38 học sinh/lớp",
        "Luật Giáo dục 2019",
        "KV1, KV2-NT",
        "lớp 9A2",
        "CT2018",
        "50/50",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert find_cited_numbers(text) == []


def test_a_number_is_found_once_with_its_place() -> None:
    question = "theo Thông tư số 29/2024/TT-BGDĐT thì sao"
    (number,) = find_cited_numbers(question)
    assert question[number.start : number.end] == "Thông tư số 29/2024/TT-BGDĐT"
    assert number.written_out == "Thông tư 29/2024/TT-BGDĐT"
