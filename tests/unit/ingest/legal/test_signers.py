"""The signer is the name under the post it was signed for, however the signature is laid out."""

import pytest

from ingest.legal.signers import person_name, read_signer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nơi nhận: - Lưu: VT. | KT. BỘ TRƯỞNG THỨ TRƯỞNG (Đã ký) Trần Văn Mẫu", "Trần Văn Mẫu"),
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nTrần Văn Mẫu\nPhụ lục I", "Trần Văn Mẫu"),
        ("HIỆU TRƯỞNG\nLê Thị Mẫu Mực", "Lê Thị Mẫu Mực"),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nH'Yim Mẫu", "H'Yim Mẫu"),
        ("TL. BỘ TRƯỞNG\nVỤ TRƯỞNG VỤ GIÁO DỤC TIỂU HỌC\nPGS.TS. Trần Văn Mẫu", "Trần Văn Mẫu"),
        ("Nơi nhận: | GIÁM ĐỐC\n- Lưu: VT. | TRẦN THỊ MẪU", ""),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nTRẦN THỊ MẪU", "Trần Thị Mẫu"),
        ("BỘ TRƯỞNG BỘ GIÁO DỤC VÀ ĐÀO TẠO\nCăn cứ Luật Giáo dục;\nTrần Văn Mẫu nói:", ""),
        ("Nơi nhận:\n- Như Điều 3;\nxemẽs)HỦ TƯỚNG\n—x\nTrần Văn Mẫu", "Trần Văn Mẫu"),
        ("Nơi nhận:\n- Như Điều 3;\nKiểm Toán Nhà Nước", ""),
        ("Hiệu trưởng Trần Văn Mẫu chịu trách nhiệm.", ""),
    ],
)
def test_the_signer_stands_under_a_post(text: str, expected: str) -> None:
    assert read_signer(text) == expected


def test_a_name_has_two_to_five_words_with_a_capital_each() -> None:
    assert person_name("TS. Trần Văn Mẫu, Hiệu trưởng") == "Trần Văn Mẫu"
    assert person_name("Trần") == ""
