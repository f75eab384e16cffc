"""One person is planted: questions aimed at that person get the same answer whatever is true of them."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from assistant.access.policy import load_policy
from assistant.access.principal import Principal, Role
from assistant.errors import QueryRefused
from assistant.query.guard import guard

DATASET = Path(__file__).parents[2] / "evals/datasets/guard"
POLICY = load_policy(DATASET / "policy.yml")
NATIONAL = Principal(Role.NATIONAL)
# The pupil 97 of school 98: of a rare group or not, with the best marks or the worst.
TRUTHS = (
    "UPDATE pupils SET ethnicity = 'La Hủ' WHERE pupil_id = 97; UPDATE exam_scores SET score = 10 WHERE pupil_id = 97;"
    "UPDATE teachers SET subject = 'Nhạc' WHERE teacher_id = 97",
    "UPDATE pupils SET ethnicity = 'Kinh' WHERE pupil_id = 97; UPDATE exam_scores SET score = 0 WHERE pupil_id = 97;"
    "UPDATE teachers SET subject = 'Toán' WHERE teacher_id = 97",
)
AIM = "school_id = 98 AND ethnicity = 'La Hủ'"
ATTACKS = {
    "filtered count": f"SELECT count(*) FILTER (WHERE {AIM}) FROM pupils",
    "counted condition": f"SELECT count_if({AIM}) FROM pupils",
    "summed condition": f"SELECT sum(CASE WHEN {AIM} THEN 1 ELSE 0 END) FROM pupils",
    "cast condition": f"SELECT sum(({AIM})::int) FROM pupils",
    "averaged condition": f"SELECT avg(({AIM})::int) FROM pupils",
    "two-sided condition": f"SELECT sum(CASE WHEN {AIM} THEN 2 ELSE 1 END) FROM pupils",
    "truth of any": f"SELECT bool_or({AIM}) FROM pupils",
    "distinct values": f"SELECT count(DISTINCT CASE WHEN {AIM} THEN 'a' ELSE 'b' END) FROM pupils",
    "having": f"SELECT province_code FROM pupils GROUP BY 1 HAVING count(*) FILTER (WHERE {AIM}) > 0",
    "order": f"SELECT school_id FROM pupils GROUP BY 1 ORDER BY count(*) FILTER (WHERE {AIM}) DESC, 1 LIMIT 1",
    "window": f"SELECT province_code, rank() OVER (ORDER BY count(*) FILTER (WHERE {AIM})) FROM pupils GROUP BY 1",
    "scalar in WHERE": f"SELECT count(*) FROM schools WHERE (SELECT count(*) FROM pupils WHERE {AIM}) > 0",
    "exists anywhere": f"SELECT count(*) FROM schools WHERE EXISTS (SELECT 1 FROM pupils WHERE {AIM})",
    "exists at one school": "SELECT count(*) FROM schools AS s WHERE s.school_id = 98 AND EXISTS "
    "(SELECT 1 FROM pupils AS p WHERE p.school_id = s.school_id AND p.ethnicity = 'La Hủ')",
    "exists at ten schools": "SELECT count(*) FROM schools AS s WHERE s.school_id BETWEEN 90 AND 99 AND EXISTS "
    "(SELECT 1 FROM pupils AS p WHERE p.school_id = s.school_id AND p.ethnicity = 'La Hủ')",
    "in schools": f"SELECT count(*) FROM schools WHERE school_id IN (SELECT school_id FROM pupils WHERE {AIM})",
    "listed schools": f"SELECT school_name FROM schools WHERE school_id IN (SELECT school_id FROM pupils WHERE {AIM})",
    "other pupils": "SELECT count(*) FROM pupils WHERE EXISTS (SELECT 1 FROM pupils AS q WHERE q.school_id = 98 "
    "AND q.ethnicity = 'La Hủ')",
    "joined pupils": "SELECT count(*) FROM pupils AS p JOIN pupils AS q ON q.school_id = p.school_id WHERE q.school_id "
    "= 98 AND q.ethnicity = 'La Hủ'",
    "weights in a list": "SELECT sum(w) FROM pupils JOIN (VALUES ('La Hủ', 98, 1), ('Kinh', 98, 0)) AS v(e, s, w) ON "
    "ethnicity = v.e AND school_id = v.s",
    "weights in a subquery": f"SELECT sum(w) FROM (SELECT CASE WHEN {AIM} THEN 2 ELSE 1 END AS w FROM pupils) AS t",
    "weights under two names": f"SELECT sum(y) FROM (SELECT CASE WHEN {AIM} THEN 2 ELSE 1 END AS x, x AS y "
    "FROM pupils) AS t",
    "stacked weights": f"SELECT sum(w) FROM (SELECT 2 AS w FROM pupils WHERE {AIM} UNION ALL SELECT 1 FROM pupils)",
    "sizes of chosen groups": f"SELECT sum(n) FROM (SELECT school_id, count(*) FILTER (WHERE {AIM}) AS n FROM pupils "
    "GROUP BY school_id) AS t",
    "smallest group": "SELECT min(n) FROM (SELECT school_id, ethnicity, count(*) AS n FROM pupils GROUP BY 1, 2) AS t",
    "best mark of a school": "SELECT max(e.score) FROM exam_scores AS e JOIN pupils AS p USING (pupil_id) WHERE "
    "p.school_id = 98 AND p.birth_year = 2017 AND p.gender = 'M'",
    "first value": "SELECT avg(f) FROM (SELECT first_value(score) OVER (PARTITION BY registration_id) AS f "
    "FROM exam_scores) AS t",
    "teacher of a rare subject": "SELECT count(*) FROM schools AS s WHERE EXISTS (SELECT 1 FROM teachers AS t WHERE "
    "t.school_id = s.school_id AND t.subject = 'Nhạc')",
    "head of a class": "SELECT c.class_name, (SELECT max(t.subject) FROM teachers AS t WHERE t.teacher_id = "
    "c.homeroom_teacher_id) AS s FROM classes AS c WHERE c.homeroom_teacher_id IS NOT NULL ORDER BY 1",
}


@pytest.fixture(scope="module")
def worlds() -> Iterator[tuple[duckdb.DuckDBPyConnection, ...]]:
    schema = (DATASET / "schema.sql").read_text(encoding="utf-8")
    made = tuple(duckdb.connect() for _ in TRUTHS)
    for world, truth in zip(made, TRUTHS, strict=True):
        world.execute(schema)
        world.execute(truth)
    yield made
    for world in made:
        world.close()


@pytest.mark.parametrize("sql", ATTACKS.values(), ids=ATTACKS.keys())
def test_an_aimed_question_tells_nothing(worlds: tuple[duckdb.DuckDBPyConnection, ...], sql: str) -> None:
    try:
        guarded = guard(sql, POLICY, NATIONAL)
    except QueryRefused:
        return
    answers = [sorted(map(repr, world.execute(guarded.sql).fetchall())) for world in worlds]
    assert answers[0] == answers[1]


def test_most_of_them_would_tell_without_the_guard(worlds: tuple[duckdb.DuckDBPyConnection, ...]) -> None:
    told = 0
    for sql in ATTACKS.values():
        answers = [sorted(map(repr, world.execute(sql).fetchall())) for world in worlds]
        told += answers[0] != answers[1]
    assert told >= 0.9 * len(ATTACKS)


def exact(world: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return sorted(world.execute(guard(sql, POLICY, NATIONAL).sql).fetchall(), key=repr)


# Of many pupils one alone is the oldest; marks of 10 are many pupils'.
OLDEST = "UPDATE pupils SET birth_year = 1990 WHERE pupil_id = 97"


# One pupil alone of an ethnicity at a school of many: every person must weigh the same.
ALONE = (
    "UPDATE pupils SET ethnicity = 'Kinh' WHERE school_id = 98; "
    "UPDATE pupils SET ethnicity = 'La Hủ', birth_year = {} WHERE pupil_id = 97"
)
INNER = "(SELECT ethnicity, {} AS y FROM pupils WHERE school_id = 98 GROUP BY 1) AS t"


@pytest.fixture(scope="module")
def one_alone() -> Iterator[tuple[duckdb.DuckDBPyConnection, ...]]:
    schema = (DATASET / "schema.sql").read_text(encoding="utf-8")
    made = tuple(duckdb.connect() for _ in range(2))
    for world, year in zip(made, (1990, 1991), strict=True):
        world.execute(schema)
        world.execute(ALONE.format(year))
    yield made
    for world in made:
        world.close()


@pytest.mark.parametrize("outer", ["avg(y)", "sum(y)", "stddev(y)", "count(y)", "var_pop(y)"])
@pytest.mark.parametrize(
    "inner", ["avg(birth_year)", "stddev_pop(birth_year)", "median(birth_year)", "max(birth_year)"]
)
def test_a_mean_of_means_is_of_released_groups(
    one_alone: tuple[duckdb.DuckDBPyConnection, ...], outer: str, inner: str
) -> None:
    sql = guard(f"SELECT {outer} AS v FROM {INNER.format(inner)}", POLICY, NATIONAL).sql
    answers = [world.execute(sql).fetchall() for world in one_alone]
    assert answers[0] == answers[1]


def test_a_deviation_of_sizes_is_of_released_groups() -> None:
    assert "QUALIFY" in guard(f"SELECT stddev(y) AS v FROM {INNER.format('count(*)')}", POLICY, NATIONAL).sql
    assert "QUALIFY" not in guard(f"SELECT avg(y) AS v FROM {INNER.format('count(*)')}", POLICY, NATIONAL).sql


@pytest.fixture(scope="module")
def with_oldest() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as world:
        world.execute((DATASET / "schema.sql").read_text(encoding="utf-8"))
        world.execute(OLDEST)
        yield world


EXTREMES = {
    "SELECT max(score) AS m FROM exam_scores": [(10.0,)],
    "SELECT min(birth_year) AS m FROM pupils": [(None,)],
    "SELECT min(birth_year) FILTER (WHERE pupil_id IS NOT NULL) AS m FROM pupils": [(None,)],
    "SELECT mode(birth_year) AS m FROM pupils WHERE birth_year < 1995": [(None,)],
    "SELECT min(birth_year) AS m, sum(n) AS s FROM (SELECT birth_year, count(*) AS n FROM pupils GROUP BY 1) AS t "
    "WHERE birth_year < 2000": [(None, None)],
    "SELECT sum(m) AS s FROM (SELECT school_id, min(birth_year) AS m, count(*) AS n FROM pupils GROUP BY 1) AS t "
    "WHERE school_id = 98": [(None,)],
    "SELECT province_code, avg(m) AS s FROM (SELECT province_code, min(birth_year) AS m FROM pupils GROUP BY 1) AS t "
    "WHERE province_code = 'DN' GROUP BY 1": [("DN", None)],
    "SELECT count(*) AS n FROM (SELECT school_id FROM pupils GROUP BY 1 HAVING min(birth_year) < 1995) AS t": [(0,)],
    "SELECT count(*) AS n FROM (SELECT school_id FROM pupils GROUP BY 1 HAVING min(birth_year) < 1995 OR count(*) > "
    "100000) AS t": [(0,)],
    "SELECT sum(n) AS s FROM (SELECT school_id, count(*) AS n FROM pupils WHERE school_id IN (97, 98) GROUP BY 1 "
    "QUALIFY row_number() OVER (ORDER BY min(birth_year) NULLS LAST, school_id) = 1) AS t "
    "WHERE school_id = 98": [(None,)],
    "SELECT quantile_cont(score, 1) AS m FROM exam_scores": [(10.0,)],
    "SELECT quantile_cont(birth_year, 0) AS m FROM pupils": [(None,)],
    "SELECT quantile_disc(score, 0.0001) AS m FROM exam_scores": [(None,)],
    "SELECT percentile_cont(0.00001) WITHIN GROUP (ORDER BY score) AS m FROM exam_scores": [(None,)],
    "SELECT median(birth_year) AS m FROM pupils WHERE birth_year < 1995": [(None,)],
}


@pytest.mark.parametrize(("sql", "wanted"), EXTREMES.items())
def test_one_s_own_value_is_told_where_enough_share_it(
    with_oldest: duckdb.DuckDBPyConnection, sql: str, wanted: list[tuple[object, ...]]
) -> None:
    assert exact(with_oldest, sql) == wanted


@pytest.mark.parametrize("aggregate", ["median(score)", "quantile_cont(score, 0.25)", "quantile_disc(score, 0.9)"])
def test_a_quantile_with_enough_persons_beyond_it_is_exact(
    with_oldest: duckdb.DuckDBPyConnection, aggregate: str
) -> None:
    sql = f"SELECT subject, {aggregate} AS q FROM exam_scores GROUP BY subject"
    assert exact(with_oldest, sql) == sorted(with_oldest.execute(sql).fetchall(), key=repr)


def test_a_quantile_needs_the_threshold_on_either_side(with_oldest: duckdb.DuckDBPyConnection) -> None:
    """Of n persons 0.1 · n must reach 5: so 50 are enough and 49 are not."""
    for persons, told in ((50, True), (49, False)):
        world = with_oldest.cursor()
        world.execute(f"CREATE OR REPLACE TEMP TABLE few AS SELECT * FROM pupils ORDER BY pupil_id LIMIT {persons}")
        for share in ("0.1", "0.9"):
            guarded = guard(f"SELECT quantile_disc(birth_year, {share}) AS q FROM pupils", POLICY, NATIONAL).sql
            ((value,),) = world.execute(guarded.replace("main.pupils", "few")).fetchall()
            assert (value is not None) is told, (persons, share)


def test_an_extreme_is_told_from_the_threshold_on_and_never_below(with_oldest: duckdb.DuckDBPyConnection) -> None:
    """Parts of the persons that agree are counted: never more than there are persons."""
    world = with_oldest.cursor()
    sql = guard("SELECT max(birth_year) AS m FROM pupils", POLICY, NATIONAL).sql.replace("main.pupils", "few")
    told = []
    for sharing in (1, 2, 3, 4, 60):
        world.execute(
            f"CREATE OR REPLACE TEMP TABLE few AS SELECT * REPLACE (CASE WHEN number <= {sharing} THEN 2050 ELSE 2000 "
            "END AS birth_year) FROM (SELECT *, row_number() OVER (ORDER BY pupil_id) AS number FROM pupils LIMIT 500)"
        )
        ((value,),) = world.execute(sql).fetchall()
        told.append(value)
    assert told == [None, None, None, None, 2050]


def test_a_part_without_persons_withholds_no_extreme(with_oldest: duckdb.DuckDBPyConnection) -> None:
    """Seven parts, one of them empty: the six that agree are enough for a threshold of five."""
    world = with_oldest.cursor()
    world.execute(
        "CREATE OR REPLACE TEMP TABLE few AS SELECT * REPLACE (2000 AS birth_year) FROM pupils "
        "WHERE hash(pupil_id) % 7 <> 0"
    )
    sql = guard("SELECT max(birth_year) AS m FROM pupils", POLICY, NATIONAL).sql.replace("main.pupils", "few")
    assert world.execute(sql).fetchall() == [(2000,)]


def test_the_largest_of_each_person_is_a_value_of_its_own(with_oldest: duckdb.DuckDBPyConnection) -> None:
    sql = (
        "SELECT avg(b) AS mean FROM (SELECT pupil_id, max(score) AS b FROM exam_scores WHERE exam_year = 2025 "
        "GROUP BY pupil_id) AS t"
    )
    ((mean,),) = exact(with_oldest, sql)
    assert mean == pytest.approx(with_oldest.execute(sql).fetchall()[0][0])


@pytest.mark.parametrize("share", ["'0.5'", "score", "0.5 + 0.1", "[0.1, 0.9]", "-0.1"])
def test_the_share_of_a_quantile_is_a_number(share: str) -> None:
    with pytest.raises(QueryRefused):
        guard(f"SELECT quantile_cont(score, {share}) FROM exam_scores", POLICY, NATIONAL)
