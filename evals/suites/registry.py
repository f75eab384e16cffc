"""The suites there are, by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.errors import ConfigurationError
from evals.suite import Suite
from evals.suites import chat_attacks, data, guard, regulation, retrieval

_SHIPPED: Sequence[Suite[Any]] = (retrieval.SUITE, regulation.SUITE, data.SUITE, guard.SUITE, chat_attacks.SUITE)
SUITES: Mapping[str, Suite[Any]] = {suite.name: suite for suite in _SHIPPED}


def suite_named(name: str) -> Suite[Any]:
    """Raises ConfigurationError naming the suites there are."""
    if name not in SUITES:
        raise ConfigurationError("suite_unknown", name=name, known=", ".join(sorted(SUITES)))
    return SUITES[name]
