"""Answers cannot be subtracted: not two, not three, not across restarts; honest questions go on."""

import random
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import LimitRefused, StoreUnavailable
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.guard import guard
from assistant.query.guard.disclosure.populations import Listing
from assistant.query.ledger import Ledger, Store
from assistant.query.ledger.linear import smallest_difference
from assistant.query.ledger.persons import MOST_ATOMS, Fields, Persons, source_of
from assistant.settings import EngineSettings
from tests.security.attacker import HONEST, attack, make_school_database, opening, standing_alone

PUPILS = 600


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, DuckDbEngine]]:
    path = tmp_path_factory.mktemp("ledger") / "pupils.duckdb"
    make_school_database(path, PUPILS, seed=7)
    engine = DuckDbEngine(path, EngineSettings())
    yield path, engine
    engine.close()


@pytest.fixture
def open_session(database: tuple[Path, DuckDbEngine], tmp_path: Path):
    with opening(*database, tmp_path, PUPILS) as opened:
        yield opened


ONE_LESS = (
    ("SELECT count(*) FROM pupils", "SELECT count(*) FROM pupils WHERE NOT (school_id = 3 AND birth_year = 2012)"),
    (
        "SELECT count(*) FROM pupils WHERE poor_household",
        "SELECT count(*) FROM pupils WHERE poor_household AND NOT (school_id = 3 AND birth_year = 2012)",
    ),
    (
        "SELECT count(*) FROM pupils",
        "SELECT count(*) FILTER (WHERE NOT (school_id = 3 AND birth_year = 2012)) FROM pupils",
    ),
    (
        "SELECT gender, count(*) FROM pupils GROUP BY 1",
        "WITH others AS (SELECT * FROM pupils WHERE NOT (school_id = 3 AND birth_year = 2012)) "
        "SELECT gender, count(*) FROM others GROUP BY 1",
    ),
    (
        "SELECT avg(birth_year) FROM pupils",
        "SELECT sum(birth_year) FROM pupils WHERE school_id <> 3 OR birth_year <> 2012",
    ),
    (  # names that make the guard choose other names of its own
        "SELECT count(*) FROM pupils",
        "SELECT count(*) AS _tell FROM pupils AS _tp WHERE NOT (school_id = 3 AND birth_year = 2012)",
    ),
    (
        "SELECT count(*) FROM pupils",
        "SELECT count(*) FROM (SELECT 3 AS n) CROSS JOIN pupils WHERE NOT (school_id = n AND birth_year = 2012)",
    ),
)


@pytest.mark.parametrize(("whole", "less"), ONE_LESS)
def test_a_group_and_the_same_group_less_a_few_are_not_both_told(open_session, whole: str, less: str) -> None:
    session = open_session()
    assert session.ask(whole) is not None
    assert session.ask(less) is None
    assert session.ask(whole) is not None


def test_the_order_of_the_two_does_not_matter(open_session) -> None:
    whole, less = ONE_LESS[1]
    session = open_session()
    assert session.ask(less) is not None
    assert session.ask(whole) is None


def test_three_answers_are_not_combined_either(open_session) -> None:
    session = open_session()
    alone = "school_id = 3 AND birth_year = 2012"
    assert session.ask("SELECT count(*) FROM pupils WHERE school_id < 10") is not None
    assert (
        session.ask(f"SELECT count(*) FROM pupils WHERE school_id < 10 AND gender = 'F' AND NOT ({alone})") is not None
    )
    assert session.ask(f"SELECT count(*) FROM pupils WHERE school_id < 10 AND gender = 'M' AND NOT ({alone})") is None


def test_a_restart_forgets_nothing_and_says_what_can_be_asked(open_session) -> None:
    open_session().ask("SELECT count(*) FROM pupils")
    session = open_session()
    with pytest.raises(LimitRefused) as refused:
        session.runner.run("SELECT count(*) FROM pupils WHERE NOT (school_id = 3 AND birth_year = 2012)", session.who)
    assert refused.value.code == "query_differencing_broader"
    assert refused.value.values["name"] in {"school_id", "birth_year"}


def test_once_too_many_groups_were_told_new_ones_are_refused(open_session) -> None:
    session = open_session()
    few = session.policy.suppression.model_copy(update={"ledger_groups": 2})
    ledger = Ledger(session.store, session.engine, few)
    for sql, told in (("pupils", True), ("pupils WHERE school_id < 10", True), ("pupils WHERE school_id < 5", False)):
        guarded = guard(f"SELECT count(*) FROM {sql}", session.policy, session.who)
        with nullcontext() if told else pytest.raises(LimitRefused, match="query_ledger_full"):
            ledger.admit(guarded, session.who)


def test_what_cannot_be_listed_is_told_only_where_nothing_else_is(open_session) -> None:
    session = open_session()
    guarded = guard("SELECT gender, count(*) FROM pupils GROUP BY 1", session.policy, session.who)
    lost = replace(guarded.populations[0].listing, source="FROM nowhere")
    unlisted = replace(guarded, populations=(replace(guarded.populations[0], listing=lost), *guarded.populations))
    assert session.runner.ledger is not None
    session.runner.ledger.admit(unlisted, session.who)
    with pytest.raises(LimitRefused, match="query_differencing"):
        session.runner.ledger.admit(guard("SELECT count(*) FROM pupils", session.policy, session.who), session.who)


def test_rows_about_nobody_are_not_remembered(open_session) -> None:
    session = open_session()
    session.runner.ledger.admit(guard("SELECT count(*) FROM schools", session.policy, session.who), session.who)
    assert session.store.released("national", 1) == {}


def test_too_many_kinds_of_persons_to_compare_count_as_telling() -> None:
    listing = Listing("", "FROM t", "p", "'0'", ())
    rows = [(f"0,{number}", 50) for number in range(MOST_ATOMS + 1)]
    assert Persons(rows, {source_of(listing): Fields(["'0'"], [])}).tell([listing], 10)


def test_a_ledger_that_cannot_be_kept_lets_nothing_through(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        Store(tmp_path / "file" / "ledger.sqlite").released("national", 1)


def test_honest_questions_are_all_answered(open_session) -> None:
    session = open_session()
    for question in (*HONEST, *HONEST[:2]):
        session.ask(question)
    assert session.refused == 0


def test_what_works_without_the_ledger_fails_with_it(open_session) -> None:
    unique = (
        "SELECT min(pupil_id) FROM pupils WHERE school_id % 2 = 1 "
        "GROUP BY school_id, birth_year, gender, ethnicity HAVING count(*) = 1 ORDER BY 1 LIMIT 1"
    )
    ((person,),) = open_session("none").known.execute(unique).fetchall()
    for with_ledger in (True, False):
        session = open_session(f"{with_ledger}", with_ledger=with_ledger)
        session.trait_of("school_id % 2 = 1")
        session.trait_of(f"school_id % 2 = 1 AND NOT ({standing_alone(session, person)})")
        assert session.knows(person) is not with_ledger


def test_a_planted_person_stays_unknown(open_session) -> None:
    """The long run is `make bench`."""
    session = open_session()
    attack(session, 11, 25, random.Random(11))
    assert not session.knows(11)


@pytest.mark.parametrize(
    ("atoms", "smallest"),
    [
        ({"0:all": 3, "0:all 1:all": 50}, 3),
        ({"0:all": 50, "1:all": 60}, 10),
        ({"0:all 1:a": 40, "0:all 1:b": 40, "0:all": 1}, 1),
        ({"0:a 1:x": 3, "0:a 1:y": 40, "0:b 1:x": 40, "0:b 1:y": 40}, 10),
    ],
    ids=["two groups", "apart", "three groups", "crossed margins tell no cell"],
)
def test_the_smallest_combination_is_found(atoms: dict[str, int], smallest: int) -> None:
    assert smallest_difference(atoms, 10) == smallest


def test_more_than_can_be_solved_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.query.ledger.linear.MOST_CELLS", 3)
    assert smallest_difference({"0:all 1:a": 40, "0:all 1:b": 40, "0:all": 1}, 10) == 0


def test_what_is_withheld_is_not_subtracted() -> None:
    """Among cells that differ in one key a single small one is withheld, and the next smallest beside it."""
    assert smallest_difference({"0:all 1:1": 3, "0:all 1:2": 20, "0:all 1:3": 40}, 10) == 10
    assert smallest_difference({"0:all 1:1": 3, "0:all 1:2": 20, "0:all 1:3": 20}, 10) == 3
    assert smallest_difference({"0:all 1:1": 3, "0:all 1:2": 4, "0:all 1:3": 40}, 10) == 7
    assert smallest_difference({"0:all 1:row1": 3, "0:all 1:row2": 20, "0:all 1:row3": 40}, 10) == 3
    assert smallest_difference({"0:1 1:1": 3, "0:1 1:2": 4}, 10) == 10  # nothing of it is told
    crossed = {"0:1 1:1.1": 3, "0:1 1:1.2": 20, "0:1 1:1.3": 50, "0:2 1:2.1": 30, "0:2 1:2.2": 20, "0:2 1:2.3": 50}
    assert smallest_difference(crossed, 10) == 10


ALIKE = (
    "WITH x AS (SELECT province_code FROM pupils) SELECT province_code, count(*) AS {} FROM x GROUP BY 1",
    "SELECT province_code, count(*) AS {} FROM pupils GROUP BY 1",
)


@pytest.mark.parametrize("sql", ALIKE)
def test_the_same_persons_are_listed_alike_whatever_else_a_query_names(open_session, sql: str) -> None:
    session = open_session()
    one, other = (guard(sql.format(name), session.policy, session.who).populations for name in ("n", "gender"))
    assert one == other
