"""A quotation in an amending act runs from its opening to its closing mark, and not further."""

from ingest.legal.quotes import QuoteTracker


def quoted(*lines: str) -> list[bool]:
    tracker = QuoteTracker()
    return [tracker.inside(line) for line in lines]


def test_a_quotation_spans_paragraphs() -> None:
    assert quoted(
        "1. Sửa đổi Điều 5 như sau:", "“Điều 5. Hồ sơ", "1. Đơn đề nghị;", "2. Bản sao.”.", "2. Bãi bỏ Điều 6."
    ) == [False, True, True, True, False]


def test_a_term_quoted_inside_does_not_end_the_quotation() -> None:
    assert quoted("như sau:", "“1. Gọi chung là “nhà trường”", "2. Trường công lập.”") == [False, True, True]


def test_straight_marks_count_in_pairs() -> None:
    assert quoted("như sau:", '"Điều 38. Kiểm tra', "1. Bộ kiểm tra.", '2. Sở kiểm tra."', "Điều 7. Hiệu lực") == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_a_stray_mark_in_running_text_swallows_nothing() -> None:
    assert quoted("Điều 1. Phạm vi", "“Trường học là nơi dạy học.", "Điều 2. Đối tượng") == [False, True, False]


def test_a_forgotten_closing_mark_ends_at_the_next_instruction_in_turn() -> None:
    tracker = QuoteTracker()
    for line in ("1. Sửa đổi khoản 2 như sau:", "“2. Học sinh được miễn học phí."):
        tracker.inside(line)
    assert tracker.is_open
    assert tracker.inside("7. Sửa đổi Điều 9 như sau:")
    assert not tracker.inside("2. Sửa đổi Điều 9 như sau:", in_turn=True)
