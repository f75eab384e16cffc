"""Forty questions on the published examination results, each against what pandas finds in the same files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from assistant.access.policy import load_policy
from assistant.access.principal import Principal, Role
from assistant.errors import InvalidRequest
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.questions import DataQuestions
from assistant.query.runner import Runner
from assistant.query.semantic_model import load_semantic_model
from assistant.settings import Settings
from ingest.education.build import build_database
from ingest.education.exams.loading import Loaded, load_exam_scores
from tests.real_data import DATA

FOLDER = DATA / "education_stats"
pytestmark = pytest.mark.skipif(
    not (FOLDER / "thpt_summary").is_dir(), reason="../shared/data/education_stats is not beside the repository"
)
DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Files:
    """The published tables as pandas reads them."""

    year: pd.DataFrame
    place: pd.DataFrame
    marks: pd.DataFrame
    combo: pd.DataFrame

    def of(self, year: int, subject: str) -> pd.Series:
        return self.year[(self.year.year == year) & (self.year.subject == subject)].iloc[0]

    def places(self, year: int, subject: str) -> pd.DataFrame:
        return self.place[(self.place.year == year) & (self.place.subject == subject)]

    def at(self, year: int, subject: str, name: str) -> pd.Series:
        found = self.places(year, subject)
        return found[found.province_name == name].iloc[0]

    def band(self, year: int, subject: str, low: float, high: float = 10) -> int:
        rows = self.marks[(self.marks.year == year) & (self.marks.subject == subject)]
        return int(rows[(rows.score >= low) & (rows.score <= high)]["count"].sum())

    def mean_of(self, rows: pd.DataFrame) -> float:
        return float((rows["mean"] * rows["count"]).sum() / rows["count"].sum())

    def region(self, year: int, subject: str, name: str) -> float:
        found = self.places(year, subject)
        return self.mean_of(found[found.region == name])

    def best(self, year: int, subject: str, count: int, *, worst: bool = False) -> list[str]:
        rows = self.places(year, subject).sort_values("mean", ascending=worst, kind="stable")
        return [NAMES.get(name, name) for name in rows.province_name[:count]]

    def rank(self, year: int, subject: str, name: str) -> int:
        means = self.places(year, subject).set_index("province_name")["mean"]
        return int((means > means[name]).sum()) + 1

    def of_combo(self, year: int, label: str) -> pd.Series:
        rows = self.combo[(self.combo.year == year) & self.combo.combo_label.str.startswith(label)]
        return rows.iloc[0]

    def reached(self, year: int, label: str, mark: int) -> int:
        row = self.of_combo(year, label)
        return round(row[f"share_ge_{mark}"] * row["count"])


NAMES = {"TP. Hồ Chí Minh": "Hồ Chí Minh", "Thừa Thiên Huế": "Huế"}
Wanted = Callable[[Files], object]
QUESTIONS: list[tuple[str, Wanted]] = [
    ("điểm trung bình môn Toán năm 2024 cả nước", lambda f: f.of(2024, "Toan")["mean"]),
    ("điểm trung bình môn Ngữ văn năm 2026", lambda f: f.of(2026, "NguVan")["mean"]),
    ("diem trung binh mon tieng anh nam 2020", lambda f: f.of(2020, "NgoaiNgu")["mean"]),
    ("điểm trung bình môn Lịch sử năm 2018 cả nước", lambda f: f.of(2018, "LichSu")["mean"]),
    ("điểm trung bình môn Toán năm 2016", lambda f: f.of(2016, "Toan")["mean"]),
    ("điểm trung bình môn Toán của Nghệ An năm 2023", lambda f: f.at(2023, "Toan", "Nghệ An")["mean"]),
    ("điểm trung bình môn Vật lí của Nam Định năm 2022", lambda f: f.at(2022, "VatLy", "Nam Định")["mean"]),
    ("điểm trung bình môn Hóa học của Cần Thơ năm 2019", lambda f: f.at(2019, "HoaHoc", "Cần Thơ")["mean"]),
    ("điểm trung bình môn Sinh học của Hà Nội năm 2021", lambda f: f.at(2021, "SinhHoc", "Hà Nội")["mean"]),
    ("điểm trung bình môn Tin học năm 2026", lambda f: f.of(2026, "TinHoc")["mean"]),
    ("tỷ lệ bài thi từ 8 điểm trở lên môn Toán năm 2022", lambda f: 100 * f.of(2022, "Toan").share_ge_8),
    ("tỷ lệ bài thi từ 8 điểm trở lên môn Ngữ văn năm 2024", lambda f: 100 * f.of(2024, "NguVan").share_ge_8),
    (
        "tỷ lệ bài thi từ 8 điểm trở lên môn tiếng Anh năm 2021 của Nam Định",
        lambda f: 100 * f.at(2021, "NgoaiNgu", "Nam Định").share_ge_8,
    ),
    ("tỷ lệ bài thi dưới 5 điểm môn Toán năm 2025", lambda f: 100 * f.of(2025, "Toan").share_lt_5),
    ("tỷ lệ bài thi dưới 5 điểm môn tiếng Anh năm 2019", lambda f: 100 * f.of(2019, "NgoaiNgu").share_lt_5),
    ("tỷ lệ dưới 5 điểm môn Toán của Sơn La năm 2024", lambda f: 100 * f.at(2024, "Toan", "Sơn La").share_lt_5),
    ("số bài thi dưới 5 điểm môn Lịch sử năm 2021", lambda f: f.band(2021, "LichSu", 0, 4.99)),
    ("tỷ lệ bài thi từ 9 điểm trở lên môn Toán năm 2026", lambda f: 100 * f.of(2026, "Toan").share_ge_9),
    ("số bài thi từ 9 điểm trở lên môn Địa lí năm 2025", lambda f: f.band(2025, "DiaLy", 9)),
    ("số điểm 10 môn Toán năm 2025", lambda f: f.of(2025, "Toan").count_10),
    ("số điểm 10 môn Giáo dục công dân năm 2021", lambda f: f.of(2021, "GDCD").count_10),
    ("số điểm 10 môn Vật lí năm 2026", lambda f: f.of(2026, "VatLy").count_10),
    ("số bài điểm liệt môn Ngữ văn năm 2023", lambda f: f.band(2023, "NguVan", 0, 1)),
    ("tỷ lệ điểm liệt môn Toán năm 2017", lambda f: 100 * f.of(2017, "Toan").share_le_1),
    ("10 tỉnh có điểm trung bình môn Toán cao nhất năm 2024", lambda f: f.best(2024, "Toan", 10)),
    ("5 tỉnh có điểm trung bình môn Ngữ văn cao nhất năm 2022", lambda f: f.best(2022, "NguVan", 5)),
    ("3 tỉnh có điểm trung bình tiếng Anh thấp nhất năm 2023", lambda f: f.best(2023, "NgoaiNgu", 3, worst=True)),
    ("5 tỉnh có điểm trung bình môn Toán cao nhất năm 2026", lambda f: f.best(2026, "Toan", 5)),
    ("Nghệ An đứng thứ mấy về điểm trung bình môn Toán năm 2026", lambda f: f.rank(2026, "Toan", "Nghệ An")),
    ("Hải Phòng đứng thứ mấy về điểm trung bình môn Vật lí năm 2020", lambda f: f.rank(2020, "VatLy", "Hải Phòng")),
    (
        "điểm trung bình môn Toán từ năm 2016 đến năm 2026",
        lambda f: [f.of(year, "Toan")["mean"] for year in range(2016, 2027)],
    ),
    (
        "điểm trung bình môn Ngữ văn từ 2020 đến 2024",
        lambda f: [f.of(year, "NguVan")["mean"] for year in range(2020, 2025)],
    ),
    (
        "chênh lệch điểm trung bình môn Toán giữa miền Bắc và miền Nam năm 2024",
        lambda f: f.region(2024, "Toan", "Miền Bắc") - f.region(2024, "Toan", "Miền Nam"),
    ),
    (
        "điểm trung bình môn tiếng Anh theo miền năm 2022",
        lambda f: [f.region(2022, "NgoaiNgu", f"Miền {name}") for name in ("Bắc", "Trung", "Nam")],
    ),
    ("tổng điểm trung bình tổ hợp A00 năm 2024", lambda f: f.of_combo(2024, "A00")["mean"]),
    ("điểm trung bình tổ hợp D01 năm 2026", lambda f: f.of_combo(2026, "D01")["mean"]),
    ("tỷ lệ thí sinh tổ hợp C00 từ 27 điểm trở lên năm 2025", lambda f: 100 * f.of_combo(2025, "C00").share_ge_27),
    ("số thí sinh khối A00 từ 29 điểm trở lên năm 2025", lambda f: f.reached(2025, "A00", 29)),
    ("phân vị 95 của tổ hợp B00 năm 2021", lambda f: f.of_combo(2021, "B00").p95),
    ("điểm trung vị môn Toán năm 2023", lambda f: f.of(2023, "Toan")["median"]),
]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Loaded]:
    path = tmp_path_factory.mktemp("exams") / "education.duckdb"
    build_database(path, scale=1000, progress=lambda step, done, total: None)
    return path, load_exam_scores(path, FOLDER)


@pytest.fixture(scope="module")
def questions(loaded: tuple[Path, Loaded]) -> Iterator[DataQuestions]:
    chosen = Settings()
    policy = load_policy(chosen.policy_file)
    engine = DuckDbEngine(loaded[0], chosen.engine)
    model = load_semantic_model(chosen.semantic_model_dir)
    yield DataQuestions(model, Runner(engine, policy, chosen.engine), policy.suppression.persons)
    engine.close()


@pytest.fixture(scope="module")
def files() -> Files:
    folder = FOLDER / "thpt_summary"
    names = ("subject_year_metrics", "province_subject_metrics", "subject_score_distribution", "combo_year_metrics")
    return Files(*(pd.read_csv(folder / f"{name}.csv") for name in names))


def test_there_are_forty() -> None:
    assert len({question for question, _ in QUESTIONS}) == 40


@pytest.mark.parametrize(("question", "wanted"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_an_answer_is_what_the_files_say(question: str, wanted: Wanted, questions: DataQuestions, files: Files) -> None:
    outcome = questions.answer(question, Principal(Role.NATIONAL), DAY)
    assert outcome.table is not None, (outcome.status, outcome.text)
    expected = wanted(files)
    rows = outcome.table.rows
    if isinstance(expected, list) and isinstance(expected[0], str):
        assert [row[0] for row in rows] == expected
    elif isinstance(expected, list):
        assert [_figure(row) for row in rows] == pytest.approx(expected, abs=2e-4)
    elif "đứng thứ" in question:
        assert f"đứng thứ {expected} trên" in outcome.text
    else:
        cells = [float(cell) for row in rows for cell in row if isinstance(cell, int | float)]
        assert any(cell == pytest.approx(expected, abs=2e-4, rel=1e-5) for cell in cells), (cells, expected)


def _figure(row: tuple[object, ...]) -> float:
    """The last number of a row: the ratio after its numerator and denominator."""
    return [float(cell) for cell in row if isinstance(cell, int | float)][-1]


def test_numbers_of_candidates_are_dropped_and_whole_boards_are_used(loaded: tuple[Path, Loaded]) -> None:
    assert loaded[1].years == tuple(range(2016, 2027))
    assert loaded[1].boards >= 57
    assert "01/2025" in loaded[1].partial


def test_a_folder_without_the_figures_changes_nothing(loaded: tuple[Path, Loaded], tmp_path: Path) -> None:

    before = loaded[0].stat().st_mtime_ns
    with pytest.raises(InvalidRequest, match="exam_scores_missing"):
        load_exam_scores(loaded[0], tmp_path)
    assert loaded[0].stat().st_mtime_ns == before
