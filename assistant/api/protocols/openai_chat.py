"""`POST /v1/chat/completions` and `GET /v1/models`: the chat for programs that speak OpenAI's protocol."""

import json
from collections.abc import Iterator
from time import time
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from sse_starlette import ServerSentEvent

from assistant.api.chat.asking import begin_turn
from assistant.api.dependencies import Caller, SharedParts
from assistant.api.protocols.continuing import continued, keep
from assistant.api.protocols.message_text import absolute, message_text, pieces
from assistant.api.protocols.openai_bodies import (
    MODEL,
    ChatCompletion,
    ChatCompletionBody,
    ModelCard,
    ModelList,
    Usage,
    error_body,
)
from assistant.api.running.event_stream import stream
from assistant.api.running.running_turn import RunningTurn, TurnEvent
from assistant.api.running.work import CLIENT_CLOSED, finished
from assistant.api.schemas import answer_json
from assistant.errors import InvalidRequest, NotFound

router = APIRouter(prefix="/v1", tags=["openai"])

_CHUNKS = {"text/event-stream": {"schema": {"type": "string"}, "example": 'data: {"choices": […]}\n\ndata: [DONE]\n\n'}}


@router.get("/models", summary="The one model there is")
def list_models(caller: Caller) -> ModelList:
    return ModelList(data=[ModelCard()])


@router.get("/models/{model}", summary="That model")
def read_model(model: str, caller: Caller) -> ModelCard:
    if model != MODEL:
        raise NotFound("model_not_found", name=model[:80], known=MODEL)
    return ModelCard()


@router.post(
    "/chat/completions",
    summary="Ask in OpenAI's protocol; chunks as server-sent events with `stream`",
    response_model=ChatCompletion,
    responses={200: {"content": _CHUNKS}},
)
async def complete_chat(body: ChatCompletionBody, request: Request, parts: SharedParts, caller: Caller) -> Response:
    questions = body.questions
    if body.model != MODEL:
        raise NotFound("model_not_found", name=body.model[:80], known=MODEL)
    if not questions:
        raise InvalidRequest("question_empty")
    conversation = await run_in_threadpool(continued, parts, caller, *_named(questions[:-1]))
    turn = await begin_turn(parts, caller, conversation, questions[-1], body.as_of)
    await run_in_threadpool(keep, parts, caller, conversation.id, turn.id, *_named(questions))
    base_url = str(request.base_url)
    if body.stream:
        usage = body.stream_options is not None and body.stream_options.include_usage
        return stream(turn, encode=_Chunks(turn.id, base_url, usage=usage))
    return await _whole(turn, request, base_url)


def _named(questions: list[str]) -> list[str]:
    """A chat is known by what was asked in it; one that begins has no name."""
    return ["openai", *questions] if questions else []


async def _whole(turn: RunningTurn, request: Request, base_url: str) -> Response:
    with turn.listening():
        if not await finished(turn.work, request):
            return Response(status_code=CLIENT_CLOSED)
    answer = answer_json(turn.work.future.result())
    message = {"content": message_text(answer, base_url)}
    found = {"id": _id(turn.id), "created": int(time()), "choices": [{"message": message}]}
    shown = ChatCompletion.model_validate({**found, **_extensions(answer, base_url)})
    return JSONResponse(shown.model_dump(mode="json"), headers={"X-Turn-Id": turn.id})


def _id(turn_id: str) -> str:
    return f"chatcmpl-{turn_id}"


def _extensions(answer: dict[str, Any], base_url: str) -> dict[str, Any]:
    return {"citations": [absolute(one, base_url) for one in answer["citations"]], "answer": answer}


class _Chunks:
    """A turn's events as completion chunks: the role at once, the text when it is verified, the citations last."""

    def __init__(self, turn_id: str, base_url: str, *, usage: bool) -> None:
        self._head = {"id": _id(turn_id), "object": "chat.completion.chunk", "created": int(time()), "model": MODEL}
        self._base_url, self._usage = base_url, usage

    def __call__(self, event: TurnEvent) -> Iterator[ServerSentEvent]:
        for chunk in self._of(event):
            yield ServerSentEvent(json.dumps(chunk, ensure_ascii=False))
        if event.name in ("answer", "error"):
            yield ServerSentEvent("[DONE]")

    def _of(self, event: TurnEvent) -> Iterator[dict[str, Any]]:
        data = json.loads(event.data)
        if event.name == "started":
            yield self._chunk({"role": "assistant", "content": ""})
        elif event.name == "progress":
            yield self._chunk({}, progress=data["text"])
        elif event.name == "answer":
            for piece in pieces(message_text(data, self._base_url)):
                yield self._chunk({"content": piece})
            yield self._chunk({}, "stop", **_extensions(data, self._base_url))
            if self._usage:
                yield {**self._head, "choices": [], "usage": Usage().model_dump()}
        else:
            yield error_body(503, data["code"], data["message"])

    def _chunk(self, delta: dict[str, Any], finish: str | None = None, **extensions: Any) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return {**self._head, "choices": [choice], **extensions}
