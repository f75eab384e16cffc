"""invariant_violations: cases in which a result broke a rule it must keep ÷ cases."""

from dataclasses import dataclass

from evals.expected.guard_case import GuardCase
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class InvariantViolations:
    name: str = "invariant_violations"
    higher_is_better: bool = False

    def __call__(self, case: GuardCase, output: Output) -> Score:
        if output.error:
            return Score(1.0, "no output")
        broken = output.value["violations"]
        return Score(float(bool(broken)), "; ".join(broken))
