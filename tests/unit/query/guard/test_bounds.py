"""Where each limit begins: the last that passes and the first that does not."""

import pytest

from assistant.access.policy import Caps, Policy, Suppression
from assistant.access.principal import Principal, Role
from assistant.errors import QueryRefused
from assistant.query.guard import GuardedQuery, guard
from assistant.query.guard.context import Context, folded
from tests.unit.query.guard.test_pairs import POLICY

NATIONAL = Principal(Role.NATIONAL)
FEW = POLICY.model_copy(
    update={"caps": Caps(joins=2, ctes=2, literals=3, columns=3, series=10, rows=5, offset=7, depth=20, nodes=100)}
)


def refusal(sql: str, policy: Policy = FEW) -> QueryRefused | None:
    try:
        guard(sql, policy, NATIONAL)
    except QueryRefused as refused:
        return refused
    return None


RECURSION = "WITH RECURSIVE r(n) AS (SELECT {} UNION ALL SELECT n + {} FROM r WHERE n {}) SELECT n FROM r"
BOUNDS = {
    "joins": (
        "SELECT count(*) AS n FROM schools AS a JOIN schools AS b USING (school_id) JOIN schools c USING (school_id)",
        "SELECT count(*) AS n FROM schools AS a JOIN schools AS b USING (school_id) JOIN schools c USING (school_id) "
        "JOIN schools AS d USING (school_id)",
        "query_too_many",
    ),
    "joins by comma": (
        "SELECT count(*) AS n FROM provinces AS a, provinces AS b, provinces AS c",
        "SELECT count(*) AS n FROM provinces AS a, provinces AS b, provinces AS c, provinces AS d",
        "query_too_many",
    ),
    "ctes": (
        "WITH a AS (SELECT 1 AS n), b AS (SELECT 2 AS n) SELECT n FROM a",
        "WITH a AS (SELECT 1 AS n), b AS (SELECT 2 AS n), c AS (SELECT 3 AS n) SELECT n FROM a",
        "query_too_many",
    ),
    "values": ("SELECT 1 AS a, 2 AS b, 3 AS c", "SELECT 1 + 1 AS a, 2 AS b, 3 AS c", "query_too_many"),
    "columns": (
        "SELECT level, district, commune FROM schools",
        "SELECT level, district, commune, school_type FROM schools",
        "query_too_many",
    ),
    "columns inside": (
        "SELECT a FROM (SELECT level AS a, district, commune FROM schools) AS t",
        "SELECT a FROM (SELECT level AS a, district, commune, school_type FROM schools) AS t",
        "query_too_many",
    ),
    "a series": ("SELECT i FROM range(10) AS t(i)", "SELECT i FROM range(11) AS t(i)", "query_series_unbounded"),
    "a series across nothing": (
        "SELECT i FROM range(-5, 5) AS t(i)",
        "SELECT i FROM range(-5, 6) AS t(i)",
        "query_series_unbounded",
    ),
    "a series downwards": (
        "SELECT i FROM generate_series(10, 0, 1) AS t(i)",
        "SELECT i FROM generate_series(11, 0, 1) AS t(i)",
        "query_series_unbounded",
    ),
    "steps of a recursion": (
        RECURSION.format(1, 1, "< 11"),
        RECURSION.format(1, 1, "< 12"),
        "query_recursion_refused",
    ),
    "steps of a recursion from below": (
        RECURSION.format(-5, 1, "<= 5"),
        RECURSION.format(-5, 1, "<= 6"),
        "query_recursion_refused",
    ),
    "the least a recursion adds": (
        RECURSION.format(1, 1, "< 9"),
        RECURSION.format(1, 0, "< 9"),
        "query_recursion_refused",
    ),
    "the way down": (
        "SELECT level FROM schools LIMIT 1 OFFSET 7",
        "SELECT level FROM schools LIMIT 1 OFFSET 8",
        "query_offset_deep",
    ),
}


@pytest.mark.parametrize(("passes", "fails", "code"), BOUNDS.values(), ids=BOUNDS.keys())
def test_the_last_passes_and_the_next_does_not(passes: str, fails: str, code: str) -> None:
    assert refusal(passes) is None
    refused = refusal(fails)
    assert refused is not None
    assert refused.code == code


@pytest.mark.parametrize("condition", ["> 9", ">= 9", "<> 9", "= 9", "+ 1 < 9", "< n + 1", "IN (1, 9)"])
def test_only_a_column_below_a_number_ends_a_recursion(condition: str) -> None:
    refused = refusal(RECURSION.format(1, 1, condition), POLICY)
    assert refused is not None
    assert refused.code == "query_recursion_refused"


@pytest.mark.parametrize(("threshold", "parts"), [(5, 7), (8, 11), (10, 13), (20, 26)])
def test_who_shares_a_value_is_dealt_into_a_quarter_more_parts_than_are_wanted(threshold: int, parts: int) -> None:
    """Two persons of one part count as one: with just as many parts enough persons would seldom be enough."""
    policy = POLICY.model_copy(update={"suppression": Suppression(persons=threshold, sensitive=threshold)})
    sql = guard("SELECT min(score) AS m FROM exam_scores", policy, NATIONAL).sql
    assert [f"% {parts} = {number})" in sql for number in (0, parts - 1, parts)] == [True, True, False]


@pytest.mark.parametrize(
    ("cap", "least", "code"),
    [("depth", 5, "query_too_deep"), ("nodes", 6, "query_too_many"), ("bytes", 23, "query_too_long")],
)
def test_size_is_measured_as_it_is(cap: str, least: int, code: str) -> None:
    """SELECT, its alias, two brackets, a number and a name of one letter of two bytes."""
    sql = "SELECT (( 1 ) ) AS đ ;"
    for given, wanted in ((least, None), (least - 1, code)):
        refused = refusal(sql, POLICY.model_copy(update={"caps": Caps.model_validate({cap: given})}))
        assert (refused.code if refused else None) == wanted


def told(sql: str) -> GuardedQuery:
    return guard(sql, FEW, NATIONAL)


def test_a_limit_up_to_the_cap_is_the_callers_own() -> None:
    own, cut = told("SELECT level FROM schools LIMIT 5"), told("SELECT level FROM schools LIMIT 6")
    assert (own.limited, own.rewrites, own.sql.endswith("LIMIT 5")) == (False, (), True)
    assert (cut.limited, cut.rewrites, cut.sql.endswith("LIMIT 5")) == (True, ("row_cap",), True)


def test_a_rewrite_is_named_once() -> None:
    two = "SELECT (SELECT count(*) FROM pupils) AS a, (SELECT count(*) FROM teachers) AS b"
    assert told(two).rewrites == ("small_groups", "row_cap")


def test_a_query_about_nobody_has_neither_probe_nor_populations() -> None:
    plain = told("SELECT level FROM schools")
    assert (plain.probe, plain.populations, plain.tables, plain.threshold) == (None, (), ("schools",), 5)


def test_names_the_guard_makes_are_counted() -> None:
    context = Context(FEW, NATIONAL)
    assert [context.fresh("a"), context.fresh("b")] == ["_ta1", "_tb2"]
    assert (context.threshold, context.limited, context.rewrites) == (0, False, [])


def test_a_refusal_repeats_forty_letters_of_a_name_at_most() -> None:
    refused = refusal(f"SELECT {'a' * 41} FROM schools")
    assert refused is not None
    assert refused.values["name"] == "a" * 40


@pytest.mark.parametrize(("name", "folds"), [("ABC_z", "abc_z"), ("ĐỖ Abc", "ĐỖ abc"), ("İK", "İk")])
def test_case_means_nothing_for_ascii_letters_alone(name: str, folds: str) -> None:
    assert folded(name) == folds


HIDDEN = "00 08 0B 0C 0E 1F 7F 85 AD 34F 61C 115F 1160 17B4 17B5 180B 180E 180F 200B 200D 200E 202A 202E 2028 2029"
HIDDEN += " 2060 2066 3164 E000 FE00 FE0F FEFF FFA0 FFF9 FFFF E0000 E0001 E0041 E007F E0100 E01EF E0FFF 10FFFF"
SHOWN = "09 0A 0D 20 7E A0 2013 201C 2026 301 323 1161 3163 3165 FF9F FFA1 1EF9 110 20AB 1F600"


@pytest.mark.parametrize("number", HIDDEN.split())
def test_letters_nobody_sees_are_refused(number: str) -> None:
    refused = refusal(f"SELECT 'a{chr(int(number, 16))}b' AS n")
    assert refused is not None
    assert refused.code == "query_hidden_characters"


@pytest.mark.parametrize("number", SHOWN.split())
def test_letters_that_are_seen_pass(number: str) -> None:
    assert refusal(f"SELECT 'a{chr(int(number, 16))}b' AS n") is None


@pytest.mark.parametrize("pair", ["()", "[]", "{}"])
def test_brackets_of_every_kind_count_as_depth(pair: str) -> None:
    deep = f"SELECT {pair[0] * 201}{pair[1] * 201}"
    refused = refusal(deep)
    assert refused is not None
    assert refused.code == "query_too_deep"
    for number, code in ((200, None), (201, "query_too_deep")):
        inside_a_text = refusal(f"SELECT '{pair[0] * number}' AS n")
        assert (inside_a_text.code if inside_a_text else None) == code


def test_brackets_that_close_are_not_deep() -> None:
    assert refusal("SELECT '" + "()[]{}" * 150 + "' AS n") is None


@pytest.mark.parametrize("comment", ["-- )))", "/* ' */", "/* -- */ "])
def test_a_comment_is_a_space(comment: str) -> None:
    assert told(f"SELECT level {comment}\nFROM schools").sql == told("SELECT level FROM schools").sql


@pytest.mark.parametrize("text", ["'-- no comment'", "'/* none */'", "'it''s -- none'", '"-- a name"'])
def test_what_looks_like_a_comment_inside_a_text_is_text(text: str) -> None:
    assert text in told(f'SELECT level AS a, {text} AS b FROM (SELECT 1 AS level, 2 AS "-- a name") AS t').sql


NAMED = {
    "SELECT getenv('HOME')": "getenv",
    "SELECT version()": "current_version",
    "SELECT nowhere FROM schools": "nowhere",
    "SELECT count(*) FROM pupils WHERE phone = '09'": "phone",
    "SELECT n FROM nowhere": "nowhere",
    "SELECT count(*) FROM pupils WHERE pupil_id = 5": "pupil_id",
    "SELECT count(*) FROM pupils WHERE pupil_id IN (SELECT school_id FROM schools)": "pupil_id",
    "SELECT count(*) FROM pupils JOIN (SELECT 5 AS pupil_id) AS x USING (pupil_id)": "pupil_id",
    "SELECT level FROM schools WHERE coalesce(1, (SELECT pupil_id FROM pupils)) = 1": "pupil_id",
    "SELECT n FROM provinces AS p, (VALUES (p.region)) AS t(n)": "region",
    "SELECT f FROM (SELECT first_value(score) OVER (PARTITION BY subject) AS f FROM exam_scores) AS t": "first_value",
    "SELECT any_value(birth_year) FROM pupils": "any_value",
    "SELECT sum(score * score) FROM exam_scores": "sum",
    "SELECT count(*) FROM schools POSITIONAL JOIN classes": "POSITIONAL",
    "SELECT #1 FROM schools": "POSITIONALCOLUMN",
    "SELECT level FROM schools FOR UPDATE": "SELECT … LOCKS",
    "SELECT CAST(level AS GEOMETRY) FROM schools": "GEOMETRY",
    "SELECT current_date + INTERVAL 3 fortnights": "FORTNIGHTS",
    "SELECT schools FROM schools": "schools",
    "SELECT 1 FROM schools AS s JOIN classes AS S ON TRUE": "S",
    "SELECT gender, count(*) FROM pupils GROUP BY gender ORDER BY status": "status",
    "SELECT gender, count(*) FROM pupils GROUP BY 7": "7",
    "SELECT level AS l FROM schools UNION SELECT district FROM schools ORDER BY district": "district",
    "WITH RECURSIVE schools AS (SELECT 1 AS n) SELECT n FROM schools": "schools",
    "SELECT level FROM lower('x')": "LOWER('x')",
}


@pytest.mark.parametrize(("sql", "name"), NAMED.items())
def test_a_refusal_says_what_it_is_about(sql: str, name: str) -> None:
    refused = refusal(sql, POLICY)
    assert refused is not None
    assert refused.values["name"] == name


@pytest.mark.parametrize(
    ("sql", "what", "limit"),
    [
        (
            "WITH a AS (SELECT 1 AS n), b AS (SELECT 2 AS n), c AS (SELECT 3 AS n) SELECT n FROM a",
            "truy vấn con WITH",
            2,
        ),
        ("SELECT 1 + 1 AS a, 2 AS b, 3 AS c", "giá trị viết sẵn", 3),
        ("SELECT level, district, commune, school_type FROM schools", "cột kết quả", 3),
    ],
)
def test_a_refusal_says_how_much_may_be_asked(sql: str, what: str, limit: int) -> None:
    refused = refusal(sql)
    assert refused is not None
    assert (refused.values["what"], refused.values["limit"]) == (what, limit)
