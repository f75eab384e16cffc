"""The JSON of conversations and turns beyond their answers."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from assistant.api.schemas import TurnBody, is_text
from assistant.conversations.conversation import Conversation, TurnState
from assistant.conversations.feedback import Rating, Reason

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), AfterValidator(is_text)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TitleBody(_In):
    """Another title for a conversation."""

    title: Title = Field(examples=["Học bạ số năm học 2025-2026"])


class FeedbackBody(_In):
    """What the asker thinks of an answer; the last one given counts."""

    rating: Rating
    reason: Reason | None = Field(default=None, description="why it was no good")
    comment: Annotated[str, StringConstraints(max_length=1000), AfterValidator(is_text)] = ""


class ConversationCreated(BaseModel):
    """A conversation that has begun."""

    id: str = Field(examples=["0b2f6f7e-3a0e-4a57-9d38-0f6a3f1c8d11"])


class ConversationHeadBody(BaseModel):
    """A conversation as a list shows it; its title is the first question unless it was renamed."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    turns: int


class ConversationList(BaseModel):
    """The caller's conversations, the newest first; `more` says that there are others after these."""

    conversations: list[ConversationHeadBody]
    more: bool


class ConversationBody(BaseModel):
    """A conversation with its turns in order."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    created_at: datetime
    turns: list[TurnBody]


class TurnStateBody(BaseModel):
    """What has become of a turn."""

    id: str
    state: TurnState


def conversation_body(conversation: Conversation, title: str) -> ConversationBody:
    """`title` is the one somebody gave it, or nothing."""
    first = conversation.turns[0].question if conversation.turns else ""
    return ConversationBody(
        id=conversation.id,
        title=title or first,
        created_at=conversation.created_at,
        turns=[TurnBody.model_validate(turn) for turn in conversation.turns],
    )
