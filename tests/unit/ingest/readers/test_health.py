"""Whole Vietnamese scores high; lost letters, a misread encoding and another language are told apart."""

import pytest

from ingest.readers.health import HEALTHY, is_syllable, measure

WHOLE = (
    "Nhà trường có trách nhiệm công khai các khoản thu đầu năm học mới trên trang thông tin điện tử và niêm yết tại "
    "bảng tin; quyết định khuyến khích giáo viên, nghiên cứu, huỳnh quang, khuỷu tay, thuở xưa, ngoằn ngoèo, giếng."
)


def test_whole_text_is_healthy_in_any_spelling() -> None:
    for text in (WHOLE, WHOLE.upper(), "hoà thuý kĩ hóa quý Sở GDĐT, UBND, NĐ-CP, TT-BGDĐT " + WHOLE):
        health = measure(text)
        assert health.score >= 0.97
        assert not health.is_damaged


def test_text_typed_without_marks_is_not_damaged() -> None:
    assert not measure("Nha truong co trach nhiem cong khai cac khoan thu dau nam hoc moi tren trang tin").is_damaged


@pytest.mark.parametrize(
    "text",
    [
        "B GIÁO DC VÀ ĐÀO TO quyt đnh v vic ban hành quy chế tuyn sinh đi hc năm hc mi ca các trưng đi hc, hc vin",
        "Bé Gi¸o dôc vµ §µo t¹o ban hµnh Quy chÕ tuyÓn sinh ®¹i häc, cao ®¼ng hÖ chÝnh quy n¨m häc míi cho c¸c tr­êng",
        "Nh� tr��ng c� tr�ch nhi�m c�ng khai c�c kho�n thu ��u n�m h�c m�i tr�n trang th�ng tin �i�n t� c�a nh� tr��ng",
    ],
)
def test_text_that_lost_letters_is_damaged(text: str) -> None:
    health = measure(text)
    assert health.score < HEALTHY or health.junk > 0.05
    assert health.is_damaged


def test_another_language_is_not_damage() -> None:
    health = measure("The Ministry of Education and Training shall recognize diplomas granted by foreign institutions.")
    assert health.score < 0.5
    assert not health.is_damaged


def test_syllables() -> None:
    for word in ("nghiêng", "quyển", "giữ", "gì", "uống", "yêu", "khuya", "quốc", "thuế", "điều", "ước", "oanh", "gìn"):
        assert is_syllable(word), word
    for word in ("dc", "đnh", "hiÖu", "trg", "strength", "bàà"):
        assert not is_syllable(word.casefold()), word


def test_words_of_other_languages_are_no_damage() -> None:
    text = "Danh mục phụ gia thực phẩm: Natri acetat, Calcium phosphate, Sodium acid, Amylase từ Bacillus"
    assert measure(text).score == 1.0
    assert not measure(f"{text}. " * 5).is_damaged
