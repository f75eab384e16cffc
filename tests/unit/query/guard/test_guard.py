"""What holds for the gate as a whole: the notes it makes, its lists, and the second opinion."""

from pathlib import Path

import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp
from structlog.testing import capture_logs

from assistant.access.policy import Policy, load_policy
from assistant.access.principal import Principal, Role, parse_principal
from assistant.errors import QueryRefused, StatementRefused
from assistant.query.engines.duckdb_parser import read_by_engine
from assistant.query.guard import guard, proof
from assistant.query.guard.context import Context
from assistant.query.guard.functions import REVIEWED
from assistant.settings import PACKAGE_DIR

ROOT = Path(__file__).parents[4]
POLICY = load_policy(ROOT / "evals/datasets/guard/policy.yml")
NATIONAL = Principal(Role.NATIONAL)
HANOI = parse_principal("province:HN", POLICY)


def test_the_rewrites_are_named() -> None:
    guarded = guard("SELECT gender, count(*) FROM pupils GROUP BY gender", POLICY, HANOI)
    assert guarded.rewrites == ("scope", "small_groups", "row_cap")
    assert guarded.tables == ("pupils",)
    assert guarded.limited
    assert guarded.probe is not None


def test_an_expression_is_guarded_like_its_text() -> None:
    sql = "SELECT level, count(*) AS n FROM schools GROUP BY level"
    assert guard(sqlglot.parse_one(sql, dialect="duckdb"), POLICY, HANOI) == guard(sql, POLICY, HANOI)


def test_the_callers_expression_is_left_as_it_was() -> None:
    expression = sqlglot.parse_one("SELECT count(*) FROM schools", dialect="duckdb")
    before = expression.sql()
    guard(expression, POLICY, HANOI)
    assert expression.sql() == before


def test_names_of_the_guard_never_meet_names_of_the_asker() -> None:
    guarded = guard("SELECT gender AS _tg2, count(*) AS _ta3 FROM pupils AS _tk1 GROUP BY gender", POLICY, NATIONAL)
    assert "_ttk" in guarded.sql


@pytest.mark.parametrize("path", [PACKAGE_DIR / "config/policy.yml", ROOT / "evals/datasets/guard/policy.yml"])
def test_a_shipped_policy_names_reviewed_functions_only(path: Path) -> None:
    assert load_policy(path).functions <= REVIEWED


def test_a_policy_cannot_allow_what_nobody_reviewed() -> None:
    loose = POLICY.model_copy(update={"functions": POLICY.functions | {"getenv", "list"}})
    for sql in ("SELECT getenv('HOME')", "SELECT list(level) FROM schools"):
        with pytest.raises(QueryRefused):
            guard(sql, loose, NATIONAL)


def test_a_function_the_policy_does_not_name_is_refused() -> None:
    narrow = POLICY.model_copy(update={"functions": frozenset({"count"})})
    assert guard("SELECT count(*) FROM schools", narrow, NATIONAL)
    with pytest.raises(QueryRefused):
        guard("SELECT max(opened_year) FROM schools", narrow, NATIONAL)


def test_the_releases_own_functions_need_no_leave_of_the_policy() -> None:
    narrow = POLICY.model_copy(update={"functions": frozenset({"avg"})})
    assert guard("SELECT gender, avg(birth_year) FROM pupils GROUP BY gender", narrow, NATIONAL)


EMPTY = Policy.model_validate(
    {
        "version": "1",
        "territory_version": "test",
        "territories": {"HN": "Hà Nội"},
        "roles": {"national": {}},
        "tables": {},
        "functions": ["count"],
    }
)


def test_a_policy_without_tables_lets_nothing_be_read() -> None:
    with pytest.raises(QueryRefused):
        guard("SELECT count(*) FROM schools", EMPTY, NATIONAL)


UNPROVEN = [
    "SELECT level FROM main.schools",
    "SELECT level FROM (SELECT level FROM main.schools) AS s",
    "SELECT level FROM (SELECT level FROM main.schools WHERE province_code IN ('SG')) AS s",
    "SELECT level FROM (SELECT level FROM main.schools WHERE province_code IN ('HN') OR TRUE) AS s",
    "SELECT full_name FROM (SELECT full_name FROM main.pupils WHERE province_code IN ('HN')) AS p",
    "SELECT * FROM (SELECT * FROM main.schools WHERE province_code IN ('HN')) AS s",
    "SELECT n FROM nowhere",
    "SELECT level FROM other.schools",
    "WITH schools AS (SELECT 1 AS n) SELECT n FROM schools",
    "SELECT getenv('HOME')",
    "SELECT 1; SELECT 2",
    "SELECT level FROM (SELECT level FROM main.schools WHERE province_code IN ('HN', '')) AS s",
    "SELECT level FROM (SELECT level FROM main.schools WHERE province_code NOT IN ('HN')) AS s",
    "SELECT level FROM (SELECT DISTINCT level FROM main.schools WHERE province_code IN ('HN')) AS s",
    "SELECT level FROM (SELECT level FROM main.schools WHERE province_code IN ('HN') AND level IN (2)) AS s",
    "SELECT level FROM (SELECT level FROM main.schools WHERE upper(province_code) IN ('HN')) AS s",
    "SELECT level FROM (SELECT (SELECT 1) AS level FROM main.schools WHERE province_code IN ('HN')) AS s",
    "SELECT level FROM (SELECT x AS level FROM main.schools AS t(x) WHERE province_code IN ('HN')) AS s",
    "SELECT level FROM (WITH a AS (SELECT 1) SELECT level FROM main.schools WHERE province_code IN ('HN')) AS s",
    "SELECT level FROM (SELECT level FROM main.classes WHERE province_code IN ('HN')) AS s",
    "SELECT level[1] FROM (SELECT level FROM main.schools WHERE province_code IN ('HN')) AS s",
    "SELECT level FROM (SELECT level FROM main.schools WHERE province_code IN ('HN')) AS s LIMIT 10%",
    "SELECT level FROM (SELECT level FROM main.nowhere) AS s",
    "SELECT s.level FROM (SELECT x.level FROM main.schools AS x WHERE province_code IN ('HN')) AS s",
    "SELECT n FROM (SELECT 1 AS n FROM main.schools JOIN main.classes ON TRUE WHERE province_code IN ('HN')) AS s",
    "SELECT (SELECT level FROM main.schools WHERE province_code IN ('HN') LIMIT 1) AS x FROM main.provinces",
    "SELECT n FROM (SELECT EXISTS(SELECT 1 FROM main.schools) AS n FROM main.provinces) AS s",
]


@pytest.mark.parametrize("sql", UNPROVEN)
def test_emitted_text_that_lost_its_scope_does_not_run(sql: str) -> None:
    with pytest.raises(QueryRefused):
        proof.prove(*read_by_engine(sql), Context(POLICY, HANOI, tables={"schools"}))


def test_emitted_text_with_its_scope_runs() -> None:
    sql = "SELECT COUNT(*) FROM (SELECT level FROM main.schools WHERE province_code IN ('HN')) AS s"
    proof.prove(*read_by_engine(sql), Context(POLICY, HANOI, tables={"schools"}))


def test_parsers_that_disagree_stop_the_query() -> None:
    sql = guard("SELECT count(*) FROM schools", POLICY, HANOI).sql
    (other,) = read_by_engine(sql.replace("main.schools", "main.classes"))
    with capture_logs() as logged, pytest.raises(StatementRefused) as caught:
        proof.prove(other, Context(POLICY, HANOI, tables={"schools"}))
    assert caught.value.code == "query_not_proven"
    assert logged == [{"event": "guard_not_proven", "log_level": "error"}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM schools USING SAMPLE 5",
        "SELECT * FROM schools AT (VERSION => 1)",
        "SELECT * FROM (SHOW TABLES)",
        "SELECT * FROM (SUMMARIZE schools)",
        "SELECT #1 FROM schools",
        "SELECT system.main.abs(1)",
        "SELECT * FROM edu.main.schools",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * EXCLUDE (level) FROM schools",
        "SELECT * REPLACE (1 AS level) FROM schools",
        "SELECT * RENAME (level AS a) FROM schools",
        "SELECT level FROM schools LIMIT 10%",
        "SELECT level[1] FROM schools",
        "SELECT level COLLATE nocase FROM schools",
        "SELECT list_transform([1], x -> x + 1)",
        "SELECT try(1 / 0)",
        "SELECT $1",
        "SELECT 1; SELECT 2",
        "DELETE FROM schools",
        "",
    ],
)
def test_the_engines_reading_is_refused_by_itself(sql: str) -> None:
    assert read_by_engine(sql) == [None]


def test_the_engine_sees_tables_ctes_and_functions() -> None:
    (reading,) = read_by_engine("WITH a AS (SELECT 1 AS n) SELECT lower(x) FROM a, main.t, range(3) AS r(i)")
    assert reading is not None
    assert set(reading.tables) == {("", "a"), ("main", "t")}
    assert reading.ctes == {"a"}
    assert reading.functions == {"lower", "range"}


def test_text_the_engine_cannot_read_does_not_run() -> None:
    for check in (
        lambda: proof.prove(None, Context(POLICY, HANOI)),
        lambda: proof.check_original(None, Context(POLICY, HANOI)),
    ):
        with pytest.raises(StatementRefused):
            check()


@pytest.mark.parametrize("sql", ["SELECT 1 FROM nowhere", "SELECT 1 FROM other.schools", "SELECT 1 FROM main.nowhere"])
def test_the_original_reads_tables_of_the_policy_only(sql: str) -> None:
    with pytest.raises(StatementRefused) as caught:
        proof.check_original(*read_by_engine(sql), Context(POLICY, HANOI))
    assert caught.value.code == "query_not_proven"


TOO_MUCH = {
    "a row of NOT": ("SELECT " + "NOT " * 4000 + "TRUE", "query_too_deep"),
    "a long sum": ("SELECT " + "+".join("1" * 1000), "query_too_deep"),
    "brackets": ("SELECT " + "(" * 201 + "1" + ")" * 201, "query_too_deep"),
    "as deep as brackets may be read": ("SELECT " + "(" * 90 + "1" + ")" * 90, "query_too_deep"),
    "wide": ("SELECT " + ", ".join(["1 + 1"] * 1100), "query_too_many"),
    "long": ("SELECT '" + "x" * 20_000 + "'", "query_too_long"),
    "half a character": ("SELECT '\ud800'", "query_hidden_characters"),
    "many brackets that are not deep": ("SELECT " + ", ".join(["(1)"] * 201), "query_too_many"),
}


@pytest.mark.parametrize(("sql", "code"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_what_is_too_much_is_refused_before_it_costs(sql: str, code: str) -> None:
    assert decision(sql) == code


def test_an_expression_no_rule_foresaw_is_refused() -> None:
    unfinished = exp.Select(expressions=[exp.Expression()])
    deep: exp.Expr = exp.Literal.number(1)
    for _ in range(2000):
        deep = exp.Paren(this=deep)
    for expression, code in ((unfinished, "query_unreadable"), (exp.Select(expressions=[deep]), "query_too_deep")):
        with pytest.raises(QueryRefused) as caught:
            guard(expression, POLICY, NATIONAL)
        assert caught.value.code == code


CALLS = {
    "corr": "corr(opened_year, school_id)",
    "covar_pop": "covar_pop(opened_year, school_id)",
    "covar_samp": "covar_samp(opened_year, school_id)",
    "regr_slope": "regr_slope(opened_year, school_id)",
    "regr_intercept": "regr_intercept(opened_year, school_id)",
    "regr_r2": "regr_r2(opened_year, school_id)",
    "quantile": "quantile(opened_year, 0.5)",
    "quantile_cont": "quantile_cont(opened_year, 0.5)",
    "quantile_disc": "quantile_disc(opened_year, 0.5)",
    "string_agg": "string_agg(level, ', ')",
    "arg_min": "arg_min(level, opened_year)",
    "arg_max": "arg_max(level, opened_year)",
    "bool_and": "bool_and(is_ethnic_boarding)",
    "bool_or": "bool_or(is_ethnic_boarding)",
    "count_if": "count_if(is_ethnic_boarding)",
    "ntile": "ntile(4) OVER (ORDER BY school_id)",
    "nth_value": "nth_value(level, 2) OVER (ORDER BY school_id)",
    "round": "round(1.25, 1)",
    "power": "power(2, 3)",
    "log": "log(10)",
    "greatest": "greatest(1, 2)",
    "least": "least(1, 2)",
    "coalesce": "coalesce(level, 'x')",
    "nullif": "nullif(level, 'x')",
    "isnan": "isnan(1.0::DOUBLE)",
    "substring": "substring(level, 1, 2)",
    "left": "left(level, 1)",
    "right": "right(level, 1)",
    "replace": "replace(level, 'a', 'b')",
    "concat": "concat(level, 'x')",
    "concat_ws": "concat_ws('-', level, district)",
    "contains": "contains(level, 'T')",
    "starts_with": "starts_with(level, 'T')",
    "ends_with": "ends_with(level, 'T')",
    "prefix": "prefix(level, 'T')",
    "suffix": "suffix(level, 'T')",
    "split_part": "split_part(level, 'H', 1)",
    "strpos": "strpos(level, 'H')",
    "date_trunc": "date_trunc('month', DATE '2025-07-15')",
    "date_part": "date_part('year', DATE '2025-07-15')",
    "datepart": "datepart('year', DATE '2025-07-15')",
    "date_diff": "date_diff('day', DATE '2025-07-01', DATE '2025-07-15')",
    "date_add": "date_add(DATE '2025-07-01', INTERVAL 3 MONTH)",
    "age": "age(DATE '2025-07-15', DATE '2025-07-01')",
    "make_date": "make_date(2025, 7, 1)",
    "strftime": "strftime(DATE '2025-07-15', '%m/%Y')",
    "current_date": "current_date",
    "range": "(SELECT count(*) FROM generate_series(1, 3) AS r(i))",
    "grouping": "grouping(level)",
}
DATES = {"year", "month", "day", "quarter", "week", "dayofweek", "isodow", "dayofyear", "last_day"}
WINDOWS = {"row_number", "rank", "dense_rank", "percent_rank", "cume_dist"}
VALUE_WINDOWS = {"lag", "lead", "first_value", "last_value"}
TEXTS = {"lower", "upper", "trim", "length", "strip_accents", "nfc_normalize", "any_value", "first", "last", "mode"}


def sample_call(name: str) -> str:
    if name in CALLS:
        return CALLS[name]
    if name in DATES:
        return f"{name}(DATE '2025-07-15')"
    if name in WINDOWS:
        return f"{name}() OVER (ORDER BY school_id)"
    if name in VALUE_WINDOWS:
        return f"{name}(level) OVER (ORDER BY school_id)"
    return f"{name}(level)" if name in TEXTS else f"{name}(opened_year)"


@pytest.mark.parametrize("name", sorted(REVIEWED))
def test_every_reviewed_function_passes_both_parsers(name: str) -> None:
    group = " GROUP BY level" if name == "grouping" else ""
    sql = guard(f"SELECT {sample_call(name)} AS x FROM schools{group}", POLICY, NATIONAL).sql
    assert read_by_engine(sql) != [None]


@pytest.mark.parametrize("error", [NameError, KeyError, NotImplementedError, SystemError, MemoryError])
def test_whatever_trips_on_the_way_is_a_refusal(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def trip(*_: object) -> None:
        raise error

    monkeypatch.setattr("assistant.query.guard.fresh_prefix", trip)
    with pytest.raises(StatementRefused) as caught:
        guard("SELECT count(*) FROM schools", POLICY, HANOI)
    assert caught.value.code == "query_unreadable"


VOCABULARY = (
    "SELECT FROM WHERE pupils schools full_name level count(*) ( ) , ; * = 'x' 1 GROUP BY JOIN USING WITH AS UNION ALL "
    "EXISTS IN LIMIT -- /* */ . :: [ ] { } # $1 OVER province_code national_id PIVOT DELETE read_csv"
)
WORDS = st.sampled_from(VOCABULARY.split())


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join)))
def test_whatever_is_typed_is_run_narrowed_or_refused(text: str) -> None:
    try:
        guarded = guard(text, POLICY, HANOI)
    except QueryRefused:
        return
    scans = [table for table in sqlglot.parse_one(guarded.sql, dialect="duckdb").find_all(exp.Table) if table.db]
    assert guarded.sql.count("province_code IN ('HN')") >= len([one for one in scans if one.name != "provinces"])


STATEMENTS = [
    "SELECT level, count(*) AS n FROM schools GROUP BY level",
    "SELECT full_name FROM pupils",
    "SELECT gender, count(*) AS n FROM pupils GROUP BY gender",
    "SELECT avg(score) FROM exam_scores WHERE pupil_id = 5",
    "SELECT gender FROM pupils",
    "SELECT s.level, avg(t.birth_year) FROM teachers AS t JOIN schools AS s USING (school_id) GROUP BY s.level",
    "SELECT getenv('HOME')",
    "WITH a AS (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) SELECT avg(n) FROM a",
]
CHANGES = {
    "a leading comment": lambda sql: f"/* báo cáo */ {sql}",
    "a trailing comment": lambda sql: f"{sql} -- hết",
    "capitals": lambda sql: sql.replace("pupils", "PUPILS").replace("schools", "Schools").replace("select", "SELECT"),
    "lower case": lambda sql: sql.replace("SELECT", "select").replace("FROM", "from").replace("COUNT", "count"),
    "line breaks": lambda sql: sql.replace(" FROM ", "\n\tFROM\r\n"),
    "brackets": lambda sql: f"({sql})",
    "quotes": lambda sql: sql.replace("FROM pupils", 'FROM "pupils"').replace("FROM schools", 'FROM "schools"'),
}


def decision(sql: str) -> str:
    try:
        guard(sql, POLICY, HANOI)
    except QueryRefused as refused:
        return refused.code
    return "run"


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("sql", STATEMENTS)
def test_how_it_is_written_does_not_change_the_decision(sql: str, change: object) -> None:
    assert callable(change)
    assert decision(change(sql)) == decision(sql)
