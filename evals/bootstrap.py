"""Percentile bootstrap intervals over cases, with a fixed seed so that a report is reproducible."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.suite import Score

RESAMPLES = 2000
SEED = 20240705
_BLOCK = 4_000_000  # resampled indices held at once

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A metric with its 95 % interval; all None when no case counts (never NaN)."""

    value: float | None
    low: float | None
    high: float | None
    n: int


def estimate(scores: Sequence[Score]) -> Estimate:
    """Σ value·weight ÷ Σ weight over the scores that have a value."""
    counted = [(score.value, score.weight) for score in scores if score.value is not None and score.weight > 0]
    if not counted:
        return Estimate(None, None, None, 0)
    values, weights = np.array(counted, dtype=np.float64).T
    low, high = np.percentile(_resampled(values, weights), [2.5, 97.5])
    return Estimate(_rounded(np.average(values, weights=weights)), _rounded(low), _rounded(high), len(counted))


def paired_difference(before: Sequence[Score], after: Sequence[Score]) -> Estimate:
    """after − before with its interval, over the cases that count in both."""
    pairs = [
        (a.value - b.value, min(a.weight, b.weight))
        for b, a in zip(before, after, strict=True)
        if a.value is not None and b.value is not None
    ]
    return estimate([Score(difference, weight=weight) for difference, weight in pairs])


def _resampled(values: Floats, weights: Floats) -> Floats:
    generator = np.random.default_rng(SEED)
    step = max(1, _BLOCK // len(values))
    blocks: list[Floats] = []
    for start in range(0, RESAMPLES, step):
        picks = generator.integers(0, len(values), size=(min(step, RESAMPLES - start), len(values)))
        blocks.append((values[picks] * weights[picks]).sum(axis=1) / weights[picks].sum(axis=1))
    return np.concatenate(blocks)


def _rounded(value: float | np.floating) -> float:
    """Six decimals: finer digits depend on the machine's summation order."""
    return round(float(value), 6)
