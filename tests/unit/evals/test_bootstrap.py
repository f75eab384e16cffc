"""Intervals: reproducible, weighted, and never NaN."""

from evals.bootstrap import Estimate, estimate, paired_difference
from evals.suite import Score


def test_no_score_gives_null_and_never_nan() -> None:
    assert estimate([]) == Estimate(None, None, None, 0)
    assert estimate([Score(None, "left out"), Score(1.0, weight=0)]) == Estimate(None, None, None, 0)


def test_cases_left_out_do_not_count() -> None:
    result = estimate([Score(1.0), Score(None), Score(0.0)])
    assert (result.value, result.n) == (0.5, 2)


def test_weights_make_a_ratio_of_sums() -> None:
    assert estimate([Score(0.5, weight=2), Score(0.0, weight=6)]).value == 0.125


def test_the_interval_is_the_same_every_time_and_holds_the_value() -> None:
    scores = [Score(float(number % 3 == 0)) for number in range(60)]
    first = estimate(scores)
    assert first == estimate(scores)
    assert first.low is not None
    assert first.value is not None
    assert first.high is not None
    assert 0 < first.low < first.value < first.high < 1
    # A share of 1/3 of 60 has a standard error of .061.
    assert 0.19 < first.high - first.low < 0.29


def test_one_case_has_an_interval_of_no_width() -> None:
    assert estimate([Score(0.25)]) == Estimate(0.25, 0.25, 0.25, 1)


def test_a_paired_difference_uses_the_cases_both_runs_count() -> None:
    before = [Score(0.0), Score(1.0), Score(None)]
    after = [Score(1.0), Score(1.0), Score(1.0)]
    difference = paired_difference(before, after)
    assert (difference.value, difference.n) == (0.5, 2)
