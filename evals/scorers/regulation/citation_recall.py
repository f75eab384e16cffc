"""citation_recall: gold provisions the answer cites ÷ gold provisions."""

from dataclasses import dataclass

from evals.expected.provisions import Located, ProvisionCase, matches
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class CitationRecall:
    """Over cases with gold. Declining, failing and citing nothing all count 0."""

    name: str = "citation_recall"
    higher_is_better: bool = True

    def __call__(self, case: ProvisionCase, output: Output) -> Score:
        if not case.gold:
            return Score(None, "no gold")
        if output.error:
            return Score(0.0, "no output")
        cited = [Located.from_json(citation) for citation in output.value["citations"]]
        missed = [gold for gold in case.gold if not any(matches(gold, found) for found in cited)]
        reason = "; ".join(f"not cited: {gold.path} {gold.document_number}".replace("  ", " ") for gold in missed)
        return Score(1 - len(missed) / len(case.gold), reason)
