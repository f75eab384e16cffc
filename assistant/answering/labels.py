"""Which document labels a principal may read."""

from assistant.access.policy import Policy
from assistant.access.principal import Principal


def labels_of(principal: Principal, policy: Policy) -> tuple[str, ...]:
    """A role the policy does not know reads none."""
    role = next((one for name, one in policy.roles.items() if name == principal.role), None)
    return role.labels if role else ()
