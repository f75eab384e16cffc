"""Numbers read from scans: a stamp or a pen is read wrong more often than print, so the file's name is heard too."""

import re

from assistant.corpus.document import DocumentKind
from assistant.text import fold
from ingest.legal.issuers import issuer_of_number, number_by_symbol

_NAMED = re.compile(r"^0*(?P<serial>\d{1,5})[-_. ](?P<symbol>[a-z]+(?:[-_][a-z]+)*)")


def settled_number(number: str, name: str, kind: DocumentKind | None = None) -> tuple[str, str]:
    """(number, warning). Where the name has the same issuer and another serial, the name is the surer of the two.

    `kind` is the one printed: with it a name that holds serial and issuer stands in for a number nobody could read.
    """
    named = _NAMED.match(fold(name))
    by_name = number_by_symbol(named["serial"], kind, named["symbol"]) if named and kind else ""
    if not number:
        return (by_name, "number_doubtful:–") if by_name else ("", "number_not_recognised")
    serial, _, rest = number.partition("/")
    if named is None or named["serial"] == serial:
        misread = bool(by_name) and by_name != number and not issuer_of_number(number)
        return (by_name, f"number_doubtful:{number}") if misread else (number, "")
    issuer = re.sub(r"[\W_]+", "", fold(rest))
    if len(named["serial"]) == len(serial) and issuer.endswith(re.sub(r"[-_]", "", named["symbol"])):
        return f"{named['serial']}/{rest}", f"number_doubtful:{number}"
    return number, ""
