"""Every metric asked as managers ask: by its title with a place and a year, bare of marks, as a question, by its words.

Metrics that only make up others (a denominator by school, say) go by names nobody says and are left out.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.query.outcome import DataStatus
from assistant.query.reading.planner import Planner
from assistant.query.request import TimeKind
from assistant.query.semantic_model import SemanticModel
from assistant.query.semantics.parts import Metric
from assistant.text import fold

DAY = date(2026, 11, 23)
TIMES = {TimeKind.SCHOOL_YEAR: "năm học 2025-2026", TimeKind.YEAR: "năm 2025", TimeKind.DAY: "tính đến 30/6/2026"}
INTERNAL = {
    "level_pupils", "level_classes", "level_teachers", "group_pupils", "employment_graduates",
    "class_size_of_grade", "thpt_graduates", "combination_total", "card_schools_total",
}  # fmt: skip
ALIKE = {
    "staff": {"managers", "teachers", "employees"},
    "preschool_teachers": {"teachers"},
    "preschool_class_size": {"class_size"},
    "nursery_children": {"children"},
    "kindergarten_children": {"children"},
}
"""Metrics whose question another one answers with the same figure."""
MOST_ASKED_BACK = 0.01


def forms(model: SemanticModel, metric: Metric) -> Iterator[str]:
    label = metric.edu.label[:1].lower() + metric.edu.label[1:]
    time = model.time_of(metric.name)
    when = TIMES[time.kind] if time is not None else ""
    where = "Nghệ An" if "province" in model.dimensions_of(metric.name) else "cả nước"
    yield f"{metric.edu.label} của {where} {when}".strip()
    yield fold(f"{label} {where} {when}").strip()
    yield f"{label} ở {where} {when} là bao nhiêu?"
    yield f"Cho tôi biết {label} {when} của {where}"
    yield f"{'' if metric.is_ratio else 'số '}{metric.edu.phrasings[0].replace(' + ', ' ')} {where} {when}".strip()


def test_each_metric_is_found_by_its_names(planner: Planner, model: SemanticModel) -> None:
    asked = [(one, text) for one in model.metrics.values() if one.name not in INTERNAL for text in forms(model, one)]
    wrong, lost = [], []
    for metric, text in asked:
        reading = planner.read(text, DAY)
        named = {metric.name, metric.edu.companion} | ALIKE.get(metric.name, set())
        if reading.status is not DataStatus.ANSWERED or reading.request is None:
            lost.append(text)
        elif not set(reading.request.metrics) <= named:
            wrong.append((metric.name, text, reading.request.metrics))
    assert not wrong
    assert len(lost) <= MOST_ASKED_BACK * len(asked), lost


@pytest.mark.parametrize(
    ("question", "compare", "metrics"),
    [
        ("Tỉ lệ nhân viên trên giáo viên cấp THPT", "quotient", ["employees", "teachers"]),
        ("bình quân mỗi hiệu trưởng quản lý bao nhiêu giáo viên", "quotient", ["teachers", "principals"]),
        ("Số trúng tuyển đợt 1 trừ số xác nhận nhập học năm 2025", "minus", ["admitted", "confirmed"]),
        ("Chênh lệch giữa số đăng ký xét tuyển và số nhập học năm 2025", "minus", ["applicants", "entrants"]),
        ("Tổng số học sinh và trẻ mầm non cả nước", "plus", ["pupils", "children"]),
    ],
)
def test_two_counts_are_computed_with(planner: Planner, question: str, compare: str, metrics: list[str]) -> None:
    reading = planner.read(question, DAY)
    assert reading.request is not None
    assert (reading.request.compare, list(reading.request.metrics)) == (compare, metrics)


@pytest.mark.parametrize(
    "question",
    [
        "Tỉ lệ nữ nhân viên trên giáo viên cấp THPT",  # nữ narrows one of the two
        "Số trường của Tây Ninh mới so với Tây Ninh cũ và Long An cộng lại năm học 2024-2025",  # two maps
        "Số trường tiểu học đã gửi học bạ số theo từng tháng năm 2026",  # no figure by month
        "Số lượt xác nhận cư trú tháng 6/2026",  # a month is not its year
    ],
)
def test_what_one_request_cannot_hold_is_not_answered(planner: Planner, question: str) -> None:
    assert planner.read(question, DAY).status is not DataStatus.ANSWERED
