"""What a policy takes away from some callers: rows, columns, tables, thresholds; several hold together."""

import pytest
from pydantic import ValidationError

from assistant.access.policy import Policy
from assistant.access.principal import parse_principal
from assistant.errors import QueryRefused
from assistant.query.guard import explain, guard

BASE = {
    "version": "1",
    "territory_version": "34",
    "territories": {"01": "Hà Nội", "79": "Thành phố Hồ Chí Minh"},
    "roles": {"national": {}, "province": {}},
    "functions": ["count", "sum"],
    "suppression": {"persons": 10, "sensitive": 10},
    "tables": {
        "schools": {"scope": "province_code", "columns": ["school_id", "province_code", "level_code", "commune_code"]},
        "pupils": {
            "scope": "province_code",
            "person": "pupil_id",
            "columns": ["pupil_id", "province_code", "level_code", "gender", "ethnicity"],
            "sensitive": ["ethnicity"],
        },
        "sync": {"scope": "province_code", "columns": ["province_code", "records"]},
        "ref_level": {"scope": "shared", "columns": ["code", "name_vi"]},
    },
}


def policy(*restrictions: dict[str, object]) -> Policy:
    return Policy.model_validate({**BASE, "restrictions": list(restrictions)})


def run(sql: str, loaded: Policy, who: str = "province:01") -> str:
    return guard(sql, loaded, parse_principal(who, loaded)).sql


LEVELS = {"applies_to": "province", "rows": {"level_code": ["TH", "THCS"]}}


def test_rows_are_narrowed_beside_the_territory() -> None:
    sql = run("SELECT count(*) FROM schools", policy(LEVELS))
    assert "province_code IN ('01') AND level_code IN ('TH', 'THCS')" in sql
    assert "level_code IN" not in run("SELECT count(*) FROM schools", policy(LEVELS), "national")


def test_several_restrictions_hold_together() -> None:
    more = {
        "applies_to": "province:01",
        "rows": {"level_code": ["THCS", "THPT"], "commune_code": ["00001"]},
        "tables": ["pupils"],
    }
    sql = run("SELECT count(*) FROM schools", policy(LEVELS, more))
    assert "level_code IN ('THCS') AND commune_code IN ('00001')" in sql
    assert "level_code IN ('TH', 'THCS')" in run("SELECT count(*) FROM schools", policy(LEVELS, more), "province:79")


def test_restrictions_that_leave_nothing_leave_nothing() -> None:
    none = {"applies_to": "province", "rows": {"level_code": ["MN"]}}
    with pytest.raises(QueryRefused):
        run("SELECT count(*) FROM schools", policy(LEVELS, none))


def test_a_table_that_cannot_be_narrowed_is_not_readable_unless_spared() -> None:
    with pytest.raises(QueryRefused):
        run("SELECT sum(records) FROM sync", policy(LEVELS))
    assert run("SELECT sum(records) FROM sync", policy({**LEVELS, "tables": ["sync"]}))
    assert run("SELECT name_vi FROM ref_level", policy(LEVELS))


def test_a_hidden_column_does_not_exist() -> None:
    hidden = policy({"applies_to": "province", "hide": ["ethnicity"]})
    with pytest.raises(QueryRefused):
        run("SELECT ethnicity, count(*) FROM pupils GROUP BY 1", hidden)
    with pytest.raises(QueryRefused):
        run("SELECT count(*) FROM pupils WHERE ethnicity = 'Kinh'", hidden)
    assert run("SELECT ethnicity, count(*) FROM pupils GROUP BY 1", hidden, "national")


def test_a_threshold_can_only_be_raised() -> None:
    raised = policy({"applies_to": "province", "persons": 50}, {"applies_to": "province", "persons": 3})
    assert ">= 50" in run("SELECT gender, count(*) FROM pupils GROUP BY 1", raised)
    assert ">= 10" in run("SELECT gender, count(*) FROM pupils GROUP BY 1", raised, "national")


@pytest.mark.parametrize(
    "restriction",
    [
        {"applies_to": "commune"},
        {"applies_to": "province:99"},
        {"applies_to": "province", "rows": {"nowhere": ["x"]}},
        {"applies_to": "province", "hide": ["nowhere"]},
        {"applies_to": "province", "tables": ["nowhere"]},
        {"applies_to": "province", "rowz": {}},
    ],
)
def test_a_restriction_that_means_nothing_is_refused(restriction: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        policy(restriction)


def test_every_rewrite_is_shown() -> None:
    loaded = policy(LEVELS)
    stages = list(
        explain("SELECT gender, count(*) FROM pupils GROUP BY 1", loaded, parse_principal("province:01", loaded))
    )
    assert [one.rule for one in stages][-3:] == ["project_tables", "protect_persons", "cap_rows"]
    assert "level_code IN" in stages[-3].sql
    assert "LIMIT" in stages[-1].sql
