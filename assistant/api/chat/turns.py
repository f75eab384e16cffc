"""The turns of a conversation: asked, followed as events, followed again, stopped, explained, judged."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from assistant.access.audit import Kind
from assistant.api.chat.asking import begin_turn
from assistant.api.chat.bodies import FeedbackBody, TurnStateBody
from assistant.api.chat.conversations import Recent
from assistant.api.dependencies import Caller, SharedParts
from assistant.api.library.bodies import ProvisionViewBody
from assistant.api.running.event_stream import stream, stream_of_stored
from assistant.api.running.running_turn import RunningTurn
from assistant.api.running.work import CLIENT_CLOSED, finished
from assistant.api.schemas import AnswerBody, QuestionBody, TraceBody, TurnBody, answer_json, trace_body
from assistant.conversations.conversation import Turn
from assistant.conversations.exporting import MEDIA_TYPES, export
from assistant.conversations.feedback import Feedback, keep_feedback
from assistant.errors import NotFound

asking_router = APIRouter(prefix="/v1/conversations", tags=["turns"])
router = APIRouter(prefix="/v1/turns", tags=["turns"])

EVENTS_EXAMPLE = (
    'id: 1\nevent: started\ndata: {"turn_id":"…","conversation_id":"…"}\n\n'
    'id: 2\nevent: progress\ndata: {"step":1,"text":"Đang kiểm tra câu hỏi"}\n\n'
    'id: 3\nevent: answer\ndata: {"status":"answered","text":"…","citations":[]}\n\n'
)
EVENTS: dict[str, object] = {"text/event-stream": {"schema": {"type": "string"}, "example": EVENTS_EXAMPLE}}
_LAST_NUMBER = 1_000_000


def own_turn(turn_id: str, parts: SharedParts, caller: Caller) -> Turn:
    """The turn of the path, when it is the caller's: that is seen before anything else of the request."""
    return parts.conversations.find_turn(turn_id, str(caller))


OwnTurn = Annotated[Turn, Depends(own_turn)]


@asking_router.post(
    "/{conversation_id}/turns",
    summary="Ask: server-sent events, or plain JSON with Accept: application/json",
    response_model=AnswerBody,
    responses={200: {"content": EVENTS}},
)
async def ask(
    body: QuestionBody, request: Request, conversation: Recent, parts: SharedParts, caller: Caller
) -> Response:
    turn = await begin_turn(parts, caller, conversation, body.question, body.as_of)
    wants_json = "application/json" in request.headers.get("accept", "")
    return await _whole(turn, request) if wants_json else stream(turn)


async def _whole(turn: RunningTurn, request: Request) -> Response:
    """The answer alone; whoever goes away may still come back for the turn's events."""
    with turn.listening():
        if not await finished(turn.work, request):
            return Response(status_code=CLIENT_CLOSED)
    return JSONResponse(answer_json(turn.work.future.result()), headers={"X-Turn-Id": turn.id})


@router.get("/{turn_id}", summary="A turn with its answer, once it has one")
def read_turn(turn_id: str, parts: SharedParts, caller: Caller) -> TurnBody:
    return TurnBody.model_validate(parts.conversations.find_turn(turn_id, str(caller)))


@router.get(
    "/{turn_id}/events",
    summary="The events of a turn after the one in Last-Event-ID; of an old turn only the last",
    response_class=Response,
    responses={200: {"content": EVENTS}},
)
async def follow_turn(
    turn_id: str,
    parts: SharedParts,
    caller: Caller,
    last_event_id: Annotated[int, Header(alias="Last-Event-ID", ge=0, le=_LAST_NUMBER)] = 0,
) -> Response:
    running = parts.turns.find(turn_id, str(caller))
    if running is not None:
        return stream(running, last_event_id)
    return stream_of_stored(await run_in_threadpool(parts.conversations.find_turn, turn_id, str(caller)))


@router.post("/{turn_id}/cancel", summary="Stop the work on a turn; one that has ended stays as it is")
async def cancel_turn(turn_id: str, parts: SharedParts, caller: Caller) -> TurnStateBody:
    running = parts.turns.find(turn_id, str(caller))
    if running is not None:
        running.cancel()
        await running.until_ended()
    turn = await run_in_threadpool(parts.conversations.find_turn, turn_id, str(caller))
    return TurnStateBody(id=turn.id, state=turn.state)


@router.post("/{turn_id}/feedback", status_code=204, summary="Say what an answer was worth, and why")
def give_feedback(turn_id: str, body: FeedbackBody, parts: SharedParts, caller: Caller) -> None:
    turn = parts.conversations.find_turn(turn_id, str(caller))
    keep_feedback(parts.conversations, turn.id, Feedback(body.rating, body.reason, body.comment))


@router.get(
    "/{turn_id}/citations/{number}",
    summary="The provision that a turn's citation quotes, with the quoted words marked",
)
def read_citation(
    turn: OwnTurn, number: Annotated[int, Path(ge=1, le=1000)], parts: SharedParts, caller: Caller
) -> ProvisionViewBody:
    citations = turn.answer.citations if turn.answer else ()
    if number > len(citations):
        raise NotFound("provision_not_found")
    cited = citations[number - 1]
    place = cited.provision_id.partition("#")[2]
    return ProvisionViewBody.of(parts.services.provision(cited.document_id, place, caller, cited.quote))


@router.get("/{turn_id}/export", summary="The table of a turn's answer as a file", response_class=Response)
def export_turn(turn: OwnTurn, parts: SharedParts, caller: Caller, format: Literal["csv", "xlsx"] = "xlsx") -> Response:
    """What was answered then, withheld cells and all; nothing is asked of the database again."""
    answer = turn.answer
    if answer is None or not answer.columns:
        raise NotFound("export_no_table", reason=answer.text if answer else "")
    fields = {"format": format, "query_id": answer.query_id, "rows": len(answer.rows), "turn": turn.id}
    parts.services.accounts.note(Kind.EXPORT, caller, **fields)
    headers = {"Content-Disposition": f'attachment; filename="{answer.query_id or "bang"}.{format}"'}
    return Response(export(answer, format), media_type=MEDIA_TYPES[format], headers=headers)


@router.get("/{turn_id}/trace", summary="How a turn was answered: every step with what it decided")
def trace_turn(turn_id: str, parts: SharedParts, caller: Caller) -> TraceBody:
    return trace_body(parts.conversations.find_turn(turn_id, str(caller)))
