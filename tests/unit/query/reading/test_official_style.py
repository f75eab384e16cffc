"""Questions as officials write them: framed by what they are for, with conditions beside what is counted."""

from datetime import date
from typing import Any

import pytest

from assistant.query.outcome import DataStatus, Reading
from assistant.query.reading.planner import Planner

DAY = date(2026, 11, 23)


def slots(reading: Reading) -> dict[str, Any]:
    assert reading.request is not None, (reading.status, reading.not_understood)
    plain = reading.request.to_dict()
    unsaid = set(plain.get("defaults", ()))
    filters = {one["dimension"]: one["values"] for one in plain.get("filters", ()) if one["dimension"] not in unsaid}
    return {**plain, "filters": filters}


@pytest.mark.parametrize(
    ("framed", "plain"),
    [
        (
            "Tôi đang soạn báo cáo quý, nhờ chị cho biết số trường THCS ở Nghệ An để tôi đính kèm tờ trình.",
            "số trường THCS ở Nghệ An",
        ),
        ("Đề nghị cung cấp số phòng học tạm theo vùng để đưa vào phụ lục.", "số phòng học tạm theo vùng"),
        (
            "Vụ cần trước 10 giờ. Số giáo viên môn Toán cấp THPT ở Huế? Mong anh gửi sớm.",
            "số giáo viên môn Toán cấp THPT ở Huế",
        ),
        ("phiền anh cho tôi số lớp tiểu học ở Huế, xin cảm ơn", "số lớp tiểu học ở Huế"),
    ],
)
def test_what_a_figure_is_wanted_for_changes_nothing(planner: Planner, framed: str, plain: str) -> None:
    assert slots(planner.read(framed, DAY)) == slots(planner.read(plain, DAY))


@pytest.mark.parametrize(
    "question",
    ["cho tôi số trường THCS để làm báo cáo về tỉnh Nghệ An", "số trường THCS để viết báo cáo năm học 2021-2022"],
)
def test_a_place_or_a_time_said_in_the_frame_counts(planner: Planner, question: str) -> None:
    reading = planner.read(question, DAY)
    assert reading.request is None or "province" in slots(reading)["filters"] or slots(reading)["time"].get("points")


def test_a_unit_nothing_is_counted_in_is_another_question(planner: Planner) -> None:
    assert slots(planner.read("báo cáo đầu năm trễ hạn bình quân mấy ngày", DAY))["metrics"] == ["mean_days_late"]
    assert planner.read("lớp ghép có bao nhiêu em", DAY).status is not DataStatus.ANSWERED
    assert (
        planner.read("số cháu theo lớp", DAY).request is None
        or "children" in slots(planner.read("số cháu theo lớp", DAY))["metrics"]
    )


def test_a_mean_per_class_is_no_mean_of_areas(planner: Planner) -> None:
    reading = planner.read("số cháu bình quân trên một lớp mẫu giáo ở từng khu vực", DAY)
    assert slots(reading)["metrics"] == ["preschool_class_size"]
    assert "average_of" not in slots(reading)


def test_what_is_counted_anyway_may_be_said(planner: Planner) -> None:
    assert slots(planner.read("kết quả rèn luyện cuối năm học 2024-2025 theo mức", DAY))["by"] == ["result"]
    five = slots(planner.read("trẻ 5 tuổi hoàn thành chương trình năm học 2024-2025", DAY))
    assert (five["metrics"], five["filters"]) == (["completions"], {"level": ["MN"]})


def test_a_value_said_to_be_counted_too_is_no_filter(planner: Planner) -> None:
    assert "level" not in slots(planner.read("số giáo viên theo tỉnh, tính cả mầm non", DAY))["filters"]
    both = slots(planner.read("số học sinh ở Huế, tính cả giáo dục thường xuyên", DAY))
    assert set(both["filters"]["level"]) == {"TH", "THCS", "THPT", "GDTX"}


def test_what_one_is_not_adds_nothing(planner: Planner) -> None:
    reading = planner.read("tỷ lệ giáo viên hợp đồng (không thuộc biên chế) ở trường công lập", DAY)
    assert [one["values"] for one in slots(reading)["share"]] == [["HOP_DONG"]]
    assert planner.read("số học sinh đầu năm trừ cuối năm", DAY).status is not DataStatus.ANSWERED


def test_a_word_before_a_value_groups_nothing(planner: Planner) -> None:
    assert "by" not in slots(planner.read("số giáo viên có trình độ trên chuẩn ở mầm non", DAY))
    assert slots(planner.read("số trường theo Internet", DAY))["by"] == ["internet"]
    assert slots(planner.read("danh sách tỉnh có trường dân tộc nội trú, bán trú", DAY))["filters"] == {
        "ethnic_boarding": ["CO"]
    }


def test_each_term_belongs_to_the_metric_beside_it(planner: Planner) -> None:
    reading = planner.read("số biên chế giáo viên được giao và số giáo viên theo định mức, theo vùng", DAY)
    assert slots(reading)["metrics"] == ["assigned_posts", "norm_teachers"]


def test_a_condition_may_be_another_figure(planner: Planner) -> None:
    rate = planner.read("tỷ lệ có việc làm theo lĩnh vực, chỉ tính lĩnh vực có từ 30 người phản hồi trở lên", DAY)
    assert [(one["metric"], one["value"]) for one in slots(rate)["having"]] == [("employment_responses", 30.0)]
    share = planner.read("tỷ lệ trường đạt chuẩn quốc gia theo tỉnh, chỉ tính tỉnh có trên 50 trường", DAY)
    assert slots(share)["having"][0]["of_whole"] is True


def test_a_number_of_another_clause_is_no_threshold(planner: Planner) -> None:
    reading = slots(planner.read("tỉnh nào thiếu giáo viên nhiều nhất, cho 3 tỉnh", DAY))
    assert (reading["limit"], reading.get("having")) == (3, None)


def test_levels_of_a_score_are_chosen_by_the_score(planner: Planner) -> None:
    reading = slots(planner.read("phổ điểm môn Toán năm 2026: số bài ở từng mức điểm từ 9 trở lên", DAY))
    assert reading["filters"]["score"] == ["9"]


def test_a_count_and_what_it_makes_of_the_whole_is_a_rate(planner: Planner) -> None:
    reading = planner.read("số học sinh bỏ học chiếm bao nhiêu phần trăm tổng số học sinh", DAY)
    assert slots(reading)["metrics"] == ["dropout_rate"]


def test_reasons_that_are_held_may_be_asked(planner: Planner) -> None:
    reading = planner.read("báo cáo bị trả lại vì sao, mỗi lý do bao nhiêu báo cáo", DAY)
    assert slots(reading)["by"] == ["return_reason"]
    assert planner.read("vì sao số học sinh bỏ học tăng", DAY).status is DataStatus.OUT_OF_SCOPE


def test_groups_with_their_counts_are_all_shown(planner: Planner) -> None:
    reading = planner.read("học sinh bỏ học vì những lý do gì, mỗi lý do bao nhiêu em", DAY)
    assert "having" not in slots(reading)


def test_two_reports_of_one_year_are_set_apart(planner: Planner) -> None:
    reading = planner.read("từ đầu năm đến cuối năm học 2024-2025 số học sinh THPT giảm bao nhiêu", DAY)
    assert (slots(reading)["compare"], slots(reading)["by"]) == ("gap", ["period"])


@pytest.mark.parametrize("question", ["nữ sinh THPT ở Huế", "so nu sinh thpt o hue"])
def test_girls_at_school_are_pupils(planner: Planner, question: str) -> None:
    assert slots(planner.read(question, DAY))["metrics"] == ["pupils"]
    assert slots(planner.read(question, DAY))["filters"]["sex"] == ["NU"]


def test_the_next_item_of_a_list_is_its_own(planner: Planner) -> None:
    reading = planner.read("biên chế giao và số giáo viên hiện có của Thanh Hóa", DAY)
    assert slots(reading)["metrics"] == ["assigned_posts", "teachers"]


def test_not_even_the_lowest_level_is_one_value(planner: Planner) -> None:
    reading = planner.read("số giáo viên chưa đạt năng lực số cơ bản ở Cần Thơ", DAY)
    assert slots(reading)["filters"]["competency_level"] == ["CHUA_DAT"]
    assert "by" not in slots(reading)


def test_how_many_groups_meet_a_condition(planner: Planner) -> None:
    reading = planner.read("có mấy tỉnh mà tỷ lệ trường chuẩn quốc gia dưới 50%", DAY)
    assert slots(reading)["count_of"] == "province"


def test_the_mean_of_the_country_over_its_groups(planner: Planner) -> None:
    reading = planner.read("trung bình cả nước mỗi tỉnh có bao nhiêu giáo viên tiểu học", DAY)
    assert slots(reading)["average_of"] == "province"


def test_pupils_online_are_no_candidates_registered_online(planner: Planner) -> None:
    assert planner.read("số học sinh học trực tuyến", DAY).status is not DataStatus.ANSWERED


def test_an_area_nothing_tells_apart_is_named(planner: Planner) -> None:
    reading = planner.read("tỷ lệ giáo viên mầm non đạt chuẩn trình độ ở vùng dân tộc thiểu số", DAY)
    assert reading.status is not DataStatus.ANSWERED
    assert slots(planner.read("số học sinh theo vùng, nữ", DAY))["by"] == ["region"]


def test_a_change_up_to_now_is_one_change(planner: Planner) -> None:
    one = slots(planner.read("từ năm học 2020-2021 đến nay số giáo viên mầm non tăng thêm bao nhiêu", DAY))
    assert (one["compare"], one["time"]["points"], one["time"]["last"]) == ("growth", ["2020-2021"], 1)
    each = slots(planner.read("tốc độ tăng số học sinh từ năm 2020 đến nay", DAY))
    assert each["time"]["since"] == "2020-2021"
