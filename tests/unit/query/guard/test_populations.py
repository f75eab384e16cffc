"""Which groups of persons an answer is noted to tell of, for the ledger to compare."""

import pytest

from assistant.access.principal import Principal, Role
from assistant.query.guard import explain, guard
from assistant.query.guard.disclosure.populations import Population
from tests.unit.query.guard.test_pairs import POLICY

NATIONAL = Principal(Role.NATIONAL)
BY_GENDER, ALL = "'s' || CAST(HASH(gender) AS TEXT)", "'0'"


def noted(sql: str) -> set[tuple[str, str, tuple[str, ...]]]:
    """Trait left out, cell and conditions of each."""
    return {(one.trait, one.listing.cell, one.listing.conditions) for one in populations(sql)}


def populations(sql: str) -> tuple[Population, ...]:
    return guard(sql, POLICY, NATIONAL).populations


NOTED = {
    "SELECT count(*) FROM pupils": {("", ALL, ())},
    "SELECT gender, count(*) FROM pupils GROUP BY gender": {("", BY_GENDER, ()), ("gender", ALL, ())},
    "SELECT gender AS g, count(*) FROM pupils GROUP BY 'x', g": {("", BY_GENDER, ()), ("gender", ALL, ())},
    "SELECT gender, status, count(*) FROM pupils GROUP BY 1, 2": {
        ("", "'m' || CAST(HASH(gender, status) AS TEXT)", ()),
        ("gender", "'s' || CAST(HASH(status) AS TEXT)", ()),
        ("status", BY_GENDER, ()),
    },
    "SELECT count(*) FROM pupils WHERE gender = 'F' AND status = 'x'": {
        ("", ALL, ("gender = 'F'", "status = 'x'")),
        ("gender", ALL, ("status = 'x'",)),
        ("status", ALL, ("gender = 'F'",)),
    },
    "SELECT avg(birth_year) FROM pupils": {
        ("", ALL, ()),
        ("", ALL, ("NOT birth_year IS NULL",)),
        ("birth_year", ALL, ()),
    },
    "SELECT gender, count(*) FILTER (WHERE status = 'x') FROM pupils GROUP BY gender": {
        ("", BY_GENDER, ()),
        ("", BY_GENDER, ("status = 'x'",)),
        ("status", BY_GENDER, ()),
        ("gender", ALL, ()),
    },
    "SELECT count(*) FROM pupils WHERE gender = status": {
        ("", ALL, ("gender = status",)),
        ("gender", ALL, ()),
        ("status", ALL, ()),
    },
    "SELECT count(*) FROM schools": set(),
    "SELECT avg(n) FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t": {
        ("", "'s' || CAST(HASH(school_id) AS TEXT)", ()),
        ("school_id", ALL, ()),
    },
}


@pytest.mark.parametrize(("sql", "wanted"), NOTED.items())
def test_the_groups_an_answer_tells_of(sql: str, wanted: set[tuple[str, str, tuple[str, ...]]]) -> None:
    assert noted(sql) == wanted


def test_each_is_noted_once() -> None:
    twice = populations("SELECT count(*), avg(birth_year), max(birth_year) FROM pupils")
    assert len(set(twice)) == len(twice)


def test_persons_are_told_apart_by_their_key_under_the_callers_names() -> None:
    (one,) = populations("SELECT count(*) FROM pupils AS p")
    assert one.domain == "pupil_id"
    assert one.listing.person == 'CAST("p"."_tk1" AS TEXT)'
    assert one.listing.ctes == ""


def test_a_source_reads_the_same_whatever_columns_are_named() -> None:
    """So that the ledger reads each source once; the guard's own key stays."""
    first = populations("SELECT count(*) FROM pupils WHERE gender = 'F'")[0].listing.source
    assert first == populations("SELECT status, count(*) FROM pupils GROUP BY 1")[0].listing.source
    assert "ethnicity" in first
    assert "full_name" not in first
    assert "pupil_id AS _tk1" in first


def test_a_with_and_a_join_belong_to_the_source() -> None:
    sql = (
        "WITH s AS (SELECT * FROM schools WHERE level = 'TH') "
        "SELECT count(*) FROM pupils AS p JOIN s ON s.school_id = p.school_id"
    )
    listing = populations(sql)[0].listing
    assert listing.ctes.startswith("WITH s AS (")
    assert listing.source.endswith("JOIN s ON s.school_id = p.school_id")


def test_persons_of_another_table_are_another_domain() -> None:
    assert {one.domain for one in populations("SELECT count(*) FROM teachers")} == {"teacher_id"}
    assert {one.domain for one in populations("SELECT count(*) FROM exam_scores")} == {"pupil_id"}


def test_each_rule_shows_what_it_made() -> None:
    stages = list(explain("SELECT gender, count(*) FROM pupils GROUP BY 1", POLICY, NATIONAL))
    assert [one.rule for one in stages][:2] == ["allow_statement", "allow_functions"]
    assert stages[0].sql == "SELECT gender, COUNT(*) FROM pupils GROUP BY 1"
    assert stages[-1].sql == guard("SELECT gender, count(*) FROM pupils GROUP BY 1", POLICY, NATIONAL).sql
