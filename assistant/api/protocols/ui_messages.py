"""`POST /v1/ui-messages`: the chat as the UI-message stream that the AI SDK's `useChat` reads."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from sse_starlette import ServerSentEvent

from assistant.api.chat.asking import begin_turn
from assistant.api.dependencies import Caller, SharedParts
from assistant.api.protocols.continuing import continued, keep
from assistant.api.protocols.message_text import absolute, pieces
from assistant.api.running.event_stream import stream
from assistant.api.running.running_turn import TurnEvent
from assistant.api.schemas import is_text
from assistant.conversations.history import History
from assistant.errors import InvalidRequest

router = APIRouter(prefix="/v1/ui-messages", tags=["ai-sdk"])

HEADERS = {"x-vercel-ai-ui-message-stream": "v1"}
_PARTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Parts of one message, the last of them `[DONE]`",
        "content": {
            "text/event-stream": {
                "schema": {"type": "string"},
                "example": 'data: {"type":"start","messageId":"…"}\n\ndata: [DONE]\n\n',
            }
        },
    }
}
_Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(is_text)]


class UiPart(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: Annotated[str, AfterValidator(is_text)] = ""


class UiMessage(BaseModel):
    """One message as the AI SDK keeps it."""

    role: Literal["system", "user", "assistant"]
    parts: list[UiPart] = []

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.parts if part.type == "text")


class UiMessagesBody(BaseModel):
    """What `useChat` sends: the name it has for the chat, and its messages, of which the last one asks."""

    id: _Name
    messages: list[UiMessage] = Field(
        min_length=1, max_length=200, examples=[[{"role": "user", "parts": [{"type": "text", "text": "Có gì mới?"}]}]]
    )


@router.post("", summary="Ask in the AI SDK's protocol", response_class=Response, responses=_PARTS)
async def stream_ui_message(body: UiMessagesBody, request: Request, parts: SharedParts, caller: Caller) -> Response:
    last = body.messages[-1]
    if last.role != "user":
        raise InvalidRequest("question_empty")
    conversation = await run_in_threadpool(continued, parts, caller, "ui", body.id)
    turn = await begin_turn(parts, caller, conversation, last.text)
    await run_in_threadpool(keep, parts, caller, conversation.id, turn.id, "ui", body.id)
    return stream(turn, encode=_Parts(str(request.base_url)), headers=HEADERS)


@router.get(
    "/{chat_id}/stream",
    summary="The message that is being answered in a chat, from its beginning; 204 when there is none",
    response_class=Response,
    responses={**_PARTS, 204: {"description": "Nothing is being answered"}},
)
async def resume_ui_message(chat_id: str, request: Request, parts: SharedParts, caller: Caller) -> Response:
    thread = await run_in_threadpool(History(parts.conversations).thread, str(caller), "ui", chat_id)
    turn = parts.turns.find(thread.turn_id, str(caller)) if thread else None
    if turn is None or turn.ended:
        return Response(status_code=204)
    return stream(turn, encode=_Parts(str(request.base_url)), headers=HEADERS)


class _Parts:
    """A turn's events as parts of one message: its sources and the whole answer beside the text."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    def __call__(self, event: TurnEvent) -> Iterator[ServerSentEvent]:
        for part in self._of(event.name, json.loads(event.data)):
            yield ServerSentEvent(json.dumps(part, ensure_ascii=False))
        if event.name in ("answer", "error"):
            yield ServerSentEvent("[DONE]")

    def _of(self, name: str, data: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if name == "started":
            yield {"type": "start", "messageId": data["turn_id"]}
            yield {"type": "start-step"}
        elif name == "progress":
            yield {"type": "data-progress", "data": data, "transient": True}
        elif name == "answer":
            yield from self._answer(data)
        else:
            yield {"type": "error", "errorText": data["message"]}

    def _answer(self, answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
        text = {"id": "text"}
        yield {"type": "text-start", **text}
        for piece in pieces(answer["text"]):
            yield {"type": "text-delta", **text, "delta": piece}
        yield {"type": "text-end", **text}
        for citation in (absolute(one, self._base_url) for one in answer["citations"]):
            place = " ".join(filter(None, (citation["path"], citation["kind"], citation["document_number"])))
            source = {"sourceId": citation["provision_id"], "title": place or citation["title"]}
            if citation["url"]:
                yield {"type": "source-url", "url": citation["url"], **source}
            else:
                yield {"type": "source-document", "mediaType": "text/plain", **source}
        yield {"type": "data-answer", "data": answer}
        yield {"type": "finish-step"}
        yield {"type": "finish", "finishReason": "stop"}
