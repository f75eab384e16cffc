"""Where a request comes from: this machine, and the web origins that may embed the service or call it."""

import re
from ipaddress import ip_address

from assistant.errors import ConfigurationError

_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?\Z")


def is_loopback(host: str) -> bool:
    """Whether a name or address means this machine."""
    if host == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def read_origins(text: str, setting: str) -> tuple[str, ...]:
    """Origins separated by spaces or commas, each exact: a pattern would let in whoever can take a subdomain."""
    origins = tuple(text.replace(",", " ").split())
    for origin in origins:
        if not _ORIGIN.match(origin):
            reason = f"{origin[:80]!r} is not scheme://host[:port]"
            raise ConfigurationError("setting_invalid", name=setting, reason=reason)
    return origins
