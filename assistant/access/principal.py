"""Who asks: a role with a territory, read from text and checked against the policy; anything else is refused."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.access.policy import Policy
from assistant.errors import NotAuthenticated, NotPermitted

_PROVINCE = re.compile(r"province:(?P<codes>[^,\s]+(?:,[^,\s]+)*)\Z")


class Role(StrEnum):
    """National and provincial officers ask; an administrator runs the service and sees no documents or figures."""

    NATIONAL = "national"
    PROVINCE = "province"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Principal:
    """`territories` are codes the policy declares; empty but for the role of a province.

    `person` is who exactly, in the words of whoever vouches: `oidc:SUBJECT`, `key:ID`, `key:ID/USER`; empty for
    callers on this machine. Two persons of one scope see the same rows, but not each other's conversations.
    """

    role: Role
    territories: tuple[str, ...] = ()
    person: str = ""

    @property
    def scope(self) -> str:
        """What may be seen: the role with its territories, whoever the person is."""
        return f"province:{','.join(self.territories)}" if self.role is Role.PROVINCE else self.role.value

    def __str__(self) -> str:
        return f"{self.scope} {self.person}" if self.person else self.scope


def parse_principal(text: str | None, policy: Policy, person: str = "") -> Principal:
    """Read `national`, `administrator` or `province:CODE[,CODE…]`.

    Raises NotAuthenticated when nothing was given and NotPermitted for another form or a code the policy lacks.
    Codes are opaque and case-sensitive; in whatever order they come it is the same caller, with one memory of what it
    was told.
    """
    if not text:
        raise NotAuthenticated("principal_missing")
    if text in (Role.NATIONAL, Role.ADMINISTRATOR):
        return Principal(Role(text), (), person)
    match = _PROVINCE.match(text)
    if match is None:
        raise NotPermitted("principal_unknown", name=text[:80])
    return province(match["codes"].split(","), policy, person)


def province(codes: list[str], policy: Policy, person: str = "") -> Principal:
    """An officer of these territories. Raises NotPermitted for none, or for a code the policy lacks."""
    unknown = [code for code in codes if code not in policy.territories]
    if unknown or not codes:
        raise NotPermitted("territory_unknown", name=unknown[0][:40] if unknown else "")
    return Principal(Role.PROVINCE, tuple(sorted(set(codes))), person)
