"""What a caller with a territory may not compare with is refused, not computed inside the territory."""

from datetime import date

import pytest

from assistant.access.principal import Principal, Role
from assistant.query.preparation.scope import within_territory
from assistant.query.reading.planner import Planner
from assistant.query.semantic_model import load_semantic_model
from assistant.settings import PACKAGE_DIR

MODEL = load_semantic_model(PACKAGE_DIR / "config" / "semantic_model")
NGHE_AN = Principal(Role.PROVINCE, ("40",))


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("Những tỉnh có tỷ lệ phòng học kiên cố thấp hơn mức trung bình cả nước", True),
        ("tỉnh nào có số học sinh cao hơn Hà Nội", True),
        ("Nghệ An đứng thứ mấy về số học sinh", True),
        ("số học sinh tiểu học theo cấp học năm 2024-2025", False),
    ],
)
def test_the_whole_country_is_no_measure_inside_a_territory(question: str, refused: bool) -> None:
    request = Planner(MODEL).read(question, date(2026, 11, 23)).request
    assert request is not None
    assert within_territory(MODEL, request, NGHE_AN).refused is refused
