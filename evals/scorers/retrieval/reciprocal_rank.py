"""mrr: 1 ÷ the place of the first gold provision found, 0 when none is."""

from dataclasses import dataclass

from evals.case import Case
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class ReciprocalRank:
    name: str = "mrr"
    higher_is_better: bool = True

    def __call__(self, case: Case, output: Output) -> Score:
        if output.error:
            return Score(0.0, "no output")
        ranks = output.value["ranks"]
        if not ranks:
            return Score(None, "no gold")
        found = [rank for rank in ranks if rank is not None]
        return Score(1 / min(found) if found else 0.0, f"ranks {ranks}")
