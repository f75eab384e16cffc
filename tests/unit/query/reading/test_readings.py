"""Questions in staff style with the request each stands for, reviewed one by one: tests/data/education.

Defaults are left out of the tables: they belong to the semantic model, and the answer marks them. `staff_outcomes`
holds the data questions of staff_questions.jsonl with what the review says of each.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.query.outcome import Reading
from assistant.query.reading.planner import Planner
from assistant.query.request import DataRequest
from assistant.text import fold

TABLES = Path(__file__).parents[3] / "data" / "education"
CASES = [
    json.loads(line)
    for name in ("readings.jsonl", "staff_outcomes.jsonl")
    for line in (TABLES / name).read_text(encoding="utf-8").splitlines()
]
DAY = date(2026, 11, 23)
MOST_LOST_WITHOUT_MARKS = 0.05


def read(planner: Planner, case: dict[str, Any], *, bare: bool = False) -> Reading:
    previous: DataRequest | None = None
    for question in (*case.get("after", ()), case["question"]):
        reading = planner.read(fold(question) if bare else question, DAY, previous)
        previous = reading.request or previous
    return reading


def said(reading: Reading) -> dict[str, Any] | None:
    """The request without what nobody spoke of."""
    if reading.request is None:
        return None
    plain = reading.request.to_dict()
    unsaid = set(plain.pop("defaults", ()))
    plain["filters"] = [one for one in plain.get("filters", ()) if one["dimension"] not in unsaid]
    plain.pop("replaced", None)
    return {name: value for name, value in plain.items() if value != []}


def test_each_question_means_what_was_reviewed(planner: Planner) -> None:
    wrong = []
    for case in CASES:
        reading = read(planner, case)
        words = list(reading.not_understood)
        expected = (case["status"], case.get("request"), case.get("not_understood", words))
        if (reading.status.value, said(reading), words) != expected:
            wrong.append((case["question"], reading.status.value, said(reading), words))
    assert not wrong


def test_without_diacritics_nearly_all_are_read_alike(planner: Planner) -> None:
    ready = [case for case in CASES if case["status"] == "answered" and "after" not in case and "request" in case]
    lost = [case["question"] for case in ready if said(read(planner, case, bare=True)) != case["request"]]
    assert len(lost) <= MOST_LOST_WITHOUT_MARKS * len(ready), lost
    misread = [q for q in lost if read(planner, {"question": q}, bare=True).request is not None]
    assert len(misread) <= 0.01 * len(ready), misread


@pytest.mark.parametrize(
    "question",
    [
        "số học sinh cận thị ở Hà Nội",
        "so hoc sinh can thi",
        "học sinh trường chuyên",
        "số sinh viên chính quy năm 2024-2025",
    ],
)
def test_a_content_word_nobody_knows_is_named_and_never_dropped(planner: Planner, question: str) -> None:
    reading = planner.read(question, DAY)
    assert reading.request is None
    assert reading.not_understood or reading.choices


@pytest.mark.parametrize(
    "question", ["học sinh lớp 12 của Quảng Nam trước khi sáp nhập", "so hoc sinh Ha Nam truoc sap nhap"]
)
def test_the_nam_of_a_place_is_no_year(planner: Planner, question: str) -> None:
    request = planner.read(question, DAY).request
    assert request is not None
    assert request.filter_on("province") is not None
    assert request.time.points == ()
