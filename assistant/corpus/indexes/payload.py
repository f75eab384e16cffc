"""What an index stores beside the vectors, and a ChunkFilter as plain conditions that each index translates."""

from dataclasses import dataclass
from datetime import date

from assistant.corpus.chunk import Chunk
from assistant.corpus.filters import ChunkFilter

DENSE = "dense"
SPARSE = "sparse"

KEYWORD_FIELDS = ("document_id", "number", "kind", "label", "territory")
INTEGER_FIELDS = ("is_draft", "effective_from", "effective_to")

# A date that is not known counts as open, so that silence never hides a text.
_ALWAYS_FROM = 0
_ALWAYS_TO = 99991231


@dataclass(frozen=True, slots=True)
class Condition:
    """`field` is one of `any_of`, or lies within the bounds that are given."""

    field: str
    any_of: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None


def payload_of(chunk: Chunk) -> dict[str, str | int]:
    """The filterable facts of `chunk`; days are written as yyyymmdd."""
    return {
        "document_id": chunk.document_id,
        "number": chunk.number,
        "kind": chunk.kind.value,
        "label": chunk.label,
        "territory": chunk.territory,
        "is_draft": int(chunk.is_draft),
        "effective_from": _day(chunk.effective_from) if chunk.effective_from else _ALWAYS_FROM,
        "effective_to": _day(chunk.effective_to) if chunk.effective_to else _ALWAYS_TO,
    }


def conditions_of(chunk_filter: ChunkFilter) -> list[Condition] | None:
    """The conditions a chunk must meet, or None when none can: a caller without labels sees nothing."""
    if not chunk_filter.labels:
        return None
    conditions = [Condition("label", any_of=chunk_filter.labels)]
    if chunk_filter.kinds:
        conditions.append(Condition("kind", any_of=chunk_filter.kinds))
    if chunk_filter.document_ids:
        conditions.append(Condition("document_id", any_of=chunk_filter.document_ids))
    if not chunk_filter.drafts:
        conditions.append(Condition("is_draft", at_most=0))
    if chunk_filter.as_of is not None:
        day = _day(chunk_filter.as_of)
        if chunk_filter.ended:
            return [*conditions, Condition("effective_to", at_most=day - 1)]
        conditions.append(Condition("effective_from", at_most=day))
        conditions.append(Condition("effective_to", at_least=day))
    return conditions


def _day(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
