"""What the guard costs a query: every allowed case, each guarded several times, nothing remembered between."""

import json
import time
from pathlib import Path

import pytest

from assistant.access.policy import load_policy
from assistant.access.principal import parse_principal
from assistant.errors import AssistantError
from assistant.query.guard import guard

FOLDER = Path(__file__).parents[2] / "evals" / "datasets" / "guard"
TIMES, MEDIAN, HIGH = 7, 3.0, 10.0


@pytest.mark.bench
def test_the_guard_costs_little() -> None:
    policy = load_policy(FOLDER / "policy.yml")
    processor: list[float] = []
    wall: list[float] = []
    for line in (FOLDER / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for _ in range(TIMES):
            began, ticks = time.perf_counter(), time.thread_time()
            try:
                guard(case["sql"], policy, parse_principal(case["role"], policy))
            except AssistantError:
                break
            processor.append(1000 * (time.thread_time() - ticks))
            wall.append(1000 * (time.perf_counter() - began))
    for name, values in (("processor", processor), ("wall", wall)):
        values.sort()
        print(f"{name}: p50 {values[len(values) // 2]:.1f} ms, p95 {values[len(values) * 19 // 20]:.1f} ms")
    assert processor[len(processor) // 2] <= MEDIAN
    assert processor[len(processor) * 19 // 20] <= HIGH
