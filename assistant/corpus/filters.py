"""What a search may see: a plain value that each index translates, and that fails closed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ChunkFilter:
    """Only chunks whose label is in `labels` and, when given, in force on `as_of` and of `kinds` or `document_ids`.

    An empty `labels` matches nothing: a caller without labels sees no document. `as_of=None` means
    any day. Unknown dates count as in force. Drafts never match unless `drafts` is true.
    """

    labels: tuple[str, ...]
    as_of: date | None = None
    kinds: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    drafts: bool = False
