"""What acts do to others beyond rewriting: consolidated texts, suspensions, guides, ranks, corrections, transitions."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.corpus.catalogue import Catalogue
from assistant.corpus.law.views import LawView
from assistant.errors import InvalidRequest, NotFound
from tests.unit.ingest.builders import circular
from tests.unit.ingest.law.test_settling import AMENDING, BASE, LABELS, LATER, NUMBER, in_force, ingest

_EFFECT = "Thông tư này có hiệu lực thi hành kể từ ngày {day}."
OFFICIAL = """BỘ GIÁO DỤC VÀ ĐÀO TẠO
Số: 7/VBHN-BGDĐT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 10 tháng 10 năm 2025
THÔNG TƯ
Quy định mẫu
Thông tư số 10/2024/TT-BGDĐT ngày 10/01/2024, có hiệu lực kể từ ngày 01 tháng 3 năm 2024, được sửa đổi, bổ sung bởi:
Thông tư số 5/2025/TT-BGDĐT ngày 20 tháng 5 năm 2025, có hiệu lực kể từ ngày 01 tháng 7 năm 2025;
Thông tư số 9/2025/TT-BGDĐT ngày 20 tháng 7 năm 2025, có hiệu lực kể từ ngày 01 tháng 9 năm 2025.
Căn cứ Luật Giáo dục số 43/2019/QH14;
Điều 1. Phạm vi điều chỉnh
1. Thông tư này quy định về hồ sơ của trường.
2. Hồ sơ do Ủy ban nhân dân cấp xã[1] lưu giữ.
Điều 2. Thời hạn
1.[2] Hồ sơ nộp trước ngày {day} hằng tháng.
1a. Hồ sơ được nộp trên cổng dịch vụ công.
2. (được bãi bỏ)
Điều 3. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2024.
[1] Cụm từ này được thay thế theo quy định tại khoản 3 Điều 1 Thông tư số 5/2025/TT-BGDĐT.
[2] Khoản này được sửa đổi theo quy định tại khoản 1 Điều 1 Thông tư số 5/2025/TT-BGDĐT.
"""


def act(number: str, day: str, *lines: str, **facts: str) -> str:
    return circular(number, *lines, "Điều 9. Hiệu lực thi hành", _EFFECT.format(day=day), **facts)


@pytest.fixture
def hold(tmp_path: Path) -> Callable[..., Path]:
    def made(**files: str) -> Path:
        named = {f"{name}.txt": text for name, text in files.items()}
        return ingest(tmp_path / "c.sqlite", sorted(named), files=named)

    return made


def view(path: Path, ask: Callable[[LawView], dict[str, Any]]) -> dict[str, Any]:
    catalogue = Catalogue(path)
    try:
        return ask(LawView(catalogue, LABELS))
    finally:
        catalogue.close()


@pytest.mark.parametrize("named", [NUMBER, "7/VBHN-BGDĐT"])
def test_an_official_consolidated_text_is_compared_with_the_machines(hold: Callable[..., Path], named: str) -> None:
    path = hold(base=BASE, amending=AMENDING, later=LATER, official=OFFICIAL.format(day=20))
    (found,) = view(path, lambda law: law.compare(named))["official"]
    assert found["acts"] == ["5/2025/TT-BGDĐT", "9/2025/TT-BGDĐT"]
    assert [(each["path"], each["after"]) for each in found["differences"]] == [
        ("khoản 1 Điều 2", "1. Hồ sơ nộp trước ngày 20 hằng tháng.")
    ]


def test_an_official_text_changes_nothing_and_may_be_absent(hold: Callable[..., Path]) -> None:
    path = hold(base=BASE, official=OFFICIAL.format(day=15))
    assert in_force(path, "khoản 1 Điều 2", date(2026, 1, 1)) == "1. Hồ sơ nộp trước ngày 30 hằng tháng."
    with pytest.raises(NotFound, match="law_official_not_held"):
        view(hold(amending=AMENDING), lambda law: law.compare("5/2025/TT-BGDĐT"))


def test_a_number_that_fits_several_documents_is_asked_back(hold: Callable[..., Path]) -> None:
    other = BASE.replace("Số: 10/2024/TT-BGDĐT", "Số: 10/2024/TT-BNV")
    with pytest.raises(InvalidRequest, match="law_number_ambiguous"):
        view(hold(one=BASE, two=other), lambda law: law.show("TT 10/2024", date(2026, 1, 1)))


def test_a_difference_tells_its_words_and_its_origin(hold: Callable[..., Path]) -> None:
    path = hold(base=BASE, amending=AMENDING)
    found = view(path, lambda law: law.diff(NUMBER, date(2025, 6, 30), date(2025, 7, 1)))["differences"]
    first = next(each for each in found if each["path"] == "khoản 2 Điều 1")
    assert [run["text"] for run in first["words"] if run["op"] == "removed"] == ["phòng giáo dục"]
    assert [each["number"] for each in first["by"]] == ["5/2025/TT-BGDĐT"]


def test_a_suspended_act_has_no_force_between_two_days(hold: Callable[..., Path]) -> None:
    order = "Điều 1. Ngưng hiệu lực thi hành Thông tư số 10/2024/TT-BGDĐT từ ngày 01/10/2025 đến hết ngày 31/12/2025."
    path = hold(base=BASE, stop=act("20/2025/TT-BGDĐT", "01 tháng 10 năm 2025", order))
    held = {
        day: in_force(path, "khoản 1 Điều 1", day) is not None
        for day in (date(2025, 9, 30), date(2025, 10, 1), date(2025, 12, 31), date(2026, 1, 1))
    }
    assert list(held.values()) == [True, False, False, True]
    shown = view(path, lambda law: law.show(NUMBER, date(2025, 11, 1)))
    assert "ngưng hiệu lực" in shown["status"].lower()


def test_a_suspended_provision_comes_back_after_its_interval(hold: Callable[..., Path]) -> None:
    order = (
        "Điều 1. Ngưng hiệu lực khoản 2 Điều 1 Thông tư số 10/2024/TT-BGDĐT từ ngày 01/10/2025 đến hết ngày 31/12/2025."
    )
    path = hold(base=BASE, stop=act("20/2025/TT-BGDĐT", "01 tháng 10 năm 2025", order))
    assert in_force(path, "khoản 2 Điều 1", date(2025, 11, 1)) is None
    assert in_force(path, "khoản 1 Điều 1", date(2025, 11, 1)) is not None
    assert in_force(path, "khoản 2 Điều 1", date(2026, 1, 1)) == "2. Hồ sơ do phòng giáo dục lưu giữ."


def test_a_lower_act_changes_nothing(hold: Callable[..., Path]) -> None:
    decree = BASE.replace("Số: 10/2024/TT-BGDĐT", "Số: 10/2024/NĐ-CP").replace("THÔNG TƯ", "NGHỊ ĐỊNH")
    lower = act("21/2025/TT-BGDĐT", "01 tháng 10 năm 2025", "Điều 1. Bãi bỏ khoản 2 Điều 1 Nghị định số 10/2024/NĐ-CP.")
    found = view(hold(base=decree, lower=lower), lambda law: law.timeline("21/2025/TT-BGDĐT"))["amends"]
    assert [each["outcome"] for each in found] == ["amendment_by_lower_act"]


def test_a_correction_puts_words_right(hold: Callable[..., Path]) -> None:
    order = "Điều 1. Đính chính cụm từ “ngày 30” thành “ngày 28” tại khoản 1 Điều 2 Thông tư số 10/2024/TT-BGDĐT."
    path = hold(base=BASE, right=act("22/2025/TT-BGDĐT", "01 tháng 10 năm 2025", order))
    assert in_force(path, "khoản 1 Điều 2", date(2025, 10, 1)) == "1. Hồ sơ nộp trước ngày 28 hằng tháng."


def test_a_phrase_is_replaced_everywhere_or_where_the_act_says(hold: Callable[..., Path]) -> None:
    order = "Điều 1. Thay thế cụm từ “phòng giáo dục” bằng cụm từ “sở giáo dục” {where} Thông tư số 10/2024/TT-BGDĐT."
    day = "01 tháng 10 năm 2025"
    everywhere = hold(base=BASE, a=act("23/2025/TT-BGDĐT", day, order.format(where="tại")))
    units = ("khoản 2 Điều 1", "khoản 2 Điều 2")
    texts = [in_force(everywhere, unit, date(2025, 10, 1)) or "" for unit in units]
    assert ["sở giáo dục" in text for text in texts] == [True, True]


@pytest.mark.parametrize(
    ("saved", "ends"),
    [
        ("", True),
        ("Các văn bản hướng dẫn Nghị định số 1/2020/NĐ-CP tiếp tục được thực hiện đến hết năm học 2026-2027.", False),
    ],
)
def test_a_guide_ends_with_its_law_unless_saved(hold: Callable[..., Path], saved: str, ends: bool) -> None:
    law = BASE.replace("Số: 10/2024/TT-BGDĐT", "Số: 1/2020/NĐ-CP").replace("THÔNG TƯ", "NGHỊ ĐỊNH")
    guide = act(
        "24/2024/TT-BGDĐT",
        "01 tháng 5 năm 2024",
        "Điều 1. Phạm vi",
        "Thông tư này hướng dẫn thi hành Nghị định số 1/2020/NĐ-CP.",
    )
    newer = circular(
        "2/2026/NĐ-CP",
        "Điều 1. Hiệu lực",
        "1. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2026.",
        "2. Nghị định này thay thế Nghị định số 1/2020/NĐ-CP.",
        *([f"3. {saved}"] if saved else []),
    ).replace("THÔNG TƯ", "NGHỊ ĐỊNH")
    path = hold(a=law, b=guide, c=newer)
    shown = view(path, lambda one: one.timeline("24/2024/TT-BGDĐT"))
    assert shown["effective_to"] == ("2026-02-28" if ends else None)


def test_the_rules_for_an_event_are_those_of_its_day(hold: Callable[..., Path]) -> None:
    saved = "Các khóa tuyển sinh trước ngày 01/3/2024 tiếp tục thực hiện theo Thông tư số 1/2020/TT-BGDĐT."
    path = hold(base=f"{BASE}\nĐiều 4. Chuyển tiếp\n{saved}")
    for event, older in ((date(2024, 2, 29), True), (date(2024, 3, 1), False)):
        (found,) = view(path, lambda law, day=event: law.show(NUMBER, date(2026, 1, 1), day))["for_event"]
        assert found["older_rules"] is older
        assert found["acts"] == ["Thông tư 1/2020/TT-BGDĐT"]
