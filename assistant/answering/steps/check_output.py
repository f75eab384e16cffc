"""Puts the answer together from what was verified, and stops when nothing was."""

import re
from dataclasses import dataclass, replace

from assistant.answering.context import Context, Route
from assistant.answering.law.direct import direct_answer
from assistant.conversations.answer import Answer, AnswerStatus, Citation
from assistant.text import fold

_QUOTED = re.compile(r"[“\"«]([^“”\"«»]+)[”\"»]")
_SENTENCE = 4  # words in quotation marks that are a sentence and not a name
_WHICH_DOCUMENT = re.compile(r"\b(van ban|thong tu|nghi dinh|luat|quyet dinh) nao\b")
_SUPPORTING = {AnswerStatus.ANSWERED, AnswerStatus.PARTIAL}


@dataclass(frozen=True, slots=True)
class CheckOutput:
    """A data answer with provisions beside it shows both, each with its own evidence."""

    def __call__(self, context: Context) -> Answer:
        data: Answer | None = context.data
        if not context.citations:
            if data is None:
                return context.stop(AnswerStatus.NO_EVIDENCE, _nothing_found(context.question))
            return replace(data, notices=(*data.notices, *context.notices))
        regulation = Answer(
            status=AnswerStatus.ANSWERED,
            text=context.draft or _answered(context),
            as_of=context.law_day,
            citations=tuple(context.citations),
            comparison=tuple(context.comparison),
            interpretation=_interpretation(context),
            notices=tuple(context.notices),
        )
        if data is None:
            return regulation
        if data.status not in _SUPPORTING:
            failed = (data.text,) if data.status.value.startswith("failed") else ()
            return replace(regulation, notices=(*regulation.notices, *failed))
        # Where provisions were asked for they come first; a figure or the meaning of one stands beside them.
        parts = (data.text, regulation.text) if context.route is Route.DATA else (regulation.text, data.text)
        return replace(
            data,
            text="\n\n".join(parts),
            citations=regulation.citations,
            comparison=regulation.comparison,
            notices=(*data.notices, *regulation.notices),
        )


def _nothing_found(question: str) -> str:
    """What to do next depends on what was looked for: words said to stand somewhere, a document, or an answer."""
    if any(len(words.split()) >= _SENTENCE for words in _QUOTED.findall(question)):
        return "no_evidence_words"
    return "no_evidence_document" if _WHICH_DOCUMENT.search(fold(question)) else "no_evidence"


def _interpretation(context: Context) -> tuple[str, ...]:
    """How the question was read, where that differs from what was typed."""
    read = [f"Hiểu là: {context.understood}"] if context.understood else []
    if context.asked_day:
        day = f"{context.asked_day.day:%d/%m/%Y}"
        read.append(f"Trả lời theo quy định có hiệu lực tại ngày {day} (“{context.asked_day.words}”)")
    return tuple(read)


def _answered(context: Context) -> str:
    """The quotes; before them the one sentence that says what was asked, where there is one."""
    direct = direct_answer(context.asked, context.citations, context.weights)
    lead = f"Trả lời: “{direct.sentence}” [{direct.citation}]\n\n" if direct else ""
    return lead + quoted(context.citations)


def quoted(citations: list[Citation]) -> str:
    """The answer without a model: where it is written, since when it holds, and the words themselves."""
    return "\n\n".join(f"{_source(citation)}:\n“{citation.quote}” [{at}]" for at, citation in enumerate(citations, 1))


def _source(citation: Citation) -> str:
    since = f"có hiệu lực từ {citation.effective_from:%d/%m/%Y}" if citation.effective_from else ""
    effect = "; ".join(part for part in (since, citation.standing) if part)
    return f"Theo {citation.path} {citation.document_name}" + (f" ({effect})" if effect else "")
