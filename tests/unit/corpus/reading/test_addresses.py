"""Addresses within a document in every order people write them."""

import pytest

from assistant.corpus.reading.addresses import Address, find_addresses


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("Khoản 2 Điều 5 TT 29/2024", ["khoản 2 Điều 5"]),
        ("điểm đ khoản 1 Điều 37a", ["điểm đ khoản 1 Điều 37a"]),
        ("Điều 5, khoản 2, điểm a", ["điểm a khoản 2 Điều 5"]),
        ("khoan 2 dieu 5", ["khoản 2 Điều 5"]),
        ("theo Đ4", ["Điều 4"]),
        ("k2 Đ5", ["khoản 2 Điều 5"]),
        ("điều 5, Điều 7 và khoản 3 điều 8", ["Điều 5", "Điều 7", "khoản 3 Điều 8"]),
        ("Điều 5 và Điều 5", ["Điều 5"]),
        ("điểm 5 môn, điều chỉnh 3 lần", []),
    ],
)
def test_addresses_are_read_as_typed(text: str, paths: list[str]) -> None:
    assert [address.path for address in find_addresses(text)] == paths


@pytest.mark.parametrize(
    ("provision", "nearness"),
    [
        ("d#dieu-5.khoan-2", 1.0),
        ("d#dieu-5.khoan-2.diem-a", 1.0),
        ("d#quy-che.dieu-5.khoan-2", 1.0),
        ("d#dieu-5", 0.5),
        ("d#dieu-5.khoan-3", 0.0),
        ("d#dieu-50.khoan-2", 0.0),
        ("d", 0.0),
    ],
)
def test_nearness_tells_the_unit_from_what_contains_it(provision: str, nearness: float) -> None:
    assert Address("5", "2").nearness(provision, "Điều 5. Thời lượng\n1. Một.\n2. Hai.") == nearness


def test_an_article_without_that_clause_does_not_contain_it() -> None:
    assert Address("5", "7").nearness("d#dieu-5", "Điều 5. Thời lượng\n1. Một, đủ 7. Hết.\n2. Hai.") == 0


def test_the_letter_with_a_bar_has_an_anchor_of_its_own() -> None:
    assert Address("1", "1", "đ").anchors != Address("1", "1", "d").anchors
