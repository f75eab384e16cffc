"""From a regulation question to its answer, in process, without a model: the whole and each step.

`TROLY_BENCH_DATA_DIR` names a data directory with an index (docs/search.md, "Latency"); without it nothing is measured.
"""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

import numpy as np
import pytest

from assistant.access.principal import Principal, Role
from assistant.answering.services import Services
from assistant.bootstrap import build_services
from assistant.corpus.filters import ChunkFilter
from assistant.settings import ModelSettings, Settings

pytestmark = pytest.mark.bench
CASES = Path(__file__).parents[2] / "evals" / "datasets" / "regulation" / "real_dev.jsonl"
DATA_DIR = os.environ.get("TROLY_BENCH_DATA_DIR", "")
WARMING = ("Học phí trường công lập thu mấy tháng?", "Ai bổ nhiệm hiệu trưởng?", "Số học sinh năm nay") * 3
MOST = {"answer p50": 40, "answer p95": 120, "search p95": 25}
"""Milliseconds on two free cores (issue: search and answers)."""

Result = TypeVar("Result")


@pytest.mark.skipif(not DATA_DIR, reason="TROLY_BENCH_DATA_DIR names no index")
def test_an_answer_and_its_search_come_within_their_budgets() -> None:
    asker, seen = Principal(Role.NATIONAL), ChunkFilter(labels=("public",))
    steps: dict[str, list[float]] = defaultdict(list)
    for answer in _timed("answer", lambda services, question: services.answer(question, asker), steps):
        for step in answer.trace:
            steps[f"  {step.name}"].append(step.milliseconds)
    for _ in _timed("search", lambda services, question: services.search(question, seen, 10), steps):
        pass
    print()
    for name, taken in steps.items():
        print(f"{name:24} p50 {np.percentile(taken, 50):7.1f}  p95 {np.percentile(taken, 95):7.1f}")
    found = {
        "answer p50": np.percentile(steps["answer"], 50),
        "answer p95": np.percentile(steps["answer"], 95),
        "search p95": np.percentile(steps["search"], 95),
    }
    assert {name: round(float(value), 1) for name, value in found.items() if value > MOST[name]} == {}


def _timed(name: str, ask: Callable[[Services, str], Result], steps: dict[str, list[float]]) -> Iterator[Result]:
    """Every question asked once of services of its own, so that nothing is remembered of it."""
    services = build_services(Settings(data_dir=Path(DATA_DIR), model=ModelSettings(url=None)))
    services.warm()
    questions = [json.loads(line)["question"] for line in CASES.read_text(encoding="utf-8").splitlines()]
    for place, question in enumerate([*WARMING, *questions]):
        began, worked = perf_counter(), process_time()
        result = ask(services, question)
        if place >= len(WARMING):
            steps[name].append(1000 * (perf_counter() - began))
            steps[f"{name}, processor"].append(1000 * (process_time() - worked))
            yield result
    with services.corpus.open() as generation:
        print(f"\n{generation.index.count()} chunks, {len(questions)} questions, milliseconds")
    services.close()
