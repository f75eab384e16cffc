"""refused_right: out-of-scope questions declined ÷ out-of-scope questions."""

from dataclasses import dataclass

from evals.expected.data_case import DataCase
from evals.expected.outcomes import Outcome, produced
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class RefusedRight:
    """Any declining status counts for any other; a question back and a failure do not."""

    name: str = "refused_right"
    higher_is_better: bool = True

    def __call__(self, case: DataCase, output: Output) -> Score:
        if case.in_scope or case.expected is not Outcome.DECLINED:
            return Score(None, "in scope")
        did = produced(output)
        return Score(float(did is Outcome.DECLINED), f"expected {case.status}, did {did}")
