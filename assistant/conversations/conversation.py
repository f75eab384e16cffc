"""A Conversation is a principal's run of Turns; a Turn is a question with the answer it got."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assistant.conversations.answer import Answer


class TurnState(StrEnum):
    RUNNING = "running"
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Turn:
    """`answer` is set exactly when the state is COMPLETE: a turn is never half-saved."""

    question: str
    answer: Answer | None = None
    id: str = ""
    state: TurnState = TurnState.COMPLETE
    as_of: date | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """`principal` is the owner in its text form; nobody else learns that the conversation exists."""

    id: str
    principal: str
    created_at: datetime
    turns: tuple[Turn, ...] = ()

    @property
    def answered(self) -> tuple[Turn, ...]:
        """The turns a follow-up question may lean on."""
        return tuple(turn for turn in self.turns if turn.answer is not None)
