"""What an asker thought of an answer: one judgement a turn, the last one given."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import delete, insert

from assistant.access.masking import mask
from assistant.conversations.repository import ConversationRepository
from assistant.conversations.tables import feedback


class Rating(StrEnum):
    UP = "up"
    DOWN = "down"


class Reason(StrEnum):
    """Why an answer was no good."""

    WRONG = "wrong"
    WRONG_SOURCE = "wrong_source"
    OUT_OF_DATE = "out_of_date"
    INCOMPLETE = "incomplete"
    NOT_ANSWERED = "not_answered"
    MISUNDERSTOOD = "misunderstood"
    UNCLEAR = "unclear"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Feedback:
    """`comment` is kept with personal numbers masked."""

    rating: Rating
    reason: Reason | None = None
    comment: str = ""


def keep_feedback(store: ConversationRepository, turn_id: str, given: Feedback) -> None:
    """Keep it in place of what was said before; the turn has been found to be the asker's."""
    with store.transaction() as connection:
        connection.execute(delete(feedback).where(feedback.c.turn_id == turn_id))
        connection.execute(
            insert(feedback).values(
                turn_id=turn_id,
                rating=given.rating,
                reason=given.reason,
                comment=mask(given.comment),
                given_at=datetime.now(UTC).replace(tzinfo=None),
            )
        )
