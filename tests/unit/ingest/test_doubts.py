"""Faults of a file are found by rule, and told with a code that has a sentence."""

import pytest

from assistant.messages import message
from tests.unit.ingest.builders import circular, read

ARTICLES = ("Điều 1. Phạm vi", "Thông tư này quy định mẫu.", "Điều 2. Hiệu lực")


def warnings(*articles: str, path: str = "kho/van-ban.txt") -> tuple[str, ...]:
    return read(circular("7/2026/TT-BGDĐT", *articles), path).warnings


def test_a_sound_document_raises_no_doubt() -> None:
    assert warnings(*ARTICLES) == ()


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Nhà trường dùng mẫu tại Phụ lục I và Phụ lục II ban hành kèm theo Thông tư này.", ":Phụ lục I, Phụ lục II"),
        ("Mức chi quy định tại phụ lục 2 Thông tư này.", ":Phụ lục 2"),
        ("Ban hành kèm theo Thông tư này Quy chế mẫu.", ""),
    ],
)
def test_an_annex_that_the_act_speaks_of_and_the_file_lacks_is_told(sentence: str, named: str) -> None:
    assert warnings("Điều 1. Mẫu", sentence, "Điều 2. Hiệu lực") == (f"annex_missing{named}",)


def test_one_of_several_annexes_may_be_missing() -> None:
    text = "Theo mẫu tại Phụ lục I và Phụ lục II ban hành kèm theo Thông tư này."
    assert warnings("Điều 1. Mẫu", text, "PHỤ LỤC 1", "MẪU ĐƠN") == ("annex_missing:Phụ lục II",)
    assert warnings("Điều 1. Mẫu", text, "PHỤ LỤC 01", "MẪU ĐƠN", "PHỤ LỤC II", "BÁO CÁO") == ()


def test_an_annex_of_the_amended_act_is_not_missing_from_the_amending_one() -> None:
    quoted = "“1. Theo mẫu tại Phụ lục III ban hành kèm theo Thông tư này.”."
    assert warnings("Điều 1. Sửa đổi", "1. Sửa đổi khoản 1 Điều 5 như sau:", quoted, "Điều 2. Hiệu lực") == ()


def test_a_file_named_after_another_number_is_noticed() -> None:
    assert warnings(*ARTICLES, path="kho/thong-tu-66-2026-tt-bgddt.txt") == ("number_mismatch:66/2026",)
    assert warnings(*ARTICLES, path="kho/Thông-tư-07-2026-TT-BGDĐT-sửa-đổi-tt-15-2025-tt.txt") == ()


def test_a_file_with_next_to_nothing_in_it_is_noticed() -> None:
    found = read("Thông báo\nNội dung sẽ được cập nhật sau.").warnings
    assert [each.partition(":")[0] for each in found] == ["body_near_empty"]


@pytest.mark.parametrize("code", ["annex_missing", "body_near_empty", "number_mismatch", "text_not_vietnamese"])
def test_every_doubt_has_a_sentence(code: str) -> None:
    assert "Hãy" in message(code, detail="7")
