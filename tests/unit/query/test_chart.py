"""The chart follows the result's shape, shows the shown cells, and never draws what is missing as nothing."""

from typing import Any

from assistant.query.chart import chart_of
from assistant.query.compiling.columns import Column, Role

PLACE = Column("Tỉnh", Role.DIMENSION, "province")
YEAR = Column("Năm học", Role.TIME, "time")
PUPILS = Column("Số học sinh", Role.MEASURE, "pupils", "học sinh")
RATE = Column("Tỷ lệ (%)", Role.RATIO, "pupils", "%")


def encoding(chart: dict[str, object] | None) -> dict[str, Any]:
    assert chart is not None
    found = chart["encoding"]
    assert isinstance(found, dict)
    return found


def test_groups_are_bars_in_the_order_of_the_table() -> None:
    chart = chart_of([PLACE, PUPILS], [("Huế", 5), ("Hà Nội", 9)])
    assert chart is not None
    assert chart["mark"] == {"type": "bar"}
    assert encoding(chart)["x"]["sort"] is None
    assert chart["data"] == {"values": [{"x": "Huế", "y": 5}, {"x": "Hà Nội", "y": 9}]}


def test_many_groups_are_lying_bars() -> None:
    chart = chart_of([PLACE, PUPILS], [(f"Tỉnh {at}", at) for at in range(30)])
    assert encoding(chart)["y"]["field"] == "x"


def test_time_is_a_line_and_a_group_beside_it_a_colour() -> None:
    chart = chart_of([YEAR, PLACE, PUPILS], [("2023-2024", "Huế", 5), ("2024-2025", "Huế", 6)])
    assert chart is not None
    assert chart["mark"] == {"type": "line", "point": True}
    assert encoding(chart)["color"]["field"] == "series"


def test_a_ratio_is_drawn_rather_than_its_parts() -> None:
    chart = chart_of([PLACE, PUPILS, RATE], [("Huế", 5, 50.0), ("Hà Nội", 9, 40.0)])
    assert encoding(chart)["y"]["title"] == "Tỷ lệ (%)"


def test_what_is_missing_stays_empty() -> None:
    chart = chart_of([PLACE, PUPILS], [("Huế", None), ("Hà Nội", 9)])
    assert chart is not None
    assert chart["data"]["values"][0] == {"x": "Huế", "y": None}


def test_one_figure_needs_no_chart() -> None:
    assert chart_of([PUPILS], [(5,)]) is None
    assert chart_of([PLACE, PUPILS], [("Huế", 5)]) is None
