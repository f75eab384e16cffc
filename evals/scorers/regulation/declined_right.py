"""declined_right: questions declined or asked back as they should be ÷ questions that should be."""

from dataclasses import dataclass

from evals.expected.outcomes import Outcome, produced
from evals.expected.provisions import ProvisionCase
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class DeclinedRight:
    """Any declining status counts for any other; a question back counts only where one is expected; failing is 0."""

    name: str = "declined_right"
    higher_is_better: bool = True

    def __call__(self, case: ProvisionCase, output: Output) -> Score:
        expected = case.expected
        if expected is Outcome.ANSWERED:
            return Score(None, "answerable")
        did = produced(output)
        return Score(float(did is expected), f"expected {expected}, did {did}")
