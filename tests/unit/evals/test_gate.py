"""The gate: bounds on both sides, and no pass for a metric nobody measured."""

import pytest

from evals.bootstrap import Estimate
from evals.gate import failures
from evals.suite import Threshold

GATE = (Threshold("recall", at_least=0.9), Threshold("invented", at_most=0.0))


def measured(recall: float | None, invented: float | None) -> dict[str, Estimate]:
    return {"recall": Estimate(recall, None, None, 1), "invented": Estimate(invented, None, None, 1)}


def test_bounds_that_hold_give_no_failure() -> None:
    assert failures(GATE, measured(0.9, 0.0)) == []


@pytest.mark.parametrize(("recall", "invented", "metric"), [(0.89, 0.0, "recall"), (1.0, 0.01, "invented")])
def test_a_broken_bound_is_named(recall: float, invented: float, metric: str) -> None:
    (line,) = failures(GATE, measured(recall, invented))
    assert line.startswith(metric)


def test_a_metric_without_cases_does_not_pass() -> None:
    assert len(failures(GATE, measured(None, 0.0))) == 1
    assert len(failures(GATE, {})) == 2
