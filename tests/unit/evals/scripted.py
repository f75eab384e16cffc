"""A small suite whose task is a table of scripted values, for testing the machinery around a task."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.case import Case
from evals.suite import CaseSource, Options, Output, Score, Suite, Task, Threshold


@dataclass(frozen=True, slots=True)
class Right:
    """1 when the scripted value is right; cases without a judgement are left out."""

    name: str = "right"
    higher_is_better: bool = True

    def __call__(self, case: Case, output: Output) -> Score:
        if output.error:
            return Score(0.0, "no output")
        return Score(output.value["right"], "scripted")


def scripted_suite(
    answer: Callable[[Case], Mapping[str, Any]], shipped: Path, gate: tuple[Threshold, ...] = ()
) -> Suite[Case]:
    @contextmanager
    def task(_: Options) -> Iterator[Task[Case]]:
        yield Task(answer, {"script": "1"})

    return Suite("scripted", CaseSource(shipped, Case), task, (Right(),), gate)


def cases(count: int) -> list[Case]:
    return [Case(id=f"c{number}", question=f"Câu hỏi {number}") for number in range(count)]
