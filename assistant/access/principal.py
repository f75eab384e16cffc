"""Who asks: a role with a territory, read from text and checked against the policy; anything else is refused."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.access.policy import Policy
from assistant.errors import NotAuthenticated, NotPermitted

_PROVINCE = re.compile(r"province:(?P<codes>[^,\s]+(?:,[^,\s]+)*)\Z")


class Role(StrEnum):
    NATIONAL = "national"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Principal:
    """`territories` are codes the policy declares; empty for the national role only."""

    role: Role
    territories: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.role.value if self.role is Role.NATIONAL else f"province:{','.join(self.territories)}"


def parse_principal(text: str | None, policy: Policy) -> Principal:
    """Read `national` or `province:CODE[,CODE…]`.

    Raises NotAuthenticated when nothing was given and NotPermitted for another form or a code the policy lacks.
    Codes are opaque and case-sensitive; in whatever order they come it is the same caller, with one memory of what it
    was told.
    """
    if not text:
        raise NotAuthenticated("principal_missing")
    if text == Role.NATIONAL:
        return Principal(Role.NATIONAL)
    match = _PROVINCE.match(text)
    if match is None:
        raise NotPermitted("principal_unknown", name=text[:80])
    codes = tuple(dict.fromkeys(match["codes"].split(",")))
    unknown = [code for code in codes if code not in policy.territories]
    if unknown:
        raise NotPermitted("territory_unknown", name=unknown[0][:40])
    return Principal(Role.PROVINCE, tuple(sorted(codes)))
