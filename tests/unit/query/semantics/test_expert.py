"""Names of the semantic model in typed SQL: what they become, who may use them, and that the gate stays shut."""

from functools import cache

import duckdb
import pytest
from sqlglot import exp

from assistant.access.policy import Policy, load_policy
from assistant.access.principal import Principal, parse_principal
from assistant.errors import ConfigurationError, NotPermitted, QueryRefused
from assistant.query.guard import guard
from assistant.query.semantic_model import load_semantic_model
from assistant.query.semantics.expert import ExpertSql
from assistant.settings import PACKAGE_DIR

POLICY_FILE = PACKAGE_DIR / "config" / "policy.yml"


@cache
def plain_policy() -> Policy:
    return load_policy(POLICY_FILE)


@cache
def expert(*who: str) -> ExpertSql:
    model = load_semantic_model(PACKAGE_DIR / "config" / "semantic_model")
    return ExpertSql(model, plain_policy().model_copy(update={"expert_sql": who}))


def caller(text: str) -> Principal:
    return parse_principal(text, plain_policy())


def written(sql: str) -> str:
    translated = expert("national").translated(sql, caller("national"))
    assert isinstance(translated, exp.Expr), "left as it was"
    return translated.sql(dialect="duckdb")


EXAM = '"exam_candidate_stat"'
PAIRS = {
    "SELECT province, exam_sat FROM exam_candidate_stat": (
        f'SELECT {EXAM}.province_code AS "province", SUM({EXAM}.sat) AS "exam_sat" FROM exam_candidate_stat '
        f"GROUP BY {EXAM}.province_code"
    ),
    "SELECT Province AS p, EXAM_SAT AS n FROM main.exam_candidate_stat AS e GROUP BY province ORDER BY exam_sat": (
        'SELECT "e".province_code AS p, SUM("e".sat) AS n FROM main.exam_candidate_stat AS e '
        'GROUP BY "e".province_code ORDER BY (SUM("e".sat))'
    ),
    "SELECT graduation_rate FROM exam_candidate_stat WHERE year = 2025": (
        f'SELECT 100.0 * SUM({EXAM}.graduated) / NULLIF(SUM({EXAM}.sat), 0) AS "graduation_rate" '
        "FROM exam_candidate_stat WHERE year = 2025"
    ),
    "SELECT province FROM exam_candidate_stat WHERE province = '01'": (
        f"SELECT {EXAM}.province_code AS \"province\" FROM exam_candidate_stat WHERE ({EXAM}.province_code) = '01'"
    ).replace(f"({EXAM}.province_code)", f"{EXAM}.province_code"),
    "SELECT internet, count(*) FROM school_year_profile GROUP BY internet": (
        "SELECT CASE WHEN \"school_year_profile\".has_internet THEN 'CO' WHEN NOT "
        '"school_year_profile".has_internet THEN \'KHONG\' END AS "internet", COUNT(*) FROM school_year_profile '
        "GROUP BY (CASE WHEN \"school_year_profile\".has_internet THEN 'CO' WHEN NOT "
        "\"school_year_profile\".has_internet THEN 'KHONG' END)"
    ),
    "SELECT province, papers, sum(papers) FROM exam_subject_stat WHERE papers > 0 GROUP BY 1": (
        'SELECT "exam_subject_stat".province_code AS "province", SUM("exam_subject_stat".papers) AS "papers", '
        "SUM(papers) FROM exam_subject_stat WHERE papers > 0 GROUP BY 1"
    ),
    "SELECT a.province, papers FROM exam_subject_stat AS a, exam_subject_stat AS b": (
        'SELECT "a".province_code AS "province", papers FROM exam_subject_stat AS a, exam_subject_stat AS b'
    ),
    "WITH c AS (SELECT province, exam_sat FROM exam_candidate_stat) SELECT province FROM c": (
        f'WITH c AS (SELECT {EXAM}.province_code AS "province", SUM({EXAM}.sat) AS "exam_sat" '
        f"FROM exam_candidate_stat GROUP BY {EXAM}.province_code) SELECT province FROM c"
    ),
}


@pytest.mark.parametrize(("sql", "wanted"), PAIRS.items())
def test_names_of_the_model_become_columns_and_aggregates(sql: str, wanted: str) -> None:
    assert written(sql) == wanted


LEFT = (
    "SELECT province_code, sum(sat) FROM exam_candidate_stat GROUP BY 1",
    "SELECT papers FROM exam_subject_stat",  # a column and a metric: the column
    "SELECT province FROM school",  # not a field of that data set
    "SELECT mean_score FROM exam_candidate_stat",  # a metric of another data set
    "WITH exam_candidate_stat AS (SELECT 1 AS province) SELECT province FROM exam_candidate_stat",
    "SELECT province FROM other.exam_candidate_stat",
    "SELECT province FROM (SELECT 1 AS province) AS exam_candidate_stat",
    "SELECT e.province FROM exam_candidate_stat AS f",
    "SELECT 1",
)


@pytest.mark.parametrize("sql", LEFT)
def test_everything_else_is_left_to_the_gate_as_it_was_typed(sql: str) -> None:
    assert expert().translated(sql, caller("national")) == sql


def test_what_a_metric_is_about_goes_with_it_unless_something_else_is_said() -> None:
    model = expert().model
    name, metric = next(
        (name, one)
        for name, one in model.metrics.items()
        if one.edu.default and not one.is_ratio and one.predicate is None
    )
    spoken = ", ".join(metric.edu.default)
    source = model.datasets[metric.dataset].source
    assert "FILTER" in written(f"SELECT province, {name} FROM {source}")
    assert "FILTER" not in written(f"SELECT {spoken}, {name}, province FROM {source}")


def test_a_metric_s_own_condition_stays() -> None:
    model = expert().model
    name, metric = next((name, one) for name, one in model.metrics.items() if one.predicate is not None)
    assert "FILTER(WHERE" in written(f"SELECT {name} FROM {model.datasets[metric.dataset].source}")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT province FROM exam_candidate_stat WHERE exam_sat > 5",
        "SELECT province FROM exam_candidate_stat GROUP BY province, exam_sat",
        "SELECT max(exam_sat) FROM exam_candidate_stat",
        "SELECT count(*) FILTER (WHERE exam_sat > 1) FROM exam_candidate_stat",
        "SELECT h.hei_id FROM hei AS h JOIN exam_candidate_stat AS e ON e.exam_sat = 1",
    ],
)
def test_a_metric_stands_where_an_aggregate_may(sql: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        written(sql)
    assert refused.value.code == "expert_metric_place"


@pytest.mark.parametrize(
    ("right", "who", "may"),
    [
        ("", "national", False),
        ("national", "national", True),
        ("national", "province:01", False),
        ("province", "province:01", True),
        ("province:79", "province:01", False),
        ("province:79", "province:01,79", True),
    ],
)
def test_the_policy_says_who_may(right: str, who: str, may: bool) -> None:
    reader = expert(*([right] if right else []))
    sql = "SELECT province, exam_sat FROM exam_candidate_stat"
    if may:
        assert reader.translated(sql, caller(who)) != sql
        return
    with pytest.raises(NotPermitted) as refused:
        reader.translated(sql, caller(who))
    assert refused.value.code == "expert_sql_not_permitted"


def test_nobody_may_by_default() -> None:
    assert plain_policy().expert_sql == ()


def test_a_right_of_an_unknown_territory_stops_the_service(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "policy.yml"
    text = POLICY_FILE.read_text(encoding="utf-8").replace("expert_sql: []", 'expert_sql: ["province:XX"]')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_policy(path)
    path.write_text(text.replace("province:XX", "province:79"), encoding="utf-8")
    assert load_policy(path).expert_sql == ("province:79",)
    assert "XX" in refused.value.values["reason"]


def test_what_comes_out_passes_the_gate_with_the_caller_s_scope_and_thresholds() -> None:
    reader, hanoi = expert("province"), caller("province:01")
    translated = reader.translated("SELECT province, exam_sat FROM exam_candidate_stat WHERE year = 2025", hanoi)
    guarded = guard(translated, reader.policy, hanoi)
    with duckdb.connect() as connection:
        columns = ", ".join(
            f"{name} {'VARCHAR' if name.endswith(('code', 'code_63', 'kind')) else 'INTEGER'}"
            for name in reader.policy.tables["exam_candidate_stat"].columns
        )
        connection.execute(f"CREATE TABLE exam_candidate_stat ({columns})")
        connection.execute(
            "INSERT INTO exam_candidate_stat (year, province_code, sat) VALUES "
            "(2025, '01', 30), (2025, '01', 12), (2025, '79', 500), (2024, '01', 7)"
        )
        assert connection.execute(guarded.sql).fetchall() == [("01", 42)]
        connection.execute("UPDATE exam_candidate_stat SET sat = 2")
        assert connection.execute(guarded.sql).fetchall() == [("01", None)]


HOSTILE = (
    "SELECT province, exam_sat FROM exam_candidate_stat; DROP TABLE school",
    "DELETE FROM exam_candidate_stat WHERE province = '01'",
    "SELECT province, exam_sat, full_name FROM exam_candidate_stat GROUP BY ALL",
    "SELECT province, read_text('/etc/passwd') FROM exam_candidate_stat",
    "SELECT province FROM exam_candidate_stat UNION SELECT national_id FROM pupil",
    "SELECT province FROM exam_candidate_stat, information_schema.tables",
    "COPY (SELECT province FROM exam_candidate_stat) TO '/tmp/x'",
    "SELECT province FROM exam_candidate_stat\u200b",
    "SELECT ((((",
    "",
    "SELECT " + "(" * 300 + "province" + ")" * 300 + " FROM exam_candidate_stat",
    "SELECT " + "-" * 4000 + "province FROM exam_candidate_stat",
    "SELECT province" + " + 1" * 4000 + " FROM exam_candidate_stat",
)


@pytest.mark.parametrize("sql", HOSTILE)
def test_the_model_s_names_open_no_way_round_the_gate(sql: str) -> None:
    reader = expert("national")
    with pytest.raises(QueryRefused):
        guard(reader.translated(sql, caller("national")), reader.policy, caller("national"))
