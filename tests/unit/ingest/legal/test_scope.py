"""What an act governs and whom it applies to, from wherever it says so."""

from tests.unit.ingest.builders import circular, read


def test_one_article_may_say_both() -> None:
    document = read(
        circular(
            "1/2026/TT-BGDĐT",
            "Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng",
            "1. Thông tư này quy định về hồ sơ.",
            "2. Thông tư này áp dụng đối với:",
            "a) Trường tiểu học;",
            "b) Người học.",
            "Điều 2. Giải thích từ ngữ",
        )
    )
    assert document.scope == "Thông tư này quy định về hồ sơ."
    assert document.applies_to == "Thông tư này áp dụng đối với: a) Trường tiểu học; b) Người học."


def test_two_articles_say_one_each() -> None:
    document = read(
        circular(
            "1/2026/TT-BGDĐT",
            *("Điều 1. Phạm vi điều chỉnh", "Thông tư này quy định về hồ sơ."),
            *("Điều 2. Đối tượng áp dụng", "1. Trường tiểu học.", "2. Người học."),
        )
    )
    assert (document.scope, document.applies_to) == ("Thông tư này quy định về hồ sơ.", "Trường tiểu học. Người học.")


def test_an_act_without_such_an_article_may_say_it_in_its_first() -> None:
    document = read(circular("1/2026/TT-BGDĐT", "Điều 1. Thông tư này hướng dẫn việc lưu hồ sơ.", "Điều 2. Hiệu lực"))
    assert (document.scope, document.applies_to) == ("Thông tư này hướng dẫn việc lưu hồ sơ.", "")


def test_an_act_that_says_nothing_of_it_has_none() -> None:
    document = read(circular("1/2026/TT-BGDĐT", "Điều 1. Sửa đổi Điều 2.", "Điều 2. Đối tượng được khen thưởng", "Ai."))
    assert (document.scope, document.applies_to) == ("", "")
