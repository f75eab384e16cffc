"""Words that change a figure are understood, or named: none is passed over in silence."""

from datetime import date
from typing import Any

import pytest

from assistant.query.outcome import DataStatus, Reading
from assistant.query.reading.choices import leaving_out, left_out
from assistant.query.reading.planner import Planner

DAY = date(2026, 11, 23)


def slots(reading: Reading) -> dict[str, Any]:
    assert reading.request is not None, (reading.status, reading.not_understood)
    return reading.request.to_dict()


def chosen(reading: Reading, dimension: str) -> set[str]:
    return {value for one in slots(reading)["filters"] if one["dimension"] == dimension for value in one["values"]}


def test_a_choice_names_the_words_it_leaves_out_and_so_does_its_answer(planner: Planner) -> None:
    asked = planner.read("số học sinh THCS của Nghệ An năm học 2025-2026 lóng lánh", DAY)
    assert asked.request is None
    assert all(left_out(choice)[1] == asked.not_understood for choice in asked.choices)
    for choice in asked.choices:
        answered = planner.read(choice, DAY)
        assert answered.ready
        assert answered.not_understood == asked.not_understood


def test_words_left_out_twice_stay_one_list() -> None:
    assert leaving_out(leaving_out("Số lớp", ("một",)), ("hai",)) == "Số lớp (không xét “một”, “hai”)"
    assert left_out("Số lớp (cả nước)") == ("Số lớp (cả nước)", ())


@pytest.mark.parametrize(
    "question",
    [
        "So sánh số giáo viên tiểu học của Nghệ An và Malaysia năm 2025",
        "chênh lệch giữa số phòng học, số lớp và số giáo viên tiểu học năm 2025-2026",
    ],
)
def test_a_calculation_that_cannot_be_done_is_no_detail(planner: Planner, question: str) -> None:
    assert planner.read(question, DAY).status is DataStatus.NO_METRIC


def test_what_has_not_been_done_is_not_what_has_no_period(planner: Planner) -> None:
    reading = planner.read("bao nhieu truong thcs chua bao cao cuoi nam", DAY)
    assert reading.request is None or "negated" not in str(slots(reading)["filters"])
    assert reading.status is not DataStatus.ANSWERED or slots(reading)["metrics"] != ["schools"]


def test_an_abbreviated_no_denies(planner: Planner) -> None:
    assert slots(planner.read("hs ko khop voi dan cu theo cap", DAY))["metrics"] == ["mismatched"]


def test_every_value_of_a_list_counts(planner: Planner) -> None:
    reading = planner.read("số lớp THCS theo loại hình công lập, tư thục, dân lập năm 2025-2026", DAY)
    assert chosen(reading, "ownership") == {"CONG_LAP", "TU_THUC", "DAN_LAP"}


def test_the_size_of_a_class_is_a_condition_where_classes_are_counted(planner: Planner) -> None:
    reading = planner.read("số lớp THCS có sĩ số từ 30 đến 35 học sinh theo tỉnh", DAY)
    assert slots(reading)["metrics"] == ["classes"]
    assert {one["operator"] for one in slots(reading)["filters"] if one["dimension"] == "class_size"} == {">=", "<="}


def test_a_threshold_says_its_unit(planner: Planner) -> None:
    reading = planner.read("số phòng học tạm theo tỉnh, tỉnh có từ 5 phòng trở lên", DAY)
    assert [one["value"] for one in slots(reading)["having"]] == [5.0]


def test_names_that_are_asked_for_are_listed(planner: Planner) -> None:
    reading = planner.read("bao nhiêu tỉnh có trên 200 trường tiểu học, kể tên", DAY)
    assert "count_of" not in slots(reading)
    assert slots(reading)["having"]


def test_two_participles_are_two_metrics(planner: Planner) -> None:
    reading = planner.read("số văn bằng đã cấp và đã số hóa theo năm", DAY)
    assert slots(reading)["metrics"] == ["diplomas_issued", "diplomas_digitised"]


def test_a_word_inside_a_longer_name_is_no_metric_of_its_own(planner: Planner) -> None:
    reading = planner.read("số lớp mẫu giáo độc lập, nhóm trẻ độc lập theo vùng", DAY)
    assert slots(reading)["metrics"] == ["preschool_groups"]
    assert slots(reading)["by"] == ["region"]


def test_the_country_but_for_some_provinces(planner: Planner) -> None:
    reading = planner.read("số giáo viên THPT cả nước trừ Nghệ An năm học 2025-2026", DAY)
    assert slots(reading)["filters"][1] == {"dimension": "province", "values": ["40"], "negated": True}


def test_the_start_of_a_year_written_short(planner: Planner) -> None:
    assert chosen(planner.read("hs thcs thanh hoa cuoi nam 23-24", DAY), "period") == {"CN"}


@pytest.mark.parametrize("follow_up", ["Trong đó có bao nhiêu lớp THCS?", "Chỉ tính lớp THCS."])
def test_of_those_goes_on_with_the_question_before(planner: Planner, follow_up: str) -> None:
    before = planner.read("số lớp của Cà Mau năm học 2024-2025", DAY)
    reading = planner.read(follow_up, DAY, before.request)
    assert chosen(reading, "level") == {"THCS"}
    assert chosen(reading, "province")
    assert slots(reading)["time"]["points"] == ["2024-2025"]


def test_another_level_is_ranked_the_same_way(planner: Planner) -> None:
    before = planner.read("top 3 tỉnh có nhiều giáo viên tiểu học nhất năm 2025-2026", DAY)
    reading = planner.read("thế cấp THCS thì sao?", DAY, before.request)
    assert slots(reading)["limit"] == 3
    assert chosen(reading, "level") == {"THCS"}


def test_an_attribute_described_by_a_list_is_one_population(planner: Planner) -> None:
    reading = planner.read("số giáo viên THCS có trình độ đại học, thạc sĩ năm 2025-2026", DAY)
    assert "by" not in slots(reading)
    assert chosen(reading, "qualification") == {"DH", "THS"}
    compared = planner.read("so sánh số giáo viên THCS có trình độ đại học, thạc sĩ năm 2025-2026", DAY)
    assert slots(compared)["by"] == ["qualification"]


def test_a_mean_of_several_is_one_figure_for_each(planner: Planner) -> None:
    assert slots(planner.read("tổng điểm trung bình của các tổ hợp năm 2025", DAY))["by"] == ["combination"]


def test_a_list_of_grades_is_no_list_of_metrics(planner: Planner) -> None:
    reading = planner.read("số học sinh lớp 6 và lớp 7 của Nghệ An năm 2025-2026", DAY)
    assert slots(reading)["metrics"] == ["pupils"]
    assert chosen(reading, "grade") == {"06", "07"}


def test_thresholds_of_different_levels_are_not_read_as_one_range(planner: Planner) -> None:
    reading = planner.read("tỉnh nào có trên 80 trường tiểu học và dưới 40 trường THPT", DAY)
    assert reading.request is None
    assert {"80", "40"} <= set(reading.not_understood)


def test_what_only_one_of_two_metrics_knows_is_not_dropped(planner: Planner) -> None:
    reading = planner.read("số giáo viên và lớp ghép năm 2025-2026", DAY)
    assert "lớp ghép" in reading.not_understood


@pytest.mark.parametrize("purpose", ["để phân bổ kinh phí", "nhằm xây dựng kế hoạch", "làm căn cứ lập dự toán"])
def test_what_a_figure_is_wanted_for_changes_no_figure(planner: Planner, purpose: str) -> None:
    plain = planner.read("Thống kê số học sinh khuyết tật theo tỉnh", DAY)
    assert slots(planner.read(f"Thống kê số học sinh khuyết tật theo tỉnh {purpose}.", DAY)) == slots(plain)


def test_what_is_asked_for_itself_is_no_purpose(planner: Planner) -> None:
    assert not planner.read("phân bổ kinh phí cho học sinh khuyết tật là bao nhiêu", DAY).ready
