"""A number read from a scan is held against the file's name."""

import pytest

from assistant.corpus.document import DocumentKind
from ingest.legal.recognised_number import settled_number
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.scans import _restored


@pytest.mark.parametrize(
    ("read", "name", "settled"),
    [
        ("1033/QĐ-TTg", "1053-ttg.signed.pdf", ("1053/QĐ-TTg", "number_doubtful:1033/QĐ-TTg")),
        ("1053/QĐ-TTg", "1053-ttg.signed.pdf", ("1053/QĐ-TTg", "")),
        ("1053/QĐ-TTg", "0007 quet.pdf", ("1053/QĐ-TTg", "")),
        ("1053/QĐ-TTg", "1055-bgddt.pdf", ("1053/QĐ-TTg", "")),
        ("", "1114-ttg.signed.pdf", ("", "number_not_recognised")),
    ],
)
def test_the_name_is_heard_where_it_names_the_same_issuer(read: str, name: str, settled: tuple[str, str]) -> None:
    assert settled_number(read, name) == settled


def test_with_the_kind_that_is_printed_the_name_stands_in_for_a_number_nobody_could_read() -> None:
    decision = DocumentKind.DECISION
    assert settled_number("", "1114-ttg.signed.pdf", decision) == ("1114/QĐ-TTg", "number_doubtful:–")
    assert settled_number("985/QĐĐ-TT", "985-ttg.pdf", decision) == ("985/QĐ-TTg", "number_doubtful:985/QĐĐ-TT")
    assert settled_number("985/QĐ-TTg", "985-ttg.pdf", decision) == ("985/QĐ-TTg", "")
    assert settled_number("", "1114-quet.pdf", decision) == ("", "number_not_recognised")


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Số: 985/QĐ-TT", "Số: 985/QĐ-TTg"),
        ("Số: 999/QĐ-TTp", "Số: 999/QĐ-TTg"),
        ("Số: 12/2026/TT-BGDĐT", "Số: 12/2026/TT-BGDĐT"),
        ("Điêu l. Phạm vi", "Điều 1. Phạm vi"),
        ("Đi ều 12. Hiệu lực", "Điều 12. Hiệu lực"),
        ("Dieu5a: Bổ sung", "Điều 5a. Bổ sung"),
        ("Nhóm 2. Đối tượng", "Nhóm 2. Đối tượng"),
        ("ĐIỂU 2. Đối tượng", "Điều 2. Đối tượng"),
        ("Điều 1 chịu trách nhiệm thi hành", "Điều 1 chịu trách nhiệm thi hành"),
        ("Chưong II", "Chương II"),
        ("QUYÉT ĐỊNH:", "QUYẾT ĐỊNH:"),
    ],
)
def test_structure_words_are_restored(read: str, meant: str) -> None:
    assert _restored(Line(read, 0, 1, 0, 1)).text == meant
