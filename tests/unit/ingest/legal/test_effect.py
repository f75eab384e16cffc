"""Days of effect and of issue are read as acts state them."""

from datetime import date

import pytest

from ingest.legal.dates import find_dates
from ingest.legal.effect import passed_on, read_effect

ISSUED = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Thông tư này có hiệu lực thi hành kể từ ngày 15 tháng 02 năm 2026.", date(2026, 2, 15)),
        ("Nghị định này có hiệu lực từ ngày 01/7/2025.", date(2025, 7, 1)),
        ("Điều 3. Quyết định này có hiệu lực kể từ ngày ký ban hành.", ISSUED),
        ("1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2026, trừ khoản 2 Điều này.", date(2026, 1, 1)),
        ("2. Khoản 4 Điều 1 của Luật này có hiệu lực từ ngày 01 tháng 7 năm 2026.", None),
        ("“Thông tư này có hiệu lực từ ngày 01/01/2030.”", None),
        ("Điều 4. Quyết định này có hiệu lực sau 15 ngày, kể từ ngày ký.", date(2026, 2, 25)),
        ("Nghị định này có hiệu lực thi hành sau 45 (bốn mươi lăm) ngày kể từ ngày ký ban hành.", date(2026, 3, 27)),
        ("Thông tư này có hiệu lực sau 15 ngày, kể từ ngày đăng Công báo.", None),
        ("Quy chế này có hiệu lực kể từ ngày Hiệu trưởng ký.", ISSUED),
        ("Hướng dẫn này có hiệu lực kể từ 01/01/2026.", date(2026, 1, 1)),
        ("Các đơn vị thi hành Quyết định này. Quyết định này có hiệu lực từ ngày 01/3/2026.", date(2026, 3, 1)),
        ("Thông tư này có hiệu lực thi hành kể từ ngày    tháng    năm 2026.", None),
        ("Điều 2. Quyết định này có hiệu lực thi hành kẻ từ ngày ký.", ISSUED),
        ("Giấy phép cấp trước ngày Thông tư này có hiệu lực được dùng tiếp.", None),
    ],
)
def test_the_first_day_of_effect_is_what_the_act_says_of_itself(text: str, expected: date | None) -> None:
    assert read_effect(f"Điều 1. Phạm vi\n{text}\nNơi nhận:", ISSUED).effective_from == expected


def test_what_an_amending_act_quotes_is_not_its_own_day() -> None:
    text = (
        "1. Sửa đổi, bổ sung Điều 9 như sau:\n“Điều 9. Hiệu lực\nThông tư này có hiệu lực từ ngày 01/01/2020.”\n"
        "Điều 2. Thông tư này có hiệu lực từ ngày 01/3/2026."
    )
    assert read_effect(text, ISSUED).effective_from == date(2026, 3, 1)


def test_a_stated_end_is_read() -> None:
    text = (
        "1. Nghị quyết này có hiệu lực thi hành từ ngày 01/01/2026 và được thực hiện đến hết ngày 31 tháng 12 năm 2030."
    )
    assert read_effect(text, None).effective_to == date(2030, 12, 31)


def test_an_act_may_say_from_when_it_no_longer_holds() -> None:
    text = "2. Thông tư này hết hiệu lực kể từ ngày 01 tháng 3 năm 2027, trừ trường hợp được kéo dài."
    assert read_effect(text, None).effective_to == date(2027, 2, 28)


def test_a_quotation_that_nobody_closed_does_not_hide_the_day() -> None:
    text = "1. Sửa đổi như sau:\n“a) Một\n2. Hai\nĐiều 9. Hiệu lực\nThông tư này có hiệu lực từ ngày 25/12/2025."
    assert read_effect(text, None).effective_from == date(2025, 12, 25)


def test_a_law_is_issued_on_the_day_it_is_passed() -> None:
    text = "Luật này được Quốc hội khóa XV, Kỳ họp thứ 10 thông qua ngày 10 tháng 12 năm 2025."
    assert passed_on(text) == date(2025, 12, 10)


def test_days_that_do_not_exist_are_passed_over() -> None:
    assert list(find_dates("ngày 31 tháng 02 năm 2025, ngày 5 tháng 3 năm 2025 và 2026-01-09")) == [
        date(2025, 3, 5),
        date(2026, 1, 9),
    ]
