"""Every system of the founding report: its questions answered as its verified SQL does, and its page kept true."""

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assistant.access.principal import Principal, Role
from assistant.query.checking import run_model
from assistant.query.questions import DataQuestions
from assistant.query.runner import Runner
from assistant.query.semantic_model import load_semantic_model
from assistant.settings import Settings

CHOSEN = Settings()
MODEL = load_semantic_model(CHOSEN.semantic_model_dir)
PAGE = Path(__file__).parents[3] / "docs/systems.md"
DAY = date(2026, 11, 23)


@pytest.mark.parametrize("name", MODEL.verified_queries)
def test_a_verified_question_gives_what_its_sql_gives(
    name: str, questions: DataQuestions, connection: duckdb.DuckDBPyConnection
) -> None:
    verified = MODEL.verified_queries[name]
    outcome = questions.answer(verified.question, Principal(Role.NATIONAL), DAY)
    assert outcome.table is not None, (outcome.status, outcome.text)
    figures = [[cell for cell in row if isinstance(cell, int | float)] for row in outcome.table.rows]
    shown = sorted(row[-1] for row in figures if row)
    wanted = sorted(float(row[-1]) for row in connection.execute(verified.sql).fetchall() if row[-1] is not None)
    if len(shown) == len(wanted):
        assert shown == pytest.approx(wanted, rel=1e-6)
    else:  # cells that stand for few persons are withheld
        assert outcome.table.suppressed
        assert all(any(value == pytest.approx(other, rel=1e-6) for other in wanted) for value in shown)


def test_every_system_has_three_questions() -> None:
    systems = [one.system for one in MODEL.verified_queries.values()]
    assert len(set(systems)) == 13
    assert all(systems.count(name) >= 3 for name in set(systems))


def test_the_page_names_tables_metrics_and_questions_that_exist(connection: duckdb.DuckDBPyConnection) -> None:
    text = PAGE.read_text(encoding="utf-8")
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| **")]
    assert len(rows) == 13
    asked = {one.question for one in MODEL.verified_queries.values()}
    for _, _, named_tables, metrics, *_ in rows:
        assert set(re.findall(r"`(\w+)`", named_tables)) <= tables
        assert set(re.findall(r"`(\w+)`", metrics)) <= set(MODEL.metrics)
    assert set(re.findall(r"“([^”]+)”", text)) == asked


def test_a_sample_of_what_the_model_can_ask_runs(questions: DataQuestions) -> None:
    assert isinstance(questions.runner, Runner)
    ran = run_model(MODEL, questions.runner, Principal(Role.NATIONAL), seconds=4)
    assert ran.faults == ()
    assert ran.ran > 0
    assert ran.of > 1000


def test_a_hierarchy_and_the_named_filters_are_part_of_the_model() -> None:
    assert MODEL.hierarchies[0].levels == ("region", "province", "commune")
    assert MODEL.dimensions["area"].codes("KHO_KHAN") == ("01", "04")
