"""The same question in other words means the same: templates over metrics, with the request known by construction."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from assistant.query.outcome import Reading
from assistant.query.reading.planner import Planner
from assistant.text import fold

DAY = date(2026, 11, 23)
METRICS = {
    "học sinh": "pupils", "giáo viên": "teachers", "lớp": "classes", "phòng học kiên cố": "solid_rooms",
    "học sinh bỏ học": "dropouts", "máy tính": "computers", "học sinh lưu ban": "repeaters",
}  # fmt: skip
LEVELS = {"tiểu học": "TH", "THCS": "THCS", "cấp 3": "THPT"}
PLACES = {"Nghệ An": "40", "Lâm Đồng": "68", "TP.HCM": "79"}
ONE = (
    "số {what} {level} của {place} năm học 2025-2026",
    "{place} năm học 2025-2026 có bao nhiêu {what} {level}?",
    "Năm học 2025-2026, {what} {level} ở {place} là bao nhiêu",
    "cho anh hỏi chút, bao nhiêu {what} {level} ở {place} năm học 2025-2026 vậy em",
    "thống kê giúp số lượng {what} {level} tại {place}, năm học 2025-2026 nhé",
)
RANKED = (
    "5 tỉnh có nhiều {what} {level} nhất năm học 2025-2026",
    "top 5 tỉnh nhiều {what} {level} nhất năm học 2025-2026",
    "năm học 2025-2026, năm tỉnh nào có số {what} {level} cao nhất",
)
CASES = list(product(METRICS, LEVELS, PLACES))[::4]


def slots(reading: Reading) -> dict[str, Any]:
    assert reading.request is not None, (reading.status, reading.not_understood)
    request = reading.request
    said = [one for one in request.filters if one.dimension not in request.defaults]
    return {
        "metric": request.metrics[0],
        "filters": {one.dimension: set(one.values) for one in said if not one.negated},
        "without": {one.dimension: set(one.values) for one in said if one.negated},
        "by": set(request.by),
        "time": request.time.points,
        "first": (request.order.descending, request.limit) if request.order else None,
    }


@pytest.mark.parametrize("template", ONE)
def test_the_order_of_words_changes_nothing(planner: Planner, template: str) -> None:
    for what, level, place in CASES:
        question = template.format(what=what, level=level, place=place)
        read = slots(planner.read(question, DAY))
        assert read["metric"] == METRICS[what], question
        assert read["filters"] == {"level": {LEVELS[level]}, "province": {PLACES[place]}}, question
        assert (read["time"], read["by"]) == (("2025-2026",), set()), question


@pytest.mark.parametrize("template", [*ONE[:3], *RANKED[:2]])
def test_marks_left_out_change_nothing_or_are_asked_about(planner: Planner, template: str) -> None:
    for what, level, place in CASES:
        question = template.format(what=what, level=level, place=place)
        bare = planner.read(fold(question), DAY)
        assert bare.request is None or slots(bare) == slots(planner.read(question, DAY)), question


@pytest.mark.parametrize("template", RANKED)
def test_a_ranking_is_a_ranking_however_it_is_asked(planner: Planner, template: str) -> None:
    for what, level in product(METRICS, LEVELS):
        question = template.format(what=what, level=level)
        reading = planner.read(question, DAY)
        read = slots(reading)
        assert (read["metric"], read["by"], read["first"]) == (METRICS[what], {"province"}, (True, 5)), question
        assert read["filters"] == {"level": {LEVELS[level]}}, question


@pytest.mark.parametrize("addition", ["công lập", "không kể Hà Nội", "trừ Hà Nội và Hải Phòng", "ngoài công lập"])
def test_a_condition_more_never_widens(planner: Planner, addition: str) -> None:
    for what in ("học sinh", "giáo viên", "lớp"):
        plain = slots(planner.read(f"số {what} THPT cả nước năm học 2025-2026", DAY))
        more = slots(planner.read(f"số {what} THPT {addition} cả nước năm học 2025-2026", DAY))
        assert plain["filters"].items() <= more["filters"].items()
        assert len(more["filters"]) + len(more["without"]) == len(plain["filters"]) + 1


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("tỉnh nào có trên ba trăm trường tiểu học", "tỉnh nào có trên 300 trường tiểu học"),
        ("số hồ sơ viên chức đã đồng bộ đến mùng năm tháng bảy năm 2025", "số hồ sơ viên chức đã đồng bộ đến 5/7/2025"),
        ("tỷ lệ bài thi Toán dưới năm điểm năm 2025", "tỷ lệ bài thi Toán dưới 5 điểm năm 2025"),
        ("các tỉnh có sĩ số tiểu học trên ba mươi mốt", "các tỉnh có sĩ số tiểu học trên 31"),
        ("tỷ lệ có việc làm năm 2024, tính trên số phản hồi", "tỷ lệ có việc làm năm 2024"),
        ("hồi chưa sáp nhập, Gia Lai có bao nhiêu trường THPT", "trước sáp nhập, Gia Lai có bao nhiêu trường THPT"),
    ],
)
def test_said_otherwise(planner: Planner, question: str, same: str) -> None:
    assert slots(planner.read(question, DAY)) == slots(planner.read(same, DAY))


@pytest.mark.parametrize(
    "question",
    [
        "số học sinh trường THPT Chu Văn An năm học 2025-2026",
        "số sinh viên Đại học Quốc gia Hà Nội năm học 2025-2026",
        "số học sinh đi du học năm học 2025-2026",
        "bao nhiêu phần trăm học sinh lớp 9 cấp THPT năm học 2024-2025",
        "diện tích đất của các trường đại học",
    ],
)
def test_what_no_figure_is_of_is_declined(planner: Planner, question: str) -> None:
    assert planner.read(question, DAY).request is None


def test_what_makes_up_stands_before_and_the_whole_after(planner: Planner) -> None:
    request = planner.read("Tây Nguyên chiếm bao nhiêu phần trăm tổng số học sinh tiểu học cả nước", DAY).request
    assert request is not None
    assert [one.dimension for one in request.share] == ["region"]


def test_a_whole_and_its_part_are_shown_together(planner: Planner) -> None:
    request = planner.read("số giáo viên tiểu học năm 2025-2026, trong đó bao nhiêu là nữ", DAY).request
    assert request is not None
    assert [one.dimension for one in request.share] == ["sex"]


def test_two_questions_in_one(planner: Planner) -> None:
    request = planner.read("cả nước có bao nhiêu trường THCS, tỉnh nào nhiều nhất", DAY).request
    assert request is not None
    assert request.whole
    together = planner.read("5 tỉnh đông học sinh nhất chiếm bao nhiêu phần trăm cả nước", DAY).request
    assert together is not None
    assert together.together
