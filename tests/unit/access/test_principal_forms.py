"""A caller is a role and territories the policy declares; anything else is refused."""

import pytest

from assistant.access.policy import Policy
from assistant.access.principal import Principal, Role, parse_principal
from assistant.errors import NotAuthenticated, NotPermitted

POLICY = Policy.model_validate(
    {
        "version": "1",
        "territory_version": "test",
        "territories": {"HN": "Hà Nội", "NA": "Nghệ An"},
        "roles": {"national": {}, "province": {}},
        "tables": {},
        "functions": ["count"],
        "expert_sql": ["province:HN"],
    }
)


@pytest.mark.parametrize("text", ["national", "province:HN", "province:HN,NA"])
def test_a_principal_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_principal(text, POLICY)) == text


def test_a_territory_counts_once() -> None:
    assert parse_principal("province:NA,NA", POLICY) == Principal(Role.PROVINCE, ("NA",))


@pytest.mark.parametrize("text", [None, ""])
def test_nobody_is_not_signed_in(text: str | None) -> None:
    with pytest.raises(NotAuthenticated):
        parse_principal(text, POLICY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("National", "principal_unknown"),
        ("province:", "principal_unknown"),
        ("province:HN,", "principal_unknown"),
        ("province:HN\n", "principal_unknown"),
        ("province:hn", "territory_unknown"),
        ("province:HN,XX", "territory_unknown"),
    ],
)
def test_another_form_or_an_unknown_code_is_refused(text: str, code: str) -> None:
    with pytest.raises(NotPermitted) as caught:
        parse_principal(text, POLICY)
    assert caught.value.code == code


def test_expert_sql_is_for_those_the_policy_names() -> None:
    assert POLICY.may_use_expert_sql("province", ("HN",))
    assert not POLICY.may_use_expert_sql("province", ("NA",))
    assert not POLICY.may_use_expert_sql("national", ())


def test_expert_sql_for_an_unknown_territory_stops_the_policy() -> None:
    with pytest.raises(ValueError, match="no territory"):
        Policy.model_validate({**POLICY.model_dump(), "expert_sql": ["province:XX"]})
