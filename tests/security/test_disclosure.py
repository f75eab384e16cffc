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
