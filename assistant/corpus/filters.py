"""What a search may see: a plain value that each index translates, and that fails closed."""

from dataclasses import dataclass
from datetime import date

from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Validity


@dataclass(frozen=True, slots=True)
class ChunkFilter:
    """Only chunks whose label is in `labels` and, when given, in force on `as_of` and of `kinds` or `document_ids`.

    An empty `labels` matches nothing: a caller without labels sees no document. `as_of=None` means
    any day. Unknown dates count as in force. Drafts never match unless `drafts` is true. With `ended` the day lets
    through what had ended before it, instead of what is in force on it.
    """

    labels: tuple[str, ...]
    as_of: date | None = None
    kinds: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    drafts: bool = False
    ended: bool = False

    def allows(self, chunk: Chunk) -> bool:
        """The same rule for a chunk that was found without an index."""
        day = self.as_of
        return (
            chunk.label in self.labels
            and (not self.kinds or chunk.kind.value in self.kinds)
            and (not self.document_ids or chunk.document_id in self.document_ids)
            and (self.drafts or not chunk.is_draft)
            and (day is None or self._holds(chunk, day))
        )

    def _holds(self, chunk: Chunk, day: date) -> bool:
        if self.ended:
            return chunk.effective_to is not None and chunk.effective_to < day
        return Validity(chunk.effective_from, chunk.effective_to).in_force(day)
