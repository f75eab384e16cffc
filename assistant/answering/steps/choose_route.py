"""Decides whether provisions, figures or both can answer."""

import re
from dataclasses import dataclass

from assistant.answering.context import Context, Route
from assistant.answering.steps.query import previous_request
from assistant.query.outcome import DataStatus
from assistant.query.questions import DataQuestions
from assistant.text import fold

# Words that ask what is written rather than how many there are.
_ASKS_LAW = re.compile(
    r"\b(quy dinh|thong tu|nghi dinh|nghi quyet|luat|dieu \d+|khoan \d+|quyet dinh|cong van|van ban|tham quyen|thu tuc"
    r"|trinh tu|ho so gom|duoc phep|co duoc|phai|trach nhiem|dieu kien|tieu chuan|trinh do chuan|the nao|ntn|la gi"
    r"|cach tinh|tinh the nao|thoi han|han nop|hieu luc|xu ly|xu phat|ai (ky|duoc|chiu|co quyen)|muc (thu|phat|luong)"
    r"|bao lau|khi nao|can cu|tt|nd|cv|qd) ?\b"
)
_CERTAIN = 0.95
_CLEAR = 0.6
"""How sure a reading must be that figures are asked, where no word asks for law."""


@dataclass(frozen=True, slots=True)
class ChooseRoute:
    questions: DataQuestions

    def __call__(self, context: Context) -> None:
        previous = previous_request(context.previous)
        # Where no figures were spoken of, a question that leans on the one before goes where that one went.
        question = context.question if previous else context.asked
        reading = self.questions.read(question, context.as_of, previous)
        asks_law = bool(_ASKS_LAW.search(" ".join(fold(question).split())))
        context.reading = reading
        context.route = choose(reading.status, reading.confidence, asks_law=asks_law)
        context.note(f"{context.route.value} (data reading {reading.status.value}, {reading.confidence:.2f})")


def choose(status: DataStatus, confidence: float, *, asks_law: bool) -> Route:
    """Figures when the reading explains the question, wholly where the words ask what is written."""
    needed = _CERTAIN if asks_law else _CLEAR
    readable = status in {DataStatus.ANSWERED, DataStatus.CLARIFICATION}
    return Route.DATA if readable and confidence >= needed else Route.REGULATION
