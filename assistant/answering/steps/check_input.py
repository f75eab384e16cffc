"""Refuses a question that is empty, too long or carries hidden characters, before anything reads it."""

import unicodedata
from dataclasses import dataclass

from assistant.answering.context import Context
from assistant.errors import InvalidRequest
from assistant.text import nfc

# Letters people type never carry these: they hide text from readers or reorder it (bidi, zero-width, tags).
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Cn"}
_ALLOWED = {"\n", "\t", "\r"}
# Word processors and web pages leave these behind on a paste; they mean nothing and are dropped.
_PASTED = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def check_question(question: str, max_chars: int) -> str:
    """The question in composed form without what a paste leaves behind.

    Raises InvalidRequest with `question_empty`, `question_too_long` or `question_control_characters`.
    """
    question = nfc(question.translate(_PASTED))
    if not question.strip():
        raise InvalidRequest("question_empty")
    if len(question) > max_chars:
        raise InvalidRequest("question_too_long", length=len(question), limit=max_chars)
    if any(unicodedata.category(ch) in _HIDDEN_CATEGORIES and ch not in _ALLOWED for ch in question):
        raise InvalidRequest("question_control_characters")
    return question.strip()


@dataclass(frozen=True, slots=True)
class CheckInput:
    max_chars: int

    def __call__(self, context: Context) -> None:
        context.question = check_question(context.question, self.max_chars)
