"""An attacker aims up to 500 aggregate questions at each of 200 planted persons, honest questions in between.

Another aims as many at ready-made counts of fewer than ten.
"""

import json
import random
from pathlib import Path

import duckdb
import pytest

from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.ledger import Store
from assistant.settings import EngineSettings
from tests.security.attacker import HONEST, Session, attack, make_school_database
from tests.security.counts_attacker import HONEST as HONEST_COUNTS
from tests.security.counts_attacker import CountSession, attack_count, make_counts_database, small_rows

PUPILS, PERSONS, QUESTIONS, TOGETHER, COMMUNES = 400, 200, 500, 10, 250


@pytest.mark.bench
def test_no_planted_person_is_disclosed(tmp_path: Path, record_property) -> None:
    path = tmp_path / "pupils.duckdb"
    make_school_database(path, PUPILS, seed=11)
    engine = DuckDbEngine(path, EngineSettings())
    disclosed = honest = honest_refused = 0
    with duckdb.connect(str(path), read_only=True) as known:
        for first in range(0, PERSONS, TOGETHER):
            session = Session(path, engine, Store(tmp_path / f"{first}"), known, PUPILS)
            persons = [one * (PUPILS // PERSONS) for one in range(first, first + TOGETHER)]
            for turn, person in enumerate(persons, 1):
                before = session.refused
                session.ask(HONEST[turn % len(HONEST)])
                honest, honest_refused = honest + 1, honest_refused + session.refused - before
                attack(session, person, turn * QUESTIONS // TOGETHER, random.Random(person))
            disclosed += int(sum(map(session.knows, persons)))
    engine.close()
    figures = {"disclosed": disclosed, "persons": PERSONS, "honest": honest, "honest_refused": honest_refused}
    record_property("attacker", json.dumps(figures))
    print(figures)
    assert disclosed == 0


@pytest.mark.bench
def test_no_withheld_count_is_disclosed(tmp_path: Path, record_property) -> None:
    path = tmp_path / "counts.duckdb"
    make_counts_database(path, COMMUNES, seed=5)
    engine = DuckDbEngine(path, EngineSettings())
    disclosed = honest = honest_refused = 0
    with duckdb.connect(str(path), read_only=True) as known:
        rows = small_rows(known, PERSONS)
        for first in range(0, len(rows), TOGETHER):
            session = CountSession(path, engine, Store(tmp_path / f"{first}"), known, 4 * COMMUNES)
            for turn, row in enumerate(rows[first : first + TOGETHER], 1):
                before = session.refused
                session.ask(HONEST_COUNTS[turn % len(HONEST_COUNTS)])
                honest, honest_refused = honest + 1, honest_refused + session.refused - before
                attack_count(session, row, turn * QUESTIONS // TOGETHER, random.Random(row))
            disclosed += int(sum(map(session.knows, rows[first : first + TOGETHER])))
    engine.close()
    figures = {"disclosed": disclosed, "counts": len(rows), "honest": honest, "honest_refused": honest_refused}
    record_property("counts attacker", json.dumps(figures))
    print(figures)
    assert disclosed == 0
