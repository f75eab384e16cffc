"""Drafts the regulation answer: a model's words where one is configured, else the provisions themselves."""

from dataclasses import dataclass

import structlog

from assistant.answering.context import Context
from assistant.answering.model_writer import ModelWriter
from assistant.answering.narrowing import narrow
from assistant.answering.quoting import choose, quote_from, rank_of
from assistant.conversations.answer import Citation
from assistant.corpus.chunk import Passage
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.reading.addresses import find_addresses
from assistant.errors import UpstreamError
from assistant.messages import message

_CLEARLY = 0.8
"""The support at which a document joins a figure, or a question back about one: it speaks of the very same thing."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Write:
    """Choosing what to quote comes first: it is the evidence either way, and what is shown when the model fails."""

    corpus: LiveCorpus
    min_support: float
    writer: ModelWriter | None = None

    def __call__(self, context: Context) -> None:
        if context.settled:
            return
        needed = max(self.min_support, _CLEARLY) if context.asks_figures else self.min_support
        ordered = sorted(context.passages, key=rank_of, reverse=True)
        chosen = choose(ordered, context.weights, needed)
        context.note(
            "\n".join([f"{len(chosen)} of {len(context.passages)} passages", *_why_not(context, chosen, needed)])
        )
        if chosen and not (self.writer and _let_model_write(context, chosen, self.writer)):
            context.citations = self._quoted(context, chosen)

    def _quoted(self, context: Context, chosen: list[Passage]) -> list[Citation]:
        with self.corpus.open() as generation:
            documents = {one.chunk.document_id: generation.catalogue.document(one.chunk.document_id) for one in chosen}
        drafts = []
        articles = any(one.article and not one.clause for one in find_addresses(context.asked))
        for passage in chosen:
            document = documents[passage.chunk.document_id]
            if document is not None:
                # An article asked for by its number alone is shown as it is, not by what one of its clauses says.
                if articles and passage.reasons.get("cited_unit"):
                    provision_id, text = passage.chunk.provision_id, passage.chunk.text
                else:
                    provision_id, text = narrow(document, passage.chunk, context.weights, context.asked_for)
                drafts.append(_draft(passage, provision_id, quote_from(text, context.weights, context.asked_for)))
        return drafts


def _why_not(context: Context, chosen: list[Passage], needed: float) -> list[str]:
    """Why each passage that was found is not quoted."""
    rest = [one for one in context.passages if one not in chosen]
    return [
        f"{one.chunk.number} {one.chunk.provision_id.partition('#')[2]}: "
        + (f"support {one.support:.2f} < {needed:g}" if one.support < needed else "adds nothing new")
        for one in rest
    ]


def _let_model_write(context: Context, chosen: list[Passage], writer: ModelWriter) -> bool:
    try:
        written = writer.write(context.asked, chosen, context.law_day)
    except UpstreamError as error:
        log.warning("model_failed", code=error.code)
        context.notices.append(message(error.code))
        return False
    used = [chosen[source] for source in written.sources]
    context.citations = [
        _draft(one, one.chunk.provision_id, quote_from(one.chunk.text, context.weights, context.asked_for))
        for one in used
    ]
    context.draft = written.text
    context.note(f"model wrote from {len(chosen)} passages; {written.dropped} sentences dropped")
    return True


def _draft(passage: Passage, provision_id: str, quote: str) -> Citation:
    """A citation still to be verified; the verification fills in what the catalogue knows."""
    chunk = passage.chunk
    return Citation(
        document_id=chunk.document_id,
        provision_id=provision_id,
        document_number=chunk.number,
        title="",
        path="",
        quote=quote,
        verified=False,
        url="",
    )
