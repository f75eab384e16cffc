"""A withheld cell is withheld in every form an answer takes: text, table, chart, CSV, XLSX, store, a model's prompt."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from assistant.access.principal import Principal, Role
from assistant.answering.services import Services
from assistant.bootstrap import build_services
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.conversations.exporting import export
from assistant.conversations.record import dump_answer
from assistant.settings import ModelSettings, Settings
from tests.scripted_model import says, scripted_model

NATIONAL = Principal(Role.NATIONAL)
QUESTION = "Số học sinh khuyết tật theo tỉnh năm học 2026-2027"
# The same pupils as the question's: those of another period beside them could be told by subtraction.
SQL = (
    "SELECT province_code, sum(disabled) AS n FROM pupil_group_stat WHERE school_year = '2026-2027' "
    "AND level_code IN ('TH', 'THCS', 'THPT') AND period_code = 'DN' "
    "GROUP BY province_code ORDER BY province_code"
)
PLACE, CODE, FEW = "Cao Bằng", "04", 7
PLANT = (
    f"UPDATE pupil_group_stat SET disabled = 0 WHERE province_code = '{CODE}'; "
    f"UPDATE pupil_group_stat SET disabled = {FEW} WHERE rowid = (SELECT min(rowid) FROM pupil_group_stat "
    f"WHERE province_code = '{CODE}' AND school_year = '2026-2027' AND period_code = 'DN' "
    "AND level_code IN ('TH', 'THCS', 'THPT'))"
)


@pytest.fixture(scope="module")
def asked(sample_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, list[Any]]]:
    """The service over a database in which one province has seven such pupils, with a model that is listened to."""
    data_dir = tmp_path_factory.mktemp("few") / "data"
    shutil.copytree(sample_data_dir, data_dir)
    with duckdb.connect(str(data_dir / "education.duckdb")) as connection:
        connection.execute(PLANT)
    with scripted_model(says("Theo số liệu [1].")) as (url, seen):
        chosen = Settings(_env_file=None, data_dir=data_dir, today="2026-11-02", model=ModelSettings(url=url))
        services = build_services(chosen)
        yield services, seen
        services.close()


@pytest.fixture(scope="module")
def spoken(asked: tuple[Services, list[Any]]) -> Answer:
    answer = asked[0].query(QUESTION, None, NATIONAL)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    return answer


@pytest.fixture(scope="module")
def typed(asked: tuple[Services, list[Any]]) -> Answer:
    answer = asked[0].query(None, SQL, NATIONAL)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    return answer


def test_the_table_and_the_sentence(spoken: Answer, typed: Answer) -> None:
    row = next(row for row in spoken.rows if PLACE in row)
    assert None in row
    assert FEW not in row
    assert spoken.suppressed >= 1
    assert f"{PLACE} {FEW}" not in spoken.text
    assert dict(typed.rows)[CODE] is None
    assert typed.suppressed >= 1
    assert any("ẩn" in one for one in typed.notices)


def test_the_chart(spoken: Answer) -> None:
    assert spoken.chart is not None
    data: Any = spoken.chart["data"]
    assert [one["y"] for one in data["values"] if one["x"] == PLACE] == [None]


def test_csv(spoken: Answer, typed: Answer) -> None:
    for answer, name in ((spoken, PLACE), (typed, CODE)):
        lines = list(csv.reader(io.StringIO(export(answer, "csv").decode("utf-8-sig"))))
        row = next(line for line in lines if name in line)
        assert "" in row
        assert str(FEW) not in row


def test_xlsx(spoken: Answer, typed: Answer) -> None:
    for answer, name in ((spoken, PLACE), (typed, CODE)):
        book = openpyxl.load_workbook(io.BytesIO(export(answer, "xlsx")))
        row = next(row for row in book.worksheets[0].iter_rows(values_only=True) if name in row)
        assert None in row
        assert FEW not in row


def test_what_is_stored(spoken: Answer, typed: Answer) -> None:
    for answer, name in ((spoken, PLACE), (typed, CODE)):
        rows = json.loads(dump_answer(answer))["rows"]
        assert FEW not in next(row for row in rows if name in row)


def test_what_a_model_is_told(asked: tuple[Services, list[Any]]) -> None:
    """A model gets passages of documents, and no row of any table."""
    services, seen = asked
    answer = services.answer(f"{QUESTION} và quy định về giáo dục người khuyết tật?", NATIONAL)
    assert answer.text
    told = json.dumps(seen, ensure_ascii=False)
    figures = [str(cell) for row in answer.rows for cell in row if isinstance(cell, int) and cell > 99]
    assert not [one for one in figures if one in told]
    assert "pupil_group_stat" not in told


def test_what_is_recorded(asked: tuple[Services, list[Any]], spoken: Answer, typed: Answer) -> None:
    records = [entry.fields for entry in asked[0].accounts.log.entries()]
    assert {"query"} <= {one["kind"] for one in records}
    assert not [one for one in records if PLACE in json.dumps(one, ensure_ascii=False)]
    assert max(one.get("suppressed", 0) for one in records) >= 1
