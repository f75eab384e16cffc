"""Attacks and honest queries of families the shipped cases do not hold: one a line, \\n for a line break."""

from pathlib import Path

import pytest

from assistant.access.policy import load_policy
from assistant.access.principal import parse_principal
from assistant.errors import QueryRefused
from assistant.query.guard import guard

ROOT = Path(__file__).parents[2]
POLICY = load_policy(ROOT / "evals/datasets/guard/policy.yml")
DATA = ROOT / "tests/data/guard"
CALLERS = [parse_principal(text, POLICY) for text in ("national", "province:HN")]


def lines(name: str) -> list[str]:
    return [line.replace("\\n", "\n") for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("sql", lines("more_refused.txt"))
def test_an_attack_is_refused(sql: str) -> None:
    for caller in CALLERS:
        with pytest.raises(QueryRefused):
            guard(sql, POLICY, caller)


@pytest.mark.parametrize("sql", lines("more_honest.txt"))
def test_an_honest_query_may_run(sql: str) -> None:
    for caller in CALLERS:
        assert guard(sql, POLICY, caller).sql
