"""Drafts the regulation answer: a model's words where one is configured, else the provisions themselves."""

from dataclasses import dataclass

import structlog

from assistant.answering.context import Context
from assistant.answering.model_writer import ModelWriter
from assistant.answering.quoting import choose, quote_from
from assistant.conversations.answer import Citation
from assistant.corpus.chunk import Passage
from assistant.errors import UpstreamError
from assistant.messages import message

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Write:
    """Quoting comes first: its citations are the evidence either way, and what is shown when the model fails."""

    min_support: float
    writer: ModelWriter | None = None

    def __call__(self, context: Context) -> None:
        chosen = choose(context.passages, context.weights, self.min_support)
        context.citations = [_draft(passage, context) for passage in chosen]
        context.note(f"{len(chosen)} of {len(context.passages)} passages")
        if chosen and self.writer is not None:
            self._let_model_write(context, chosen, self.writer)

    @staticmethod
    def _let_model_write(context: Context, chosen: list[Passage], writer: ModelWriter) -> None:
        try:
            written = writer.write(context.asked, chosen, context.as_of)
        except UpstreamError as error:
            log.warning("model_failed", code=error.code)
            context.notices.append(message(error.code))
            return
        context.citations = [context.citations[source] for source in written.sources]
        context.draft = written.text
        context.note(f"model wrote from {len(chosen)} passages; {written.dropped} sentences dropped")


def _draft(passage: Passage, context: Context) -> Citation:
    """A citation still to be verified; the verification fills in what the catalogue knows."""
    chunk = passage.chunk
    return Citation(
        document_id=chunk.document_id,
        provision_id=chunk.provision_id,
        document_number=chunk.number,
        title="",
        path="",
        quote=quote_from(chunk.text, context.weights),
        verified=False,
        url="",
    )
