"""A choice of metrics for a question, and those made of two counts that no metric of the model holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.query.reading.words.matcher import Chunk
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.tokens import shadow
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.semantic_model import SemanticModel

MINUS = ("trừ", "trừ đi", "tru", "tru di")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One choice of metrics, the chunks by which they were recognised, and how many tokens those hold."""

    metrics: tuple[str, ...]
    used: frozenset[int]
    size: float
    by_family: bool = False
    divided: bool = False
    """Whether the first of two metrics is to be divided by the second, which no ratio of the model does."""


def quotients(model: SemanticModel, parsed: Parsed, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """One count divided by another, as in "nhân viên trên giáo viên", "mỗi hiệu trưởng … bao nhiêu giáo viên"."""
    counts = [one for one in found if not model.metrics[one.metrics[0]].is_ratio]
    for index, chunk in enumerate(parsed.chunks):
        at = parsed.divided_by(index) if chunk.is_sign(Sign.PER) else None
        below = max((one for one in counts if at in one.used and min(one.used) > index), key=_size, default=None)
        if below is None:
            continue
        others = [one for one in counts if not one.used & below.used and one.metrics != below.metrics]
        earlier = [one for one in others if max(one.used) < index]
        above = max(earlier or [one for one in others if min(one.used) > index], key=_size, default=None)
        if above is not None and same_calendar(model, above.metrics[0], below.metrics[0]):
            said = {number for number, one in enumerate(parsed.chunks) if one.is_sign(Sign.RATIO, Sign.AVERAGE)}
            used = above.used | below.used | {index} | said
            yield Candidate((*above.metrics, *below.metrics), used, above.size + below.size, divided=True)


def _size(one: Candidate) -> float:
    return one.size


def sets_against(chunk: Chunk) -> bool:
    """A word between two things that are set against each other: "trừ", "so với", "nhiều hơn"."""
    return chunk.text in MINUS or chunk.is_sign(Sign.COMPARE) or shadow(chunk.text).split(" ")[-1] == "hon"


def same_calendar(model: SemanticModel, first: str, second: str) -> bool:
    """Whether two metrics tell time alike, so that one request can hold both."""
    kinds = {time.kind if time else None for time in (model.time_of(first), model.time_of(second))}
    return len(kinds) == 1
