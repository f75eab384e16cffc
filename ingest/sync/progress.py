"""How a sync tells what it does: a bar with rate and remaining time for people, a JSON line per event for programs."""

import json
import sys
from collections.abc import Mapping
from typing import IO, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from assistant.messages import message
from ingest.sync.page_records import warning_sentence


class Report(Protocol):
    def file(self, path: str, outcome: str, code: str, warnings: tuple[str, ...]) -> None:
        """`outcome` is indexed, rejected, unchanged or removed."""

    def progress(self, stage: str, done: int, total: int) -> None:
        """`stage` is reading or encoding."""

    def summary(self, counts: Mapping[str, object]) -> None: ...

    def close(self) -> None: ...


class LinesReport:
    """One JSON object per line."""

    def __init__(self, stream: IO[str] | None = None) -> None:
        self._stream = stream or sys.stdout
        self._tenths: dict[str, int] = {}

    def file(self, path: str, outcome: str, code: str, warnings: tuple[str, ...]) -> None:
        self._write({"event": "file", "path": path, "outcome": outcome, "code": code, "warnings": list(warnings)})

    def progress(self, stage: str, done: int, total: int) -> None:
        tenth = 10 * done // max(total, 1)
        if tenth > self._tenths.get(stage, 0):
            self._tenths[stage] = tenth
            self._write({"event": "stage", "stage": stage, "done": done, "total": total})

    def summary(self, counts: Mapping[str, object]) -> None:
        self._write({"event": "summary", **counts})

    def close(self) -> None: ...

    def _write(self, event: Mapping[str, object]) -> None:
        print(json.dumps(event, ensure_ascii=False), file=self._stream, flush=True)


class TerminalReport:
    """Bars while it works; afterwards each rejected or doubtful file with what to do about it."""

    def __init__(self, console: Console) -> None:
        self._console = console
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        rate = TextColumn("{task.fields[rate]}")
        self._bars = Progress(*columns, rate, TimeRemainingColumn(), console=console)
        self._bars.start()
        self._tasks: dict[str, TaskID] = {}
        self._doubts: list[str] = []

    def file(self, path: str, outcome: str, code: str, warnings: tuple[str, ...]) -> None:
        for each in (code, *warnings):
            if each and outcome != "unchanged":
                self._doubts.append(f"{path}: {warning_sentence(each)}")

    def progress(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(message(f"label_{stage}"), total=total, rate="")
        task = self._tasks[stage]
        self._bars.update(task, completed=done, total=total)
        speed = self._bars.tasks[self._bars.task_ids.index(task)].speed
        self._bars.update(task, rate=f"{speed:.0f}/s" if speed else "")

    def summary(self, counts: Mapping[str, object]) -> None:
        self.close()
        for line in self._doubts:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)
        self._console.print(message("ingest_summary", **counts), markup=False, highlight=False)

    def close(self) -> None:
        self._bars.stop()


def open_report() -> Report:
    """Bars on a terminal, lines anywhere else."""
    console = Console()
    return TerminalReport(console) if console.is_terminal else LinesReport()
