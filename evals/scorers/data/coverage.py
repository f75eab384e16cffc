"""coverage: answered, at once or after one question back ÷ questions in scope."""

from dataclasses import dataclass

from evals.expected.data_case import DataCase
from evals.expected.outcomes import Outcome, produced
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class Coverage:
    """Right or wrong alike; failing counts 0."""

    name: str = "coverage"
    higher_is_better: bool = True

    def __call__(self, case: DataCase, output: Output) -> Score:
        if not case.in_scope:
            return Score(None, "out of scope")
        did = produced(output)
        return Score(float(did is Outcome.ANSWERED), f"{did} {output.value.get('code', '')}".strip())
