"""A caller's own conversations: begun, listed, read, renamed, deleted. Anybody else's are not found."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.concurrency import run_in_threadpool

from assistant.api.chat.bodies import (
    ConversationBody,
    ConversationCreated,
    ConversationList,
    TitleBody,
    conversation_body,
)
from assistant.api.dependencies import Caller, SharedParts
from assistant.conversations.conversation import Conversation
from assistant.conversations.history import History

router = APIRouter(prefix="/v1/conversations", tags=["conversations"])

_RECENT_TURNS = 20
"""Twice what a next question leans on: some may have been interrupted."""
_MOST_LISTED, _FURTHEST = 100, 100_000


def own_conversation(conversation_id: str, parts: SharedParts, caller: Caller) -> Conversation:
    """The conversation of the path, when it is the caller's."""
    return parts.conversations.find(conversation_id, str(caller))


def recent_conversation(conversation_id: str, parts: SharedParts, caller: Caller) -> Conversation:
    """The same with the turns a next question leans on: a long conversation is not read whole for each."""
    return parts.conversations.find(conversation_id, str(caller), _RECENT_TURNS)


Own = Annotated[Conversation, Depends(own_conversation)]
Recent = Annotated[Conversation, Depends(recent_conversation)]


@router.post("", status_code=201, summary="Begin a conversation")
def begin_conversation(parts: SharedParts, caller: Caller) -> ConversationCreated:
    parts.beginning.take(str(caller))
    return ConversationCreated(id=parts.conversations.create(str(caller)).id)


@router.get("", summary="The caller's conversations, the newest first")
def list_conversations(
    parts: SharedParts,
    caller: Caller,
    limit: Annotated[int, Query(ge=1, le=_MOST_LISTED)] = 30,
    offset: Annotated[int, Query(ge=0, le=_FURTHEST)] = 0,
) -> ConversationList:
    found = History(parts.conversations).list(str(caller), limit + 1, offset)
    return ConversationList.model_validate(
        {"conversations": found[:limit], "more": len(found) > limit}, from_attributes=True
    )


@router.delete("", status_code=204, summary="Delete every conversation of the caller for good")
async def remove_conversations(parts: SharedParts, caller: Caller) -> None:
    parts.turns.stop_all(str(caller))
    await run_in_threadpool(History(parts.conversations).remove_all, str(caller))


@router.get("/{conversation_id}", summary="Read a conversation with its turns")
def read_conversation(conversation: Own, parts: SharedParts) -> ConversationBody:
    return conversation_body(conversation, History(parts.conversations).title(conversation.id))


@router.patch("/{conversation_id}", summary="Give a conversation another title")
def rename_conversation(body: TitleBody, conversation: Own, parts: SharedParts) -> ConversationBody:
    History(parts.conversations).rename(conversation.id, body.title)
    return read_conversation(conversation, parts)


@router.delete("/{conversation_id}", status_code=204, summary="Delete a conversation for good")
async def remove_conversation(conversation: Own, parts: SharedParts) -> None:
    parts.turns.stop_all(conversation.principal, conversation.id)
    await run_in_threadpool(parts.conversations.remove, conversation.id, conversation.principal)
