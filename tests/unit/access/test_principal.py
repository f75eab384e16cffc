"""Who asks: read from text, checked against the policy, the same caller however the codes are ordered."""

import pytest

from assistant.access.policy import load_policy
from assistant.access.principal import Principal, Role, parse_principal
from assistant.errors import NotAuthenticated, NotPermitted
from assistant.settings import PACKAGE_DIR

POLICY = load_policy(PACKAGE_DIR / "config" / "policy.yml")


@pytest.mark.parametrize(
    ("text", "principal"),
    [
        ("national", Principal(Role.NATIONAL)),
        ("province:01", Principal(Role.PROVINCE, ("01",))),
        ("province:79,01", Principal(Role.PROVINCE, ("01", "79"))),
        ("province:01,79,01", Principal(Role.PROVINCE, ("01", "79"))),
    ],
)
def test_a_role_with_its_territories(text: str, principal: Principal) -> None:
    assert parse_principal(text, POLICY) == principal
    assert parse_principal(str(principal), POLICY) == principal


def test_the_order_of_the_codes_makes_no_other_caller() -> None:
    assert str(parse_principal("province:79,01", POLICY)) == str(parse_principal("province:01,79", POLICY))


@pytest.mark.parametrize("text", [None, ""])
def test_nobody_is_refused(text: str | None) -> None:
    with pytest.raises(NotAuthenticated) as refused:
        parse_principal(text, POLICY)
    assert refused.value.code == "principal_missing"


@pytest.mark.parametrize(
    "text",
    [
        "National",
        "national ",
        "province",
        "province:",
        "province:01,",
        "province:,01",
        "province:01 ,79",
        "admin",
        "province:01\n",
        "national,province:01",
        "province:01;79",
        "commune:00001",
    ],
)
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(NotPermitted):
        parse_principal(text, POLICY)


@pytest.mark.parametrize("code", ["02", "1", "HN", "٠١", "001"])
def test_a_code_the_policy_lacks_is_refused(code: str) -> None:
    with pytest.raises(NotPermitted) as refused:
        parse_principal(f"province:01,{code}", POLICY)
    assert refused.value.code == "territory_unknown"
