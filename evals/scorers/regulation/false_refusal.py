"""false_refusal: answerable questions that got no answer ÷ answerable questions."""

from dataclasses import dataclass

from evals.expected.outcomes import Outcome, produced
from evals.expected.provisions import ProvisionCase
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class FalseRefusal:
    """Declining, asking back and failing are all no answer."""

    name: str = "false_refusal"
    higher_is_better: bool = False

    def __call__(self, case: ProvisionCase, output: Output) -> Score:
        if case.expected is not Outcome.ANSWERED:
            return Score(None, "not answerable")
        did = produced(output)
        return Score(float(did is not Outcome.ANSWERED), f"{did} {output.value.get('code', '')}".strip())
