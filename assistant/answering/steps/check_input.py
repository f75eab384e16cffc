"""Refuses a question that is empty or too long; drops hidden characters and masks personal numbers in it."""

import re
import unicodedata
from dataclasses import dataclass

from assistant.access.masking import MASK, mask
from assistant.answering.context import Context
from assistant.errors import InvalidRequest
from assistant.messages import message
from assistant.text import nfc

# Nobody sees these, so nobody asked them: controls, zero-width and reordering marks, tags. What is read, stored and
# sent on is the question as its reader sees it.
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Co", "Cn"}
_ALLOWED = {"\n", "\t", "\r"}
_TERMINAL_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")
_MOST_MARKS = 3
"""Combining marks on one letter: Vietnamese needs two; a pile of hundreds only costs time and screen."""


def check_question(question: str, max_chars: int) -> str:
    """The question in composed form without what nobody sees, personal numbers masked.

    Raises InvalidRequest with `question_empty`, `question_too_long` or `question_control_characters`.
    """
    if any(unicodedata.category(ch) == "Cs" for ch in question):
        raise InvalidRequest("question_control_characters")
    question = nfc(_visible(question))
    if not question.strip():
        raise InvalidRequest("question_empty")
    if len(question) > max_chars:
        raise InvalidRequest("question_too_long", length=len(question), limit=max_chars)
    return mask(question.strip())


def _visible(question: str) -> str:
    kept, marks = [], 0
    for ch in _TERMINAL_SEQUENCE.sub("", question):
        marks = marks + 1 if unicodedata.combining(ch) else 0
        hidden = unicodedata.category(ch) in _HIDDEN_CATEGORIES and ch not in _ALLOWED
        if not hidden and marks <= _MOST_MARKS:
            kept.append(ch)
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class CheckInput:
    max_chars: int

    def __call__(self, context: Context) -> None:
        context.question = check_question(context.question, self.max_chars)
        if MASK in context.question:
            context.notices.append(message("question_masked"))
