"""Makes a follow-up stand alone by putting the question it leans on before it."""

import re
from dataclasses import dataclass

from assistant.answering.context import Context
from assistant.text import fold, syllables

_LEANS = re.compile(
    r"^(con|the con|vay con|vay|vay thi|the|the thi|neu|neu vay|nhung|tai sao|vi sao|ai|khi nao|o dau)\b"
)
_POINTS_BACK = re.compile(
    r"\b(van ban|quy dinh|thong tu|nghi dinh|dieu|khoan|so lieu|noi dung|viec|truong hop) (nay|do|tren|vua (roi|neu))\b"
)
_SHORT_SYLLABLES = 8


@dataclass(frozen=True, slots=True)
class Rephrase:
    """Data questions carry their own request forward (query step); this serves the search for provisions."""

    def __call__(self, context: Context) -> None:
        if not context.previous:
            return
        folded = " ".join(fold(context.question).split())
        short = len(syllables(context.question)) <= _SHORT_SYLLABLES
        if _POINTS_BACK.search(folded) or (short and _LEANS.match(folded)):
            context.understood = f"{context.previous[-1].question} – {context.question}"
            context.note("leans on the question before")
