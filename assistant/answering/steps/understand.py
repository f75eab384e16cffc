"""Makes a follow-up stand alone, and reads from the words which day's law is asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.context import Context
from assistant.conversations.conversation import Turn
from assistant.corpus.reading.addresses import find_addresses
from assistant.corpus.reading.context.days import asked_day
from assistant.corpus.reading.letters import bare
from assistant.corpus.reading.numbers import find_cited_numbers
from assistant.text import fold, nfc, syllables

_ADDRESSED = r"(?:khoan|diem|dieu) (?:\d+\w?|\w)"
_LEANS = re.compile(
    r"^(con|the con|vay con|vay|vay thi|the|the thi|neu|neu vay|nhung|tai sao|vi sao|ai|khi nao|o dau"
    rf"|{_ADDRESSED})\b"
)
# "hiệu trưởng thì sao": only the one it is about is another.
_WHAT_OF = re.compile(r"\bthi (?:sao|the nao)\W*$")
_POINTS_BACK = re.compile(
    r"\b(van ban|quy dinh|thong tu|nghi dinh|luat|quyet dinh|dieu|khoan|so lieu|noi dung|viec|truong hop)"
    r" (nay|do|ay|tren|vua (roi|neu))\b"
)
_DOCUMENT_BACK = re.compile(
    r"\b(van ban|thong tu|nghi dinh|luat|quyet dinh|nghi quyet) (nay|do|ay|tren|vua (roi|neu))\b"
)
_ADDRESS = re.compile(rf"{_ADDRESSED}\b")
_SHORT_SYLLABLES = 8


@dataclass(frozen=True, slots=True)
class Understand:
    """Data questions carry their own request forward (query step); this serves the search for provisions."""

    def __call__(self, context: Context) -> None:
        notes = []
        if context.previous and (understood := stand_alone(context.question, context.previous)):
            context.understood = understood
            notes.append("leans on the question before")
        if not context.day_given:
            asked = asked_day(context.question, context.as_of) or asked_day(context.asked, context.as_of)
            if asked and asked.day != context.as_of:
                context.asked_day = asked
                notes.append(f"law of {asked.day.isoformat()} (“{asked.words}”)")
        context.note("; ".join(notes))


def stand_alone(question: str, previous: Sequence[Turn]) -> str:
    """`question` with what it leans on put in; empty when it needs nothing."""
    text = nfc(question)
    folded = " ".join(fold(text).split())
    last = previous[-1]
    cited = last.answer.citations[0] if last.answer and last.answer.citations else None
    pointer = _DOCUMENT_BACK.search(bare(text))
    if pointer and cited and cited.document_number:
        return f"{text[: pointer.start()]}{cited.document_number}{text[pointer.end() :]}"
    short = len(syllables(text)) <= _SHORT_SYLLABLES
    leans = _POINTS_BACK.search(folded) or (short and (_LEANS.match(folded) or _WHAT_OF.search(folded)))
    if not leans:
        return ""
    by_address = _ADDRESS.match(folded)
    if by_address and find_cited_numbers(text):
        return ""
    # "khoản 3 thì sao" stays within the document that was cited.
    if cited and cited.document_number and by_address:
        if find_addresses(text):
            return f"{text} {cited.document_number}"
        if "Điều" in cited.path:
            return f"{text} {cited.path[cited.path.find('Điều') :]} {cited.document_number}"
    # After "điều 4 nói gì" the document is what is spoken of, not that article.
    if cited and cited.document_number and _ADDRESS.match(" ".join(fold(last.question).split())):
        return f"{text} {cited.document_number}"
    return f"{last.question} – {text}"
