"""Runs a suite's task over its cases, keeping every output on disk so that a stopped run picks up where it was."""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

from assistant.errors import ConfigurationError
from evals.case import Case, CaseT
from evals.suite import Output, Task

OUTPUTS_FILE = "outputs.jsonl"


@dataclass(frozen=True, slots=True)
class Runner(Generic[CaseT]):
    """Outputs are reused when neither the case nor the run's configuration changed; errors are tried again."""

    task: Task[CaseT]
    directory: Path
    run_digest: str

    def run(self, cases: Sequence[CaseT], on_case: Callable[[Output], None] = lambda _: None) -> list[Output]:
        """The outputs in the order of `cases`."""
        self.directory.mkdir(parents=True, exist_ok=True)
        path = self.directory / OUTPUTS_FILE
        kept = {output.case_digest: output for output in _readable(path) if self._reusable(output)}
        outputs: list[Output] = []
        with path.open("a", encoding="utf-8") as file:
            file.write("\n" if file.tell() else "")  # ends the line a killed run was writing
            for case in cases:
                output = kept.get(case.digest) or self._answer(case)
                if case.digest not in kept:
                    file.write(_line(case, output))
                    file.flush()
                outputs.append(output)
                on_case(output)
        _rewrite(path, cases, outputs)
        return outputs

    def _reusable(self, output: Output) -> bool:
        return output.run_digest == self.run_digest and not output.error

    def _answer(self, case: CaseT) -> Output:
        started = time.perf_counter()
        try:
            # Through JSON, so that a resumed run scores exactly what a fresh one does.
            value, error = json.loads(json.dumps(dict(self.task.run(case)), ensure_ascii=False)), ""
        except Exception as failure:  # noqa: BLE001  # one case never stops the run
            value, error = {}, f"{type(failure).__name__}: {failure}"
        elapsed = (time.perf_counter() - started) * 1000
        return Output(case.id, case.digest, self.run_digest, value, error, round(elapsed, 2))


def read_outputs(directory: Path, model: type[CaseT]) -> list[tuple[CaseT, Output]]:
    """The cases and outputs of a finished run. Raises ConfigurationError when there are none."""
    path = directory / OUTPUTS_FILE
    if not path.is_file():
        raise ConfigurationError("run_missing", path=directory)
    pairs = [(model.model_validate(record["case"]), _output(record)) for record in _records(path)]
    if not pairs:
        raise ConfigurationError("run_missing", path=directory)
    return pairs


def _readable(path: Path) -> Iterator[Output]:
    return map(_output, _records(path)) if path.is_file() else iter(())


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        try:
            record = json.loads(line)
        except json.JSONDecodeError:  # the line a killed run was writing
            continue
        if isinstance(record, dict) and {"case", "output"} <= record.keys():
            yield record


def _output(record: dict[str, Any]) -> Output:
    return Output(**record["output"])


def _line(case: Case, output: Output) -> str:
    shown = {name: getattr(output, name) for name in Output.__slots__}
    record = {"case": case.model_dump(mode="json", by_alias=True), "output": shown}
    return json.dumps(record, ensure_ascii=False) + "\n"


def _rewrite(path: Path, cases: Sequence[Case], outputs: Sequence[Output]) -> None:
    """Drop what other configurations left behind, so the file holds this run only."""
    fresh = path.with_suffix(".new")
    fresh.write_text("".join(map(_line, cases, outputs)), encoding="utf-8")
    os.replace(fresh, path)
