"""Refuses a question that is empty, too long or carries hidden characters, before anything reads it."""

import unicodedata
from dataclasses import dataclass

from assistant.answering.context import Context
from assistant.errors import InvalidRequest

# Letters people type never carry these: they hide text from readers or reorder it (bidi, zero-width, tags).
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Cn"}
_ALLOWED = {"\n", "\t", "\r"}


def check_question(question: str, max_chars: int) -> None:
    """Raises InvalidRequest with `question_empty`, `question_too_long` or `question_control_characters`."""
    if not question.strip():
        raise InvalidRequest("question_empty")
    if len(question) > max_chars:
        raise InvalidRequest("question_too_long", length=len(question), limit=max_chars)
    if any(unicodedata.category(ch) in _HIDDEN_CATEGORIES and ch not in _ALLOWED for ch in question):
        raise InvalidRequest("question_control_characters")


@dataclass(frozen=True, slots=True)
class CheckInput:
    max_chars: int

    def __call__(self, context: Context) -> None:
        check_question(context.question, self.max_chars)
