"""Answers "còn hiệu lực không": from what the documents held say of each other, else from the register by name only."""

import re
from dataclasses import dataclass

from assistant.access.policy import Policy
from assistant.answering.context import Context, Route
from assistant.answering.labels import labels_of
from assistant.answering.law.evidence import cite, mention_of, smallest_unit
from assistant.conversations.answer import Answer, Citation
from assistant.corpus.catalogue import Catalogue
from assistant.corpus.document import AMENDING, Document, Relation, RelationKind
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.reading.context.known import register
from assistant.corpus.reading.held import HeldDocuments
from assistant.corpus.reading.law_names import laws_named
from assistant.corpus.reading.numbers import find_cited_numbers
from assistant.messages import message
from assistant.text import fold

_ASKS_STATUS = re.compile(
    r"\b(con|het|con co|co con|dang co) (hieu luc|gia tri|dung|ap dung|su dung)\b"
    r"|\bcon (k|ko|khong|hok)\b|\bcon (hieu luc|dung|ap dung)? ?(nua )?(khong|k|ko|chua)\b"
    r"|\b(da )?(bi|duoc) (thay the|bai bo|sua doi)( chua| boi| bang| roi)?\b|\bvan ban nao thay the\b"
    r"|\b(hieu luc|ap dung) (tu )?(khi nao|ngay nao|bao gio|tu bao gio|tu ngay nao)\b"
)
_ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
_EFFECT = re.compile(
    r"có hiệu lực(?: thi hành)?(?: kể)? từ|có hiệu lực(?: thi hành)? sau|hiệu lực thi hành", re.IGNORECASE
)
_ASKS_END = re.compile(r"\bhet hieu luc\b|\bden (?:khi nao|bao gio|ngay nao|het ngay nao|nam nao)\b")
_OWN_END = re.compile(r"\bnày (?:sẽ )?hết hiệu lực\b|\bnày được (?:áp dụng|thực hiện) đến\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TellStatus:
    """Each sentence rests on a provision: the clause that replaces or amends, or the document's own on its effect."""

    corpus: LiveCorpus
    policy: Policy

    def __call__(self, context: Context) -> Answer | None:
        asks = _ASKS_STATUS.search(" ".join(fold(context.asked).split()))
        if context.settled or context.route is Route.DATA or not asks:
            return None
        labels = labels_of(context.principal, self.policy)
        with self.corpus.open() as generation:
            visible = generation.documents.seen_by(ChunkFilter(labels))
            held = [
                document
                for number in _numbers_meant(context.asked, visible)
                for document in generation.catalogue.documents_with_number(number)[:1]
            ]
            told = [_tell(document, generation.catalogue, context, labels) for document in held[:3]]
        for sentence, citations in told:
            if citations:
                numbers = "".join(f" [{len(context.citations) + at}]" for at in range(1, len(citations) + 1))
                context.draft = f"{context.draft}\n{sentence}{numbers}".strip()
                context.citations.extend(citations)
        context.settled = bool(context.citations or context.missing)
        return None


def _numbers_meant(asked: str, visible: HeldDocuments) -> list[str]:
    """The numbers of the held documents that are cited, else of the laws that are named, each once."""
    cited = [one.number for number in find_cited_numbers(asked) for one in visible.fitting(number)]
    return list(dict.fromkeys(cited or [law.number for _, _, law in laws_named(asked, visible)]))


def _tell(
    document: Document, catalogue: Catalogue, context: Context, labels: tuple[str, ...]
) -> tuple[str, list[Citation]]:
    """A sentence on one document and what it rests on; without evidence, nothing is said."""
    name = document.name
    ending = [each for each in _acting(document, catalogue, context, labels) if each[1].kind in _ENDING]
    for acting, relation in ending:
        if not relation.target_path and (citation := _evidence(acting, document.number)):
            by = acting.name
            day = acting.validity.effective_from
            since = f" từ {day:%d/%m/%Y}" if day else ""
            return message("law_ended", name=name, since=since, by=by), [citation]
    known = register().replacing(document.number, context.law_day)
    if known:
        context.missing.append(message("document_replaced", replaced=name, name=known.name))
        return "", []
    return _in_force(document, name, catalogue, context, labels)


def _in_force(
    document: Document, name: str, catalogue: Catalogue, context: Context, labels: tuple[str, ...]
) -> tuple[str, list[Citation]]:
    citations = _on_effect(document, context.asked)
    changes = [
        (acting, evidence)
        for acting, relation in _acting(document, catalogue, context, labels)
        if relation.kind in AMENDING and (evidence := _evidence(acting, document.number))
    ]
    names = list(dict.fromkeys(acting.name for acting, _ in changes))
    citations += list({evidence.document_id: evidence for _, evidence in changes}.values())[:2]
    if not document.validity.in_force(context.law_day):
        code = "law_not_yet" if (document.validity.effective_from or context.law_day) > context.law_day else "law_over"
    else:
        code = "law_amended" if names else "law_in_force"
    day = document.validity.effective_from
    since = f" từ {day:%d/%m/%Y}" if day else ""
    return message(code, name=name, since=since, by=", ".join(names)), citations


def _on_effect(document: Document, asked: str) -> list[Citation]:
    """What the document says of its own days: of its last one where that is asked and said, else of its first."""
    ends = _ASKS_END.search(" ".join(fold(asked).split()))
    for said in (_OWN_END, _EFFECT) if ends else (_EFFECT,):
        if unit := smallest_unit(document, said):
            return [cite(document, unit, said)]
    return []


def _acting(
    document: Document, catalogue: Catalogue, context: Context, labels: tuple[str, ...]
) -> list[tuple[Document, Relation]]:
    """Documents in force on the day that change this one, with how."""
    found = []
    for document_id, relation in catalogue.relations_to(document.number):
        acting = catalogue.document(document_id) if relation.kind in (*_ENDING, *AMENDING) else None
        if acting and acting.label in labels and not acting.is_draft:
            begins = acting.validity.effective_from
            if begins is None or begins <= context.law_day:
                found.append((acting, relation))
    return found


def _evidence(acting: Document, number: str) -> Citation | None:
    mention = mention_of(number)
    acts = re.compile(rf"(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hết hiệu lực)[^.;]*?{mention.pattern}", re.IGNORECASE)
    for said in (acts, mention):
        if unit := smallest_unit(acting, said):
            return cite(acting, unit, said)
    return None
