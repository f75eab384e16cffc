"""clarified: questions answered with a question back ÷ all questions."""

from dataclasses import dataclass

from evals.case import Case
from evals.expected.outcomes import Outcome, outcome_of
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class Clarified:
    """The first reply counts, whatever was answered after it. Neither good nor bad alone; fewer is less work."""

    name: str = "clarified"
    higher_is_better: bool = False

    def __call__(self, case: Case, output: Output) -> Score:
        asked_back = not output.error and outcome_of(output.value["first_status"]) is Outcome.CLARIFIED
        return Score(float(asked_back), "; ".join(output.value.get("choices", ())))
