"""Data questions and guarded SQL, answered in one JSON."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from assistant.api.dependencies import Caller, SharedParts
from assistant.api.events import Work, wait
from assistant.api.problems import PROBLEMS
from assistant.api.schemas import AnswerBody, ExportBody, QueryBody
from assistant.conversations.exporting import MEDIA_TYPES, export
from assistant.errors import NotFound

router = APIRouter(prefix="/v1/queries", tags=["queries"], responses=PROBLEMS)


@router.post("", summary="Ask for figures, in words or in SQL; both pass the guard", response_model=AnswerBody)
async def query(body: QueryBody, request: Request, parts: SharedParts, caller: Caller) -> Response:
    parts.asking.take(str(caller))
    services = parts.services
    work = Work(parts.workers, lambda _: services.query(body.question, body.sql, caller, as_of=body.as_of), "query")
    return await wait(work, request)


@router.post("/export", summary="The table of a data question as a CSV or XLSX file", response_class=Response)
async def export_table(body: ExportBody, parts: SharedParts, caller: Caller) -> Response:
    """404 where the answer has no table: nothing was found, or it was declined."""
    services = parts.services
    answer = await run_in_threadpool(services.query, body.question, body.sql, caller, as_of=body.as_of)
    if not answer.columns:
        raise NotFound("export_no_table", reason=answer.text)
    name = f"{answer.query_id or 'bang'}.{body.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(export(answer, body.format), media_type=MEDIA_TYPES[body.format], headers=headers)
