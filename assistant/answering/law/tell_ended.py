"""Names a provision that says what was asked and no longer holds, so that a neighbour is not taken for it."""

from dataclasses import dataclass

from assistant.access.policy import Policy
from assistant.answering.context import Context, Route
from assistant.answering.labels import labels_of
from assistant.corpus.catalogue import Catalogue, LawReader
from assistant.corpus.chunk import Passage
from assistant.corpus.document import numbered
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.search import Search
from assistant.errors import IndexUnavailable
from assistant.messages import message

_LOOK_AT = 5
_DEPTH = 20
_CLEARLY = 0.9
"""The support from which an ended provision is worth naming: it speaks of the very thing."""


@dataclass(frozen=True, slots=True)
class TellEnded:
    """Looks once more, at what has ended: what carries the question better than all that is in force is named."""

    search: Search
    corpus: LiveCorpus
    policy: Policy

    def __call__(self, context: Context) -> None:
        if context.settled or context.route is Route.DATA:
            return
        labels = labels_of(context.principal, self.policy)
        try:
            ended = ChunkFilter(labels=labels, as_of=context.law_day, ended=True)
            found = self.search.search(context.searched, ended, _LOOK_AT, depth=_DEPTH).passages
        except IndexUnavailable:
            return  # The search before this one said so.
        in_force = max((passage.support for passage in context.passages), default=0.0)
        best = max(found, key=lambda passage: passage.support, default=None)
        if best is not None and best.support >= _CLEARLY and best.support > in_force:
            with self.corpus.open() as generation:
                _tell(best, generation.catalogue, context)


def _tell(passage: Passage, catalogue: Catalogue, context: Context) -> None:
    chunk = passage.chunk
    provision = catalogue.provision(chunk.provision_id)
    if provision is None or chunk.effective_to is None or chunk.effective_to >= context.law_day:
        return
    # Words that were only replaced live on at the same address.
    if LawReader(catalogue).provision_on(chunk.number, provision.path, context.law_day) is None:
        ended = message(
            "provision_ended",
            path=provision.path,
            name=numbered(chunk.kind.value, chunk.number),
            day=f"{chunk.effective_to:%d/%m/%Y}",
        )
        context.notices.append(ended)
        context.note(ended)
