"""Conversations and their turns: a turn streams its progress and then one verified answer."""

from concurrent.futures import Future
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from assistant.access.principal import Principal
from assistant.answering.steps.check_input import check_question
from assistant.api.dependencies import Caller, Shared, SharedParts
from assistant.api.events import OnProgress, Work, stream, wait
from assistant.api.problems import PROBLEMS
from assistant.api.schemas import (
    AnswerBody,
    ConversationBody,
    ConversationCreated,
    QuestionBody,
    TraceBody,
    conversation_body,
    trace_body,
)
from assistant.conversations.answer import Answer
from assistant.conversations.conversation import Conversation, Turn

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], responses=PROBLEMS)

turns_router = APIRouter(prefix="/v1/turns", tags=["conversations"], responses=PROBLEMS)

_REMEMBERED_TURNS = 10
_EVENTS_EXAMPLE = (
    'event: progress\ndata: {"step":1,"text":"Đang kiểm tra câu hỏi"}\n\n'
    'event: answer\ndata: {"status":"answered","text":"…","citations":[]}\n\n'
)


def own_conversation(conversation_id: str, parts: SharedParts, caller: Caller) -> Conversation:
    """The conversation of the path, when it is the caller's."""
    return parts.conversations.find(conversation_id, str(caller))


Own = Annotated[Conversation, Depends(own_conversation)]


@router.post("", status_code=201, summary="Begin a conversation")
def begin(parts: SharedParts, caller: Caller) -> ConversationCreated:
    parts.beginning.take(str(caller))
    return ConversationCreated(id=parts.conversations.create(str(caller)).id)


@router.get("/{conversation_id}", summary="Read a conversation with its turns")
def read(conversation: Own) -> ConversationBody:
    return conversation_body(conversation)


@router.delete("/{conversation_id}", status_code=204, summary="Delete a conversation for good")
def remove(conversation: Own, parts: SharedParts) -> None:
    parts.conversations.remove(conversation.id, conversation.principal)


@router.post(
    "/{conversation_id}/turns",
    summary="Ask: server-sent events, or plain JSON with Accept: application/json",
    response_model=AnswerBody,
    responses={200: {"content": {"text/event-stream": {"example": _EVENTS_EXAMPLE}}}},
)
async def ask(body: QuestionBody, request: Request, conversation: Own, parts: SharedParts, caller: Caller) -> Response:
    parts.asking.take(str(caller))
    question = check_question(body.question, parts.services.settings.question_max_chars)  # before anything is stored
    turn = await run_in_threadpool(parts.conversations.start_turn, conversation, question, body.as_of)
    asking = _Asking(parts, caller, conversation, turn)
    work = Work(parts.workers, asking, "turn")
    work.future.add_done_callback(asking.ended)
    wants_json = "application/json" in request.headers.get("accept", "")
    return await wait(work, request) if wants_json else stream(work)


@turns_router.get("/{turn_id}/trace", summary="How a turn was answered: every step with what it decided")
def trace(turn_id: str, parts: SharedParts, caller: Caller) -> TraceBody:
    return trace_body(parts.conversations.find_turn(turn_id, str(caller)))


class _Asking:
    """Answers a started turn and stores it complete, or leaves it marked interrupted."""

    def __init__(self, parts: Shared, caller: Principal, conversation: Conversation, turn: Turn) -> None:
        self._parts, self._caller, self._turn = parts, caller, turn
        self._previous = conversation.answered[-_REMEMBERED_TURNS:]

    def __call__(self, on_progress: OnProgress) -> Answer:
        finished = False
        turn, store = self._turn, self._parts.conversations
        try:
            answer = self._parts.services.answer(turn.question, self._caller, turn.as_of, self._previous, on_progress)
            store.complete_turn(turn.id, answer)
            finished = True
            return answer
        finally:
            if not finished:
                store.interrupt_turn(turn.id)

    def ended(self, future: Future[Answer]) -> None:
        """A turn whose caller left before a worker took it up never ran."""
        if future.cancelled():
            self._parts.conversations.interrupt_turn(self._turn.id)
