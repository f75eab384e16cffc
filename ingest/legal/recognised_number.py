"""Numbers read from scans: a stamp or a pen is read wrong more often than print, so the file's name is heard too."""

import re

from assistant.text import fold

_NAMED = re.compile(r"^0*(?P<serial>\d{1,5})[-_. ](?P<symbol>[a-z]+(?:[-_][a-z]+)*)")


def settled_number(number: str, name: str) -> tuple[str, str]:
    """(number, warning). Where the name has the same issuer and another serial, the name is the surer of the two."""
    if not number:
        return "", "number_not_recognised"
    named = _NAMED.match(fold(name))
    serial, _, rest = number.partition("/")
    if named is None or named["serial"] == serial:
        return number, ""
    issuer = re.sub(r"[\W_]+", "", fold(rest))
    if len(named["serial"]) == len(serial) and issuer.endswith(re.sub(r"[-_]", "", named["symbol"])):
        return f"{named['serial']}/{rest}", f"number_doubtful:{number}"
    return number, ""
