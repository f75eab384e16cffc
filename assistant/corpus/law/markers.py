"""What a consolidated text says in place of words that no longer stand."""

import re

REPEALED, SUSPENDED = "(được bãi bỏ)", "(tạm ngưng hiệu lực)"
_EMPTY = re.compile(rf"(?:Điều \w+\.|\w+[.)])?\s*(?:{re.escape(REPEALED)}|{re.escape(SUSPENDED)})")


def stands_empty(text: str) -> bool:
    """Whether a unit has nothing but its label and the note that its words ended: it answers no question."""
    return _EMPTY.fullmatch(text.strip()) is not None
