"""Days of effect, of issue and signers are read as acts state them."""

from datetime import date

import pytest

from ingest.legal.dates import find_dates
from ingest.legal.effect import passed_on, read_effect, read_signer

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
        ("Giấy phép cấp trước ngày Thông tư này có hiệu lực được dùng tiếp.", None),
    ],
)
def test_the_first_day_of_effect_is_what_the_act_says_of_itself(text: str, expected: date | None) -> None:
    assert read_effect(f"Điều 1. Phạm vi\n{text}\nNơi nhận:", ISSUED).effective_from == expected


def test_a_stated_end_is_read() -> None:
    text = (
        "1. Nghị quyết này có hiệu lực thi hành từ ngày 01/01/2026 và được thực hiện đến hết ngày 31 tháng 12 năm 2030."
    )
    assert read_effect(text, None).effective_to == date(2030, 12, 31)


def test_a_law_is_issued_on_the_day_it_is_passed() -> None:
    text = "Luật này được Quốc hội khóa XV, Kỳ họp thứ 10 thông qua ngày 10 tháng 12 năm 2025."
    assert passed_on(text) == date(2025, 12, 10)


def test_the_signer_is_the_name_under_the_signature() -> None:
    assert read_signer("Nơi nhận: - Lưu: VT. | KT. BỘ TRƯỞNG THỨ TRƯỞNG (Đã ký) Trần Văn Mẫu") == "Trần Văn Mẫu"
    assert read_signer("HIỆU TRƯỞNG\nLê Thị Mẫu Mực") == ""


def test_days_that_do_not_exist_are_passed_over() -> None:
    assert list(find_dates("ngày 31 tháng 02 năm 2025, ngày 5 tháng 3 năm 2025 và 2026-01-09")) == [
        date(2025, 3, 5),
        date(2026, 1, 9),
    ]
