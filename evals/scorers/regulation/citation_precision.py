"""citation_precision: citations that are gold ÷ citations shown."""

from dataclasses import dataclass

from evals.expected.provisions import Located, ProvisionCase, matches
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class CitationPrecision:
    """Averaged over cases with gold that were answered with at least one citation; a case that raised counts 0."""

    name: str = "citation_precision"
    higher_is_better: bool = True

    def __call__(self, case: ProvisionCase, output: Output) -> Score:
        if not case.gold:
            return Score(None, "no gold")
        if output.error:
            return Score(0.0, "no output")
        cited = [Located.from_json(citation) for citation in output.value["citations"]]
        if not cited:
            return Score(None, "no citation")
        right = [found for found in cited if any(matches(gold, found) for gold in case.gold)]
        others = [str(found) for found in cited if found not in right]
        return Score(len(right) / len(cited), "; ".join(f"not gold: {other}" for other in others))
