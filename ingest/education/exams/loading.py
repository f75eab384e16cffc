"""Published results of the graduation examination, read from a folder into the education database.

They take the place of the synthetic results of the same years, so that one question has one answer.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from assistant.errors import InvalidRequest
from ingest.education.database import Database, changed_database
from ingest.education.geography import read_mapping
from ingest.education.synthetic.registers.examinations import EXAM_DAYS
from ingest.education.synthetic.registers.score_profiles import MACRO_REGIONS

SOURCE = "DIEM_THI"
SQL_FILE = Path(__file__).with_name("load.sql")
NEW_REGIONS = {"TDMNPB": "BAC", "DBSH": "BAC", "BTB": "TRUNG", "DHNTB_TN": "TRUNG", "DNB": "NAM", "DBSCL": "NAM"}
FORMER_DAYS = {2016: date(2016, 7, 1), 2017: date(2017, 6, 22), 2018: date(2018, 6, 25), 2019: date(2019, 6, 25)}
REQUIRED = ("province_subject_metrics", "subject_score_distribution", "subject_year_metrics", "combo_year_metrics")
# The steps that read the marks of candidates, and the files each of them needs.
CANDIDATE_FILES = {
    "candidates 2020": "thpt_scores/thpt_2020_57_provinces.csv.gz",
    "candidates 2025": "thpt_scores/2025_json/*.json.gz",
    "candidates part": "thpt_scores/thpt_2025_hanoi_part.csv.gz",
}
_STEP = re.compile(r"^-- @step (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the database holds afterwards; `partial` names boards whose candidate file is not whole."""

    years: tuple[int, ...]
    papers: int
    boards: int
    partial: tuple[str, ...]


def load_exam_scores(path: Path, folder: Path, progress: Callable[[str], None] = lambda step: None) -> Loaded:
    """Read `folder` (thpt_summary, thpt_scores) into the database at `path`, which is replaced only at the end."""
    missing = [name for name in REQUIRED if not (folder / "thpt_summary" / f"{name}.csv").is_file()]
    if missing:
        raise InvalidRequest("exam_scores_missing", folder=folder, name=f"thpt_summary/{missing[0]}.csv")
    with changed_database(path) as database:
        _prepare(database, folder)
        for step, sql in _steps(folder):
            progress(step)
            try:
                database.script(sql)
            except duckdb.Error as error:
                raise InvalidRequest("exam_scores_unreadable", step=step, folder=folder, detail=str(error)) from error
        return _finish(database)


def _steps(folder: Path) -> Iterator[tuple[str, str]]:
    parts = _STEP.split(SQL_FILE.read_text(encoding="utf-8"))
    for step, sql in zip(parts[1::2], parts[2::2], strict=True):
        if step not in CANDIDATE_FILES or any(folder.glob(CANDIDATE_FILES[step])):
            yield step, sql


def _prepare(database: Database, folder: Path) -> None:
    database.execute("SET enable_progress_bar = false")
    database.execute("SET VARIABLE folder = ?", [str(folder.resolve())])
    database.execute("SET VARIABLE source = ?", [SOURCE])
    database.script(
        "CREATE TEMP TABLE board (map VARCHAR, board_code VARCHAR, province_code VARCHAR, province_code_63 VARCHAR,"
        " macro_region VARCHAR); CREATE TEMP TABLE exam_day (year INTEGER, exam_date DATE)"
    )
    for row in read_mapping():
        codes = [row["exam_board_code_63"], row["new_code"], row["old_code"], MACRO_REGIONS[row["old_region"]]]
        database.execute("INSERT INTO board VALUES ('63', ?, ?, ?, ?)", codes)
    for code, region in {row["new_code"]: row["new_region_34"] for row in read_mapping()}.items():
        database.execute("INSERT INTO board VALUES ('34', ?, ?, NULL, ?)", [code, code, NEW_REGIONS[region]])
    for year, day in {**FORMER_DAYS, **EXAM_DAYS}.items():
        database.execute("INSERT INTO exam_day VALUES (?, ?)", [year, day])


def _finish(database: Database) -> Loaded:
    """Say in the database itself which of its figures are not synthetic."""
    [(first, last, papers)] = database.execute(
        "SELECT min(year), max(year), sum(papers) FROM exam_subject_stat WHERE NOT is_synthetic"
    )
    held = [year for (year,) in database.execute("SELECT year FROM held ORDER BY year")]
    [(boards,)] = database.execute("SELECT count(DISTINCT (year, board_code)) FROM complete WHERE whole")
    partial = database.execute("SELECT DISTINCT board_code || '/' || year FROM complete WHERE NOT whole ORDER BY 1")
    title = f"Điểm thi tốt nghiệp THPT {first}–{last} theo môn, tỉnh, mức điểm, tổ hợp: thống kê từ điểm của thí sinh"
    database.execute("DELETE FROM data_source WHERE source_id = ?", [SOURCE])
    database.execute("INSERT INTO data_source VALUES (?, ?, ?, FALSE)", [SOURCE, title, EXAM_DAYS[last]])
    words = f" Riêng điểm thi tốt nghiệp THPT {first}–{last} theo môn, tổ hợp là số liệu thật, không theo tỉ lệ."
    database.execute("UPDATE meta SET value = replace(value, ?, '') || ? WHERE key = 'notice'", [words, words])
    database.execute("DELETE FROM meta WHERE key = 'exam_scores'")
    database.execute("INSERT INTO meta VALUES ('exam_scores', ?)", [f"{first}-{last}"])
    return Loaded(tuple(held), int(papers), int(boards), tuple(name for (name,) in partial))
