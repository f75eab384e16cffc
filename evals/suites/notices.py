"""Which codes the notices of an answer were made from: they are shown as sentences, and measures need their meaning."""

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.messages import catalogue

_PLACEHOLDER = re.compile(r"\\\{\w+\\\}")


def codes_of(notices: Iterable[str]) -> list[str]:
    """The codes whose sentence, with any values, is one of `notices`."""
    shown = list(notices)
    return [code for code, pattern in _patterns().items() if any(pattern.fullmatch(notice) for notice in shown)]


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    patterns = {code: _PLACEHOLDER.sub(".+?", re.escape(text.strip())) for code, text in catalogue().items()}
    return {code: re.compile(pattern, re.DOTALL) for code, pattern in sorted(patterns.items())}
