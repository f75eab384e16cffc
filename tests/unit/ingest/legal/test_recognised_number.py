"""A number read from a scan is held against the file's name."""

import pytest

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
