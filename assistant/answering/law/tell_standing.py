"""Says of every citation whether it holds on the day, and which changes to its document are known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.access.policy import Policy
from assistant.answering.context import Context
from assistant.answering.labels import labels_of
from assistant.conversations.answer import Citation
from assistant.corpus.document import AMENDING, numbered
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus, OpenGeneration
from assistant.corpus.reading.context.known import key_of, register
from assistant.corpus.reading.held import HeldDocuments
from assistant.messages import message


@dataclass(frozen=True, slots=True)
class TellStanding:
    corpus: LiveCorpus
    policy: Policy

    def __call__(self, context: Context) -> None:
        if not context.citations:
            return
        with self.corpus.open() as generation:
            held = generation.documents.seen_by(ChunkFilter(labels_of(context.principal, self.policy)))
            context.citations = [_with_standing(one, generation, held, context) for one in context.citations]
        cited = {one.document_number: one.document_name for one in context.citations if one.document_number}
        for number, name in cited.items():
            absent = [
                one for one in register().amending(number, context.law_day) if key_of(one.number) not in held.keys
            ]
            if absent:
                named = ", ".join(one.name for one in absent)
                context.notices.append(message("amendment_not_held", amended=name, named=named))


def _with_standing(citation: Citation, generation: OpenGeneration, held: HeldDocuments, context: Context) -> Citation:
    if not citation.document_number:
        return citation  # A report has no number that another document could name, and no force to lose.
    changing = [
        numbered(acting.kind, acting.number)
        for document_id, relation in generation.catalogue.relations_to(citation.document_number)
        if relation.kind in AMENDING
        and document_id != citation.document_id
        and (acting := held.find(document_id)) is not None
    ]
    return replace(citation, standing=_words(citation, list(dict.fromkeys(changing)), context))


def _words(citation: Citation, changing: Sequence[str], context: Context) -> str:
    if citation.in_force is False:
        begins = citation.effective_from
        return "chưa có hiệu lực" if begins and begins > context.law_day else "hết hiệu lực"
    changed = f"; văn bản sửa đổi, bổ sung đang có trong kho: {', '.join(changing)}" if changing else ""
    ends = f" đến hết ngày {citation.effective_to:%d/%m/%Y}" if citation.effective_to else ""
    return f"còn hiệu lực{ends}{changed}"
