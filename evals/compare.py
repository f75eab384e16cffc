"""Two runs side by side: the difference of each metric with its interval, paired by case where both have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bootstrap import Estimate, estimate, paired_difference
from evals.case import Case
from evals.runner import read_outputs
from evals.suite import Output, Scorer, Suite


@dataclass(frozen=True, slots=True)
class Change:
    """`difference` is after − before over the cases both runs hold."""

    metric: str
    before: Estimate
    after: Estimate
    difference: Estimate
    higher_is_better: bool

    @property
    def worse(self) -> bool:
        """The whole interval lies on the bad side."""
        if self.difference.low is None or self.difference.high is None:
            return False
        return self.difference.high < 0 if self.higher_is_better else self.difference.low > 0


def compare(suite: Suite[Any], before: Path, after: Path) -> list[Change]:
    """One Change per metric, both runs scored by today's scorers."""
    pairs = [dict(_by_id(read_outputs(directory, suite.cases.model))) for directory in (before, after)]
    return [_change(scorer, pairs[0], pairs[1]) for scorer in suite.scorers]


def as_markdown(changes: Sequence[Change]) -> str:
    rows = [
        f"| {change.metric} | {_number(change.before.value)} | {_number(change.after.value)} "
        f"| {_signed(change.difference)} | {change.difference.n} | {'worse' if change.worse else ''} |"
        for change in changes
    ]
    return "\n".join(
        ["| metric | before | after | difference, 95 % interval | paired n | |", "|---|---|---|---|---|---|", *rows]
    )


_Run = dict[str, tuple[Case, Output]]


def _by_id(pairs: Sequence[tuple[Case, Output]]) -> list[tuple[str, tuple[Case, Output]]]:
    return [(case.id, (case, output)) for case, output in pairs]


def _change(scorer: Scorer[Any], before: _Run, after: _Run) -> Change:
    shared = [name for name in before if name in after]
    old, new = ({name: scorer(*run[name]) for name in run} for run in (before, after))
    difference = paired_difference([old[name] for name in shared], [new[name] for name in shared])
    return Change(
        scorer.name, estimate(list(old.values())), estimate(list(new.values())), difference, scorer.higher_is_better
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _signed(value: Estimate) -> str:
    if value.value is None or value.low is None or value.high is None:
        return "–"
    return f"{value.value:+.4f} ({value.low:+.4f} – {value.high:+.4f})"
