"""Who may type SQL over the semantic model's names, and who may see scores of a search: those the policy lists."""

import pytest

from assistant.access.policy import Policy

POLICY = Policy.model_validate(
    {
        "version": "1",
        "territory_version": "test",
        "territories": {"HN": "Hà Nội", "NA": "Nghệ An"},
        "roles": {"national": {}, "province": {}},
        "tables": {},
        "functions": ["count"],
        "expert_sql": ["province:HN"],
        "evaluators": ["national"],
    }
)


def test_expert_sql_is_for_those_the_policy_names() -> None:
    assert POLICY.may_use_expert_sql("province", ("HN",))
    assert not POLICY.may_use_expert_sql("province", ("NA",))
    assert not POLICY.may_use_expert_sql("national", ())


def test_scores_are_for_those_the_policy_names() -> None:
    assert POLICY.may_evaluate("national", ())
    assert not POLICY.may_evaluate("province", ("HN",))


@pytest.mark.parametrize("right", ["expert_sql", "evaluators"])
def test_a_right_for_an_unknown_territory_stops_the_policy(right: str) -> None:
    with pytest.raises(ValueError, match="no territory"):
        Policy.model_validate({**POLICY.model_dump(), right: ["province:XX"]})
