"""wrong_unflagged: wrong answers shown without a warning ÷ all questions."""

from dataclasses import dataclass

from evals.expected.data_case import DataCase
from evals.scorers.data.judging import fault, flagged
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class WrongUnflagged:
    """The measure that matters most: figures a manager would pass on. Nothing shown is nothing wrong."""

    name: str = "wrong_unflagged"
    higher_is_better: bool = False

    def __call__(self, case: DataCase, output: Output) -> Score:
        found = fault(case, output)
        return Score(float(bool(found) and not flagged(output)), found or "")
