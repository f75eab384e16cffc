"""What a model may say: only what its passages say."""

import pytest

from assistant.answering.verification import check_sentences

PASSAGES = (
    "Trong thời hạn 10 ngày làm việc kể từ ngày kết thúc năm học, hiệu trưởng ký số học bạ và gửi về Sở.",
    "Tính đến ngày 05/7/2024 có 18 Sở gửi báo cáo với 1.747.231 học bạ, đạt 19,59% tổng số.",
    "Cơ sở giáo dục không được thu tiền của học sinh ngoài các khoản đã công khai.",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hiệu trưởng ký số học bạ trong thời hạn 10 ngày làm việc kể từ ngày kết thúc năm học [1].",
        "Đến 5/7/2024 có 18 Sở gửi báo cáo với 1747231 học bạ, đạt 19.59 % [2].",
        "Cơ sở giáo dục không được thu tiền ngoài các khoản đã công khai [3].",
        "Có 18 Sở gửi báo cáo [2]; hiệu trưởng ký số học bạ và gửi về Sở trong 10 ngày làm việc [1].",
    ],
)
def test_a_sentence_its_passages_carry_is_verified(sentence: str) -> None:
    assert all(checked.verified for checked in check_sentences(sentence, PASSAGES))


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Hiệu trưởng ký số học bạ trong 10 ngày làm việc.", "no source"),
        ("Hiệu trưởng ký số học bạ và gửi về Sở [7].", "unknown source"),
        ("Hiệu trưởng ký số học bạ và gửi về Sở [0].", "unknown source"),
        ("Hiệu trưởng ký số học bạ trong thời hạn 15 ngày làm việc [1].", "number not in source"),
        ("Có 18 Sở gửi báo cáo, đạt 195,9% tổng số học bạ [2].", "number not in source"),
        ("Hiệu trưởng không ký số học bạ và gửi về Sở trong 10 ngày làm việc [1].", "negation not in source"),
        ("Phụ huynh phải nộp thêm lệ phí chứng thực tại phòng công chứng quận [1].", "says more than its source"),
    ],
)
def test_a_sentence_that_says_more_is_not(sentence: str, reason: str) -> None:
    (checked,) = check_sentences(sentence, PASSAGES)
    assert not checked.verified
    assert checked.reason == reason


def test_each_sentence_is_judged_alone_and_loses_its_tokens() -> None:
    reply = (
        "Có 18 Sở gửi báo cáo, tổng 1.747.231 học bạ [2]. Tất cả đều đạt loại tốt [2].\n- Hiệu trưởng ký số học bạ [1]"
    )
    checked = check_sentences(reply, PASSAGES)
    assert [(c.text, c.sources, c.verified) for c in checked] == [
        ("Có 18 Sở gửi báo cáo, tổng 1.747.231 học bạ.", (1,), True),
        ("Tất cả đều đạt loại tốt.", (1,), False),
        ("Hiệu trưởng ký số học bạ", (0,), True),
    ]
