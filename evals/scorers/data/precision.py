"""precision: right answers ÷ answers."""

from dataclasses import dataclass

from evals.expected.data_case import DataCase
from evals.scorers.data.judging import fault
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class Precision:
    """Over every answer that can be judged; answering what is out of scope is wrong."""

    name: str = "precision"
    higher_is_better: bool = True

    def __call__(self, case: DataCase, output: Output) -> Score:
        found = fault(case, output)
        return Score(None, "not answered") if found is None else Score(float(not found), found)
