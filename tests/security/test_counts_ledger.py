"""Ready-made counts cannot be subtracted across questions; what they are asked for in earnest is answered."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.guard import guard
from assistant.query.guard.disclosure.populations import Listing
from assistant.query.ledger import Ledger, ledger
from assistant.query.ledger.overlap import overlapping
from assistant.settings import EngineSettings
from tests.security.attacker import opening
from tests.security.counts_attacker import HONEST, CountSession, attack_count, make_counts_database, small_rows

COMMUNES = 30


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, DuckDbEngine]]:
    path = tmp_path_factory.mktemp("counts") / "counts.duckdb"
    make_counts_database(path, COMMUNES, seed=5)
    engine = DuckDbEngine(path, EngineSettings())
    yield path, engine
    engine.close()


@pytest.fixture
def open_session(database: tuple[Path, DuckDbEngine], tmp_path: Path):
    with opening(*database, tmp_path, 4 * COMMUNES, CountSession) as opened:
        yield opened


def alone(session: CountSession) -> tuple[int, str, str]:
    """A row that alone is small in its commune, where others are large: its number, commune and condition."""
    found = session.known.execute(
        "SELECT min(rowid) FILTER (WHERE pupils BETWEEN 1 AND 9), commune FROM stat GROUP BY commune "
        "HAVING count(*) FILTER (WHERE pupils BETWEEN 1 AND 9) = 1 AND count_if(pupils > 9) > 1 ORDER BY 1"
    ).fetchall()
    row, commune = found[0]
    ((level,),) = session.known.execute(f"SELECT level FROM stat WHERE rowid = {row}").fetchall()
    return row, f"commune = '{commune}'", f"commune = '{commune}' AND level = '{level}'"


@pytest.mark.parametrize("with_ledger", [True, False])
def test_a_sum_and_the_same_sum_less_a_small_row(open_session, with_ledger: bool) -> None:
    session = open_session(with_ledger=with_ledger)
    row, commune, small = alone(session)
    session.sum_of(commune)
    session.sum_of(f"{commune} AND NOT ({small})")
    assert session.knows(row) is not with_ledger


@pytest.mark.parametrize("with_ledger", [True, False])
def test_rows_as_they_are_and_then_their_sum(open_session, with_ledger: bool) -> None:
    session = open_session(with_ledger=with_ledger)
    row, commune, _ = alone(session)
    session.rows_of(commune)
    session.sum_of(commune)
    assert session.knows(row) is not with_ledger


def test_parts_asked_for_one_by_one_and_then_their_sum(open_session) -> None:
    session = open_session()
    _, commune, _ = alone(session)
    for level in ("MN", "TH", "THCS", "THPT"):
        session.sum_of(f"{commune} AND level = '{level}'")
    assert session.refused == 0
    session.sum_of(commune)
    assert session.refused == 1


def test_two_sums_in_one_answer(open_session) -> None:
    session = open_session()
    _, commune, small = alone(session)
    both = f"SELECT sum(pupils), sum(pupils) FILTER (WHERE NOT ({small})) FROM stat WHERE {commune}"
    assert session.ask(both) is None


def test_groups_and_then_their_totals_are_told(open_session) -> None:
    """Within an answer the smallest large part is withheld beside a single small one: the total gives neither away."""
    session = open_session()
    assert session.ask("SELECT commune, level, sum(pupils) FROM stat GROUP BY 1, 2") is not None
    assert session.ask("SELECT level, sum(pupils) FROM stat GROUP BY 1") is not None


def test_honest_questions_are_all_answered(open_session) -> None:
    session = open_session()
    for question in (*HONEST, *HONEST[:2]):
        session.ask(question)
    assert session.refused == 0


def test_planted_counts_stay_unknown(open_session) -> None:
    """The long run is `make bench`."""
    session = open_session()
    rows = small_rows(session.known, 3)
    for turn, row in enumerate(rows, 1):
        attack_count(session, row, 10 * turn, random.Random(row))
    assert not any(map(session.knows, rows))


def test_what_is_too_much_to_compare_is_compared_with_the_latest(open_session, monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session()
    monkeypatch.setattr("assistant.query.ledger.persons.MOST_ATOMS", 60)
    monkeypatch.setattr(ledger, "MOST_ATOMS", 60)
    _, commune, small = alone(session)
    assert session.ask("SELECT commune, level, pupils FROM stat") is not None  # 120 rows
    assert session.ask(f"SELECT sum(pupils) FROM stat WHERE {commune}") is not None
    assert session.ask(f"SELECT sum(pupils) FROM stat WHERE {commune} AND NOT ({small})") is None


def test_an_answer_that_cannot_be_decided_by_itself_is_refused(open_session, monkeypatch: pytest.MonkeyPatch) -> None:
    session = open_session()
    monkeypatch.setattr("assistant.query.ledger.persons.MOST_ATOMS", 1)
    both = "SELECT sum(pupils), sum(pupils) FILTER (WHERE level = 'TH') FROM stat"
    assert session.ask(both) is None


def test_counts_that_cannot_be_listed_are_told_only_where_nothing_else_is(open_session) -> None:
    session = open_session()
    session.ask("SELECT sum(pupils) FROM stat")
    broken = EngineSettings(timeout_seconds=0.001)
    other = DuckDbEngine(session.path.parent / "none.duckdb", broken)
    lost = Ledger(session.store, other, session.policy.suppression)
    with pytest.raises(Exception, match="query_differencing"):
        lost.admit(guard("SELECT level, sum(pupils) FROM stat GROUP BY 1", session.policy, session.who), session.who)
    other.close()


def listing(*conditions: str) -> Listing:
    return Listing("", "FROM t", "p", "'all'", conditions, "w")


def test_answers_that_share_no_row_are_not_compared() -> None:
    this, last = listing("year = 2025", "level = 'TH'"), listing("year = 2024")
    part, both = listing("year = 2025", "level = 'THCS'"), listing("year = 2025", "level <> 'MN'")
    assert overlapping([last, part, this], [this]) == [this]
    assert overlapping([last, part, both, this], [this]) == [part, both, this]
    assert overlapping([last, listing("a = 'x''y'"), listing("a = 'z'"), this], [this])[:1] == [last]
    assert overlapping([listing("b = c"), listing("b = d")], [listing("b = d")]) == [listing("b = c"), listing("b = d")]
