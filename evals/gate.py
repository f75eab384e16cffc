"""The gate: the bounds a suite's metrics must keep before a change may ship."""

from collections.abc import Mapping, Sequence

from evals.bootstrap import Estimate
from evals.suite import Threshold


def failures(gate: Sequence[Threshold], metrics: Mapping[str, Estimate]) -> list[str]:
    """One line per bound that does not hold; a metric no case counts for does not hold."""
    return [line for threshold in gate if (line := _failure(threshold, metrics.get(threshold.metric)))]


def _failure(threshold: Threshold, estimate: Estimate | None) -> str:
    if estimate is None or estimate.value is None:
        return f"{threshold.metric}: không có trường hợp nào để tính"
    if threshold.at_least is not None and estimate.value < threshold.at_least:
        return f"{threshold.metric} = {estimate.value:.4f} < {threshold.at_least:.4f}"
    if threshold.at_most is not None and estimate.value > threshold.at_most:
        return f"{threshold.metric} = {estimate.value:.4f} > {threshold.at_most:.4f}"
    return ""
