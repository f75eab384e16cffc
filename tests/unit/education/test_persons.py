"""Persons: in a file of their own, as many as the counts say, with the faults of real registers, out of reach."""

import stat
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assistant.access.policy import load_policy
from assistant.access.principal import Principal, Role
from assistant.errors import InvalidRequest, QueryRefused
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.runner import Runner
from assistant.settings import Settings
from ingest.education.periods import YEAR_ENDS
from ingest.education.persons.making import Made, make_persons


@pytest.fixture(scope="module")
def made(small_path: Path) -> Made:
    return make_persons(small_path, seed=7, force=True)


def asked(made: Made, sql: str) -> Any:
    with duckdb.connect(str(made.path), read_only=True) as connection:
        row = connection.execute(sql).fetchone()
    return row[0] if row else None


def test_there_are_as_many_as_the_last_full_report_counts(made: Made, small_path: Path) -> None:
    period = YEAR_ENDS[-1]
    with duckdb.connect(str(small_path), read_only=True) as connection:
        where = f"school_year = '{period.school_year}' AND period_code = '{period.code}'"
        pupils = connection.execute(f"SELECT sum(pupils) FROM enrolment WHERE {where}").fetchone()
        staff = connection.execute(f"SELECT sum(persons) FROM staff_stat WHERE {where}").fetchone()
    assert asked(made, "SELECT count(*) FROM learner WHERE status_code = '01'") == (pupils or [0])[0]
    assert made.staff == (staff or [0])[0]


def test_registers_have_their_faults(made: Made) -> None:
    assert asked(made, "SELECT count(*) FROM (SELECT national_id FROM learner GROUP BY 1 HAVING count(*) > 1)") > 0
    assert asked(made, "SELECT count(*) FROM learner WHERE birth_date_text LIKE '30/02/%'") > 0
    assert (
        asked(made, "SELECT count(*) FROM (SELECT staff_id FROM staff_assignment GROUP BY 1 HAVING count(*) > 1)") > 0
    )
    assert asked(made, "SELECT count(DISTINCT left(moet_id, 2)) FROM learner") == 63
    assert asked(made, "SELECT bool_and(national_id LIKE '999%' AND length(national_id) = 12) FROM learner")


def test_only_its_owner_reads_the_file(made: Made) -> None:
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT full_name FROM learner",
        "SELECT count(*) FROM persons.learner",
        "ATTACH '{path}' AS persons",
        "SELECT count(*) FROM '{path}'",
        "SELECT * FROM read_text('{path}')",
    ],
)
def test_no_query_reaches_them(sql: str, made: Made, small_path: Path) -> None:
    chosen = Settings()
    engine = DuckDbEngine(small_path, chosen.engine)
    try:
        runner = Runner(engine, load_policy(chosen.policy_file), chosen.engine)
        with pytest.raises(QueryRefused):
            runner.run(sql.format(path=made.path), Principal(Role.NATIONAL))
    finally:
        engine.close()


def test_the_same_seed_makes_the_same_persons(made: Made, small_path: Path) -> None:
    digest = "SELECT bit_xor(hash(learner::VARCHAR)) FROM learner"
    before = asked(made, digest)
    with pytest.raises(InvalidRequest, match="education_exists"):
        make_persons(small_path, seed=7)
    assert asked(make_persons(small_path, seed=7, force=True), digest) == before
