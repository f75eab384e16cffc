"""Which groups of persons an answer is noted to tell of, for the ledger to compare."""

import pytest

from assistant.access.principal import Principal, Role
from assistant.query.guard import explain, guard
from assistant.query.guard.disclosure.populations import Population
from tests.unit.query.guard.test_pairs import COUNTS, POLICY

NATIONAL = Principal(Role.NATIONAL)
BY_GENDER, ALL = "CONCAT_WS('.', HASH(gender))", "'all'"


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
        ("", "CONCAT_WS('.', HASH(gender), HASH(status))", ()),
        ("gender", "CONCAT_WS('.', HASH(status))", ()),
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
        ("", "CONCAT_WS('.', HASH(school_id))", ()),
        ("school_id", ALL, ()),
    },
}


@pytest.mark.parametrize(("sql", "wanted"), NOTED.items())
def test_the_groups_an_answer_tells_of(sql: str, wanted: set[tuple[str, str, tuple[str, ...]]]) -> None:
    assert noted(sql) == wanted


def test_each_is_noted_once() -> None:
    twice = populations("SELECT count(*), avg(birth_year), max(birth_year) FROM pupils")
    assert len(set(twice)) == len(twice)
    counts = guard("SELECT sum(pupils) AS a, sum(pupils) + 1 AS b FROM stat", COUNTS, NATIONAL).populations
    assert len(counts) == 1


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


@pytest.mark.parametrize(
    ("sql", "begins"),
    [
        ("WITH s AS (SELECT 1 AS n) SELECT count(*) FROM pupils", ""),
        (
            "WITH s AS (SELECT school_id FROM schools) SELECT count(*) FROM pupils WHERE school_id IN "
            "(SELECT school_id FROM s)",
            "WITH s AS (",
        ),
        ("SELECT count(*) FROM pupils CROSS JOIN range(3) AS r(i)", ""),
    ],
)
def test_a_with_belongs_to_the_source_where_it_is_read(sql: str, begins: str) -> None:
    ctes = populations(sql)[0].listing.ctes
    assert ctes.startswith(begins)
    assert bool(ctes) is bool(begins)


def test_persons_of_another_table_are_another_domain() -> None:
    assert {one.domain for one in populations("SELECT count(*) FROM teachers")} == {"teacher_id"}
    assert {one.domain for one in populations("SELECT count(*) FROM exam_scores")} == {"pupil_id"}


@pytest.mark.parametrize(
    "inner",
    [
        "SELECT pupil_id FROM pupils",
        "SELECT gender FROM pupils",
        "SELECT pupil_id, max(score) AS m FROM exam_scores GROUP BY pupil_id",
        "SELECT * FROM exam_scores",
    ],
)
def test_persons_keep_their_domain_through_a_query_below(inner: str) -> None:
    assert {one.domain for one in populations(f"SELECT count(*) FROM ({inner}) AS t")} == {"pupil_id"}


def counted(sql: str) -> set[tuple[str, str, tuple[str, ...], str]]:
    """Domain, cell, conditions and weight of each."""
    found = guard(sql, COUNTS, NATIONAL).populations
    return {(one.domain, one.listing.cell, one.listing.conditions, one.listing.weight) for one in found}


BY_LEVEL, PUPILS, GIRLS = "CONCAT_WS('.', HASH(level))", '"stat"."pupils"', '"stat"."girls"'
THERE = "NOT pupils IS NULL"
COUNTED = {
    "SELECT sum(pupils) FROM stat": {("stat.pupils", ALL, (THERE,), PUPILS)},
    "SELECT level, sum(pupils) FROM stat GROUP BY 1": {("stat.pupils", BY_LEVEL, (THERE,), PUPILS)},
    "SELECT level, sum(pupils) FROM stat GROUP BY level, 'x'": {("stat.pupils", BY_LEVEL, (THERE,), PUPILS)},
    "SELECT sum(Pupils), avg(girls) FROM stat WHERE level = 'TH'": {
        ("stat.pupils", ALL, ("level = 'TH'", THERE), PUPILS),
        ("stat.girls", ALL, ("level = 'TH'", "NOT girls IS NULL"), GIRLS),
    },
    "SELECT sum(s.pupils) FILTER (WHERE s.level = 'TH' AND s.commune = 'X') FROM stat AS s": {
        ("stat.pupils", ALL, ("s.level = 'TH'", "s.commune = 'X'", "NOT s.pupils IS NULL"), '"s"."pupils"')
    },
    "SELECT sum(pupils) FROM stat WHERE girls < 5": {
        ("stat.pupils", ALL, ("(CASE WHEN girls BETWEEN 1 AND 9 THEN 9 ELSE girls END) < 5", THERE), PUPILS)
    },
    "SELECT level, pupils FROM stat WHERE level = 'TH'": {
        ("stat.pupils", 'CONCAT(\'row\', "stat"."_trow")', ("level = 'TH'",), PUPILS)
    },
    "SELECT commune FROM stat ORDER BY girls": {("stat.girls", 'CONCAT(\'row\', "stat"."_trow")', (), GIRLS)},
    "SELECT commune, classes FROM stat": set(),
    "SELECT level, count(*), max(classes) FROM stat GROUP BY 1": set(),
    "SELECT sum(marks) FROM exam": {("exam.papers", ALL, ("NOT marks IS NULL",), '"exam"."papers"')},
    "SELECT sum(n) FROM (SELECT level, sum(pupils) AS n FROM stat GROUP BY level) AS t": {
        ("stat.pupils", BY_LEVEL, (THERE,), PUPILS)
    },
    "SELECT s.level, sum(s.girls) FROM pupils AS p JOIN stat AS s ON s.level = p.level GROUP BY 1": {
        ("stat.girls", "CONCAT_WS('.', HASH(s.level))", ("NOT s.girls IS NULL",), '"s"."girls"')
    },
}


@pytest.mark.parametrize(("sql", "wanted"), COUNTED.items())
def test_the_counts_an_answer_adds_up_or_shows(sql: str, wanted: set[tuple[str, str, tuple[str, ...], str]]) -> None:
    assert {one for one in counted(sql) if "." in one[0]} == wanted


def test_a_row_of_counts_is_told_apart_by_its_number() -> None:
    (one,) = guard("SELECT sum(pupils) FROM stat", COUNTS, NATIONAL).populations
    assert one.listing.person == 'CAST("stat"."_trow" AS TEXT)'
    assert one.listing.source.startswith("FROM (SELECT province_code, commune, level, pupils, girls, classes, rowid AS")


def test_each_rule_shows_what_it_made() -> None:
    stages = list(explain("SELECT gender, count(*) FROM pupils GROUP BY 1", POLICY, NATIONAL))
    assert [one.rule for one in stages][:2] == ["allow_statement", "allow_functions"]
    assert stages[0].sql == "SELECT gender, COUNT(*) FROM pupils GROUP BY 1"
    assert stages[-1].sql == guard("SELECT gender, count(*) FROM pupils GROUP BY 1", POLICY, NATIONAL).sql
