"""Data questions and guarded SQL, answered in one JSON."""

from fastapi import APIRouter, Request, Response

from assistant.api.dependencies import Caller, SharedParts
from assistant.api.events import Work, wait
from assistant.api.problems import PROBLEMS
from assistant.api.schemas import AnswerBody, QueryBody

router = APIRouter(prefix="/v1/queries", tags=["queries"], responses=PROBLEMS)


@router.post("", summary="Ask for figures, in words or in SQL; both pass the guard", response_model=AnswerBody)
async def query(body: QueryBody, request: Request, parts: SharedParts, caller: Caller) -> Response:
    parts.asking.take(str(caller))
    services = parts.services
    work = Work(parts.workers, lambda _: services.query(body.question, body.sql, caller, as_of=body.as_of), "query")
    return await wait(work, request)
