"""invented_citation: citations whose provision or words are not in the stored documents ÷ citations shown."""

from dataclasses import dataclass

from evals.case import Case
from evals.expected.provisions import Located
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class InventedCitation:
    """Over all citations of all cases. `in_store` was checked against the catalogue, not taken from the answer."""

    name: str = "invented_citation"
    higher_is_better: bool = False

    def __call__(self, case: Case, output: Output) -> Score:
        citations = [] if output.error else output.value["citations"]
        if not citations:
            return Score(None, "no citation")
        invented = [c for c in citations if not (c["in_store"] and c["verified"])]
        reason = "; ".join(str(Located.from_json(citation)) for citation in invented)
        return Score(len(invented) / len(citations), reason, weight=len(citations))
