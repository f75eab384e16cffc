"""recall@k: gold provisions found among the first k ÷ gold provisions."""

from dataclasses import dataclass

from evals.case import Case
from evals.suite import Output, Score


@dataclass(frozen=True, slots=True)
class Recall:
    """Reads `ranks`: for each gold provision the place it was found at (from 1), or None."""

    k: int
    higher_is_better: bool = True

    @property
    def name(self) -> str:
        return f"recall@{self.k}"

    def __call__(self, case: Case, output: Output) -> Score:
        if output.error:
            return Score(0.0, "no output")
        ranks = output.value["ranks"]
        if not ranks:
            return Score(None, "no gold")
        found = [rank for rank in ranks if rank is not None and rank <= self.k]
        return Score(len(found) / len(ranks), f"ranks {ranks}")
