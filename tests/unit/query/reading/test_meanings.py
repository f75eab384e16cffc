"""A meaning is told where it is plainly asked: not where a text is asked about, nor beside what is not understood."""

from datetime import date

import pytest

from assistant.query.reading.planner import Planner

DAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("question", "metrics"),
    [
        ("sĩ số bình quân tính thế nào", ("class_size",)),
        ("cách tính tỷ lệ học sinh bỏ học là gì vậy ạ", ("dropout_rate",)),
        ("cach tinh điểm xét tn 50/50 hoc bạ", ()),
        ("theo Thông tư 98/2020/TT-BGDĐT thì điều kiện công nhận tốt nghiệp là gì", ()),
        ("thủ tục tuyển mới giáo viên là gì", ()),
    ],
)
def test_what_is_explained(planner: Planner, question: str, metrics: tuple[str, ...]) -> None:
    meanings = planner.read(question, DAY).meanings
    assert (meanings.metrics if meanings else ()) == metrics
