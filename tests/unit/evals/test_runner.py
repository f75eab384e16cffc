"""The runner: every case gets an output, and a stopped run picks up where it was."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigurationError
from evals.case import Case
from evals.runner import OUTPUTS_FILE, Runner, read_outputs
from evals.suite import Task
from tests.unit.evals.scripted import cases


class CountingTask:
    """Answers everything but the ids in `failing`, and remembers what it was asked."""

    def __init__(self, *failing: str) -> None:
        self.failing = failing
        self.asked: list[str] = []

    def __call__(self, case: Case) -> Mapping[str, Any]:
        self.asked.append(case.id)
        if case.id in self.failing:
            raise ValueError("scripted")
        return {"right": 1.0}


def run(task: CountingTask, folder: Path, count: int = 3, digest: str = "run") -> list[str]:
    outputs = Runner(Task(task), folder, digest).run(cases(count))
    assert [output.case_id for output in outputs] == [f"c{number}" for number in range(count)]
    return task.asked


def test_a_second_run_answers_nothing_again(tmp_path: Path) -> None:
    assert run(CountingTask(), tmp_path) == ["c0", "c1", "c2"]
    assert run(CountingTask(), tmp_path) == []


def test_only_new_cases_are_answered(tmp_path: Path) -> None:
    run(CountingTask(), tmp_path, count=2)
    assert run(CountingTask(), tmp_path, count=4) == ["c2", "c3"]


def test_another_configuration_answers_everything_again(tmp_path: Path) -> None:
    run(CountingTask(), tmp_path)
    assert run(CountingTask(), tmp_path, digest="other") == ["c0", "c1", "c2"]


def test_a_case_that_raises_is_an_output_and_is_tried_again(tmp_path: Path) -> None:
    outputs = Runner(Task(CountingTask("c1")), tmp_path, "run").run(cases(3))
    assert [output.error for output in outputs] == ["", "ValueError: scripted", ""]
    assert run(CountingTask(), tmp_path) == ["c1"]


def test_a_value_json_cannot_hold_is_that_case_s_error(tmp_path: Path) -> None:
    outputs = Runner(Task(lambda _: {"right": object()}), tmp_path, "run").run(cases(1))
    assert outputs[0].error.startswith("TypeError")


def test_a_line_cut_off_by_a_kill_costs_one_case(tmp_path: Path) -> None:
    run(CountingTask(), tmp_path)
    path = tmp_path / OUTPUTS_FILE
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert run(CountingTask(), tmp_path) == ["c2"]
    assert run(CountingTask(), tmp_path) == []


def test_the_file_holds_the_last_run_only_in_order(tmp_path: Path) -> None:
    run(CountingTask(), tmp_path, count=4, digest="old")
    run(CountingTask(), tmp_path, count=2)
    lines = (tmp_path / OUTPUTS_FILE).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["output"]["case_id"] for line in lines] == ["c0", "c1"]


def test_a_finished_run_reads_back_whole(tmp_path: Path) -> None:
    run(CountingTask("c1"), tmp_path)
    pairs = read_outputs(tmp_path, Case)
    assert [case for case, _ in pairs] == cases(3)
    assert [bool(output.error) for _, output in pairs] == [False, True, False]


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="run_missing"):
        read_outputs(tmp_path, Case)
