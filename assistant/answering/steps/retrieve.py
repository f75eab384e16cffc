"""Finds the passages the caller may read that are in force on the day, and keeps those that carry the question."""

from dataclasses import dataclass

from assistant.access.policy import Policy
from assistant.answering.context import Context
from assistant.answering.labels import labels_of
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.search import Search
from assistant.errors import IndexUnavailable
from assistant.messages import message


@dataclass(frozen=True, slots=True)
class Retrieve:
    search: Search
    policy: Policy
    limit: int

    def __call__(self, context: Context) -> None:
        if context.settled:
            return
        labels = labels_of(context.principal, self.policy)
        try:
            found = self.search.search(context.searched, ChunkFilter(labels=labels, as_of=context.law_day), self.limit)
        except IndexUnavailable as error:
            if context.data is None:
                raise
            # What the figures said stands; the reader learns that no document could be looked up.
            context.notices.append(message(error.code, **error.values))
            return
        context.passages = list(found.passages)
        context.weights = found.weights
        context.notices.extend(found.reading.notes)
        best = context.passages[0] if context.passages else None
        context.note(f"{len(context.passages)} passages, best support {best.support:.2f}" if best else "nothing found")
