"""Law over time on the real texts: Luật 123/2025/QH15 applied to Luật Giáo dục, and the time of one look-up."""

import time
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from assistant.corpus.catalogue import Catalogue, LawReader
from assistant.corpus.law.views import LawView
from tests.unit.ingest.law.test_settling import write_files

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "corpus"
BASE = CORPUS / "bo_phap_dien/raw_html/cd978e77-1991-4698-a663-ad2013c7a9f1.html.gz"
AMENDING = CORPUS / "vbpl/edu_raw_html/doc_000529.html.gz"
LAW, AMENDMENT = "43/2019/QH14", "123/2025/QH15"
FIRST, SECOND = date(2026, 1, 1), date(2026, 7, 1)
pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not AMENDING.exists(), reason="../shared/data is absent"),
]
# Read beside both texts: an address, the day of the change, words that stood there before it and that stand there now.
CHECKED = (
    ("khoản 11 Điều 5", FIRST, "nhà đầu tư nước ngoài", "pháp luật về đầu tư"),
    ("điểm c khoản 2 Điều 6", FIRST, "trình độ sơ cấp", "trung học nghề"),
    ("khoản 4 Điều 6", FIRST, "Thương binh và Xã hội", "Đào tạo, trong phạm vi"),
    ("khoản 3 Điều 9", FIRST, "Chính phủ", "Bộ trưởng Bộ Giáo dục và Đào tạo"),
    ("khoản 3 Điều 10", FIRST, "liên thông", None),
    ("khoản 2 Điều 12", FIRST, "trung học cơ sở", "bằng trung học nghề"),
    ("khoản 1 Điều 14", SECOND, "05 tuổi", "06 tuổi"),
    ("khoản 5 Điều 14", SECOND, None, "khoản 1 và khoản 2"),
    ("Điều 18", FIRST, "cán bộ quản lý", None),
    ("khoản 2 Điều 25", FIRST, "cán bộ quản lý giáo dục, nhà khoa học", "cán bộ quản lý cơ sở giáo dục, nhà khoa học"),
    ("khoản 4 Điều 44", SECOND, "nhiệm vụ", "điểm d khoản 1 Điều 43"),
    ("khoản 1 Điều 52", SECOND, "cấp huyện", "chiến lược, quy hoạch"),
    ("điểm a khoản 2 Điều 52", SECOND, None, "cấp xã"),
    ("khoản 2 Điều 61", FIRST, "dân tộc bán trú, trường dự bị", "bán trú, trường phổ thông nội trú, trường dự bị"),
    ("Điều 66a", FIRST, None, "Cán bộ quản lý giáo dục"),
    ("Điều 66b", FIRST, None, "Nhân sự hỗ trợ giáo dục"),
    ("khoản 4a Điều 85", SECOND, None, "Quỹ học bổng quốc gia"),
    ("khoản 1 Điều 108", FIRST, "học tập, đầu tư", "học tập, làm quản lý, đầu tư"),
    ("Điều 113", FIRST, "Luật Giáo dục nghề nghiệp", None),
)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return Catalogue(write_files(tmp_path_factory.mktemp("law") / "c.sqlite", [BASE, AMENDING]))


def words(held: Catalogue, address: str, day: date) -> str | None:
    unit = LawReader(held).provision_on(LAW, address, day)
    if unit is None:
        return None
    document = held.document(unit.id.partition("#")[0])
    assert document is not None
    return document.provision_text(unit)


def test_every_instruction_is_listed_and_all_but_the_names_of_chapters_are_applied(held: Catalogue) -> None:
    found = LawView(held, ("public",)).timeline(AMENDMENT)["amends"]
    assert Counter(each["outcome"] for each in found) == {"applied": 91, "amendment_place_not_held": 3}
    assert all(each["place"].startswith("tên ") for each in found if each["outcome"] != "applied")


@pytest.mark.parametrize(("address", "begins", "before", "after"), CHECKED)
def test_the_words_change_on_their_day(
    held: Catalogue, address: str, begins: date, before: str | None, after: str | None
) -> None:
    old, new = (words(held, address, date.fromordinal(begins.toordinal() + shift)) for shift in (-1, 0))
    assert (old is None) if before is None else (old is not None and before in old)
    assert (new is None) if after is None else (new is not None and after in new)
    assert old != new


def test_one_look_up_takes_under_a_millisecond(held: Catalogue) -> None:
    """Processor time is asserted; wall time is told beside it, for it says as much of the machine's other work."""
    reader = LawReader(held)
    spent, waited = [], []
    for article in range(1, 115):
        for day in (date(2025, 6, 1), FIRST, SECOND):
            began, clock = time.process_time(), time.perf_counter()
            reader.provision_on(LAW, f"khoản 1 Điều {article}", day)
            spent.append(time.process_time() - began)
            waited.append(time.perf_counter() - clock)
    worst = sorted(waited)[int(len(waited) * 0.95)]
    print(f"\n{len(spent)} look-ups, median {1000 * median(spent):.2f} ms of processor time,", end=" ")
    print(f"{1000 * median(waited):.2f} ms wall, 95 % under {1000 * worst:.2f} ms wall")
    assert median(spent) < 0.001
