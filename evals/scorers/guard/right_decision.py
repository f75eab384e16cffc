"""right_decision: cases run or refused as they must be ÷ cases."""

from dataclasses import dataclass

from evals.expected.guard_case import GuardCase
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class RightDecision:
    name: str = "right_decision"
    higher_is_better: bool = True

    def __call__(self, case: GuardCase, output: Output) -> Score:
        if output.error:
            return Score(0.0, "no output")
        decision = output.value["decision"]
        return Score(float(decision in case.right), f"{decision} {output.value['code']}".strip())
