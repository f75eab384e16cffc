"""Personal numbers in questions, in the groupings people type them in; figures and document numbers are left alone."""

import pytest

from assistant.access.masking import MASK, holds_personal_numbers, mask


@pytest.mark.parametrize(
    "typed",
    [
        "CCCD 001204012345 của ai",
        "số 001 204 012 345 của ai",
        "cmnd 012345678",
        "chứng minh nhân dân số: 123 456 789",
        "gọi 0912345678",
        "gọi 0912.345.678",
        "gọi 091-234-5678",
        "gọi +84 912 345 678",
        "gọi (+84)912345678",
        "máy bàn 024 3869 5144",
        "gửi a.b+c@gmail.com",
        "stk 19036789012345 techcombank",
        "so tai khoan 0071001234567",
        "hộ chiếu B1234567",
        "SBD 01012345",
        "mã học sinh 0123456789",
        "BHXH 7912345678",
    ],
)
def test_a_personal_number_is_masked(typed: str) -> None:
    masked = mask(typed)
    assert MASK in masked
    assert not any(ch.isdigit() for ch in masked.replace("84", ""))
    assert "@" not in masked


@pytest.mark.parametrize(
    "typed",
    [
        "Thông tư 29/2024/TT-BGDĐT",
        "tổng 24.512.345.678 đồng",
        "1.747.231 học sinh năm 2024-2025",
        "từ 01/01/2026 đến 31/12/2026",
        "Nghị quyết 202/2025/QH15 điều 12 khoản 3",
        "ngân sách 0,912345678 tỷ",
        "số trường THPT của Hà Nội năm học 2024-2025",
        "mức đóng bhyt hs năm học 2026-2027",
        "mã học sinh năm học 2025 2026 cấp thế nào",
        "QCVN 01:2021, TCVN 11930:2017",
    ],
)
def test_figures_and_document_numbers_are_left_alone(typed: str) -> None:
    assert mask(typed) == typed


def test_an_account_that_looks_like_two_years_is_masked() -> None:
    assert mask("stk 20242025") == f"stk {MASK}"
    assert mask("stk 2024 2025 12") == f"stk {MASK}"


def test_masking_twice_changes_nothing() -> None:
    once = mask("gọi 0912345678, cccd 001204012345")
    assert mask(once) == once


@pytest.mark.parametrize(
    ("line", "personal"),
    [
        ("Nguyễn Văn A, CCCD 001204012345", True),
        ("Liên hệ cô Lan 0912 345 678", True),
        ("Gửi về lan@gmail.com", True),
        ("Gửi về csdl@moet.gov.vn", False),
        ("Điện thoại 024 3869 5144", False),
        ("Sĩ số lớp không quá 45 học sinh", False),
    ],
)
def test_a_document_line_with_somebodys_number_is_known(line: str, personal: bool) -> None:
    assert holds_personal_numbers(line) is personal
