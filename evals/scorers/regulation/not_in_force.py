"""not_in_force: citations of provisions not in force on the day asked about ÷ citations shown."""

from dataclasses import dataclass

from evals.case import Case
from evals.expected.provisions import Located
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class NotInForce:
    """Over all citations of all cases; `in_force` was computed from the stored validity and the case's day."""

    name: str = "not_in_force"
    higher_is_better: bool = False

    def __call__(self, case: Case, output: Output) -> Score:
        citations = [] if output.error else output.value["citations"]
        if not citations:
            return Score(None, "no citation")
        stale = [citation for citation in citations if not citation["in_force"]]
        reason = "; ".join(str(Located.from_json(citation)) for citation in stale)
        return Score(len(stale) / len(citations), reason, weight=len(citations))
