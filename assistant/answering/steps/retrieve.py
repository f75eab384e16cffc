"""Finds the passages the caller may read that are in force on the day, and keeps those that carry the question."""

from dataclasses import dataclass

from assistant.access.policy import Policy
from assistant.answering.context import Context, Route
from assistant.answering.labels import labels_of
from assistant.corpus.chunk import Passage
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.ranking.asked import asked_for
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
        context.asked_for = asked_for(found.reading.expanded)
        # Beside figures the chips say how the question was read; the spelling of a search would only contradict them.
        spelled = message("question_restored", question=found.reading.restored)
        as_figures = context.route is Route.DATA
        context.notices.extend(note for note in found.reading.notes if not (as_figures and note == spelled))
        read = f"read as “{found.reading.expanded}”; law of {context.law_day.isoformat()}; labels {', '.join(labels)}"
        context.note(
            "\n".join([read, *map(_scores, context.passages)]) if context.passages else f"{read}; nothing found"
        )


def _scores(passage: Passage) -> str:
    """One line of the trace: where, how well it ranks and carries the question, and what made its score."""
    chunk = passage.chunk
    place = f"{chunk.number or chunk.document_id} {chunk.provision_id.partition('#')[2]}"
    parts = ", ".join(f"{name} {value:.3f}" for name, value in passage.reasons.items() if value)
    return (
        f"{place}: score {passage.score:.3f} ({parts}), support {passage.support:.2f}, "
        f"cosine {passage.dense:.3f}, bm25 {passage.sparse:.1f}"
    )
