"""Data questions and guarded SQL, answered in one JSON."""

from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from assistant.access.audit import Kind
from assistant.api.dependencies import Caller, SharedParts
from assistant.api.job_schemas import JobBody, JobRequest, job_json
from assistant.api.running.work import Work, wait
from assistant.api.schemas import AnswerBody, ExportBody, QueryBody
from assistant.conversations.exporting import MEDIA_TYPES, export
from assistant.errors import NotFound

router = APIRouter(prefix="/v1/queries", tags=["queries"])


@router.post("", summary="Ask for figures, in words or in SQL; both pass the guard", response_model=AnswerBody)
async def ask_figures(body: QueryBody, request: Request, parts: SharedParts, caller: Caller) -> Response:
    parts.asking.take(str(caller))
    services = parts.services
    work = Work(parts.workers, lambda _: services.query(body.question, body.sql, caller, as_of=body.as_of), "query")
    return await wait(work, request)


@router.post("/jobs", summary="Run a statement in the background", response_model=JobBody, status_code=202)
async def begin_job(body: JobRequest, parts: SharedParts, caller: Caller) -> Response:
    """For what is too costly to wait for. The same guard decides now; the result is the caller's alone, and expires."""
    parts.asking.take(str(caller))
    services = parts.services
    job = await run_in_threadpool(services.begin_job, body.sql, caller)
    services.start_job(job, body.sql, caller)
    return JSONResponse(job_json(job), status_code=202)


@router.get("/jobs/{job_id}", summary="What became of a background statement", response_model=JobBody)
async def show_job(job_id: str, parts: SharedParts, caller: Caller) -> Response:
    return JSONResponse(job_json(await run_in_threadpool(parts.services.background.find, job_id, caller)))


@router.delete("/jobs/{job_id}", summary="End a background statement", response_model=JobBody)
async def cancel_job(job_id: str, parts: SharedParts, caller: Caller) -> Response:
    return JSONResponse(job_json(await run_in_threadpool(parts.services.background.cancel, job_id, caller)))


@router.post("/export", summary="The table of a data question as a CSV or XLSX file", response_class=Response)
async def export_table(body: ExportBody, parts: SharedParts, caller: Caller) -> Response:
    """404 where the answer has no table: nothing was found, or it was declined."""
    services = parts.services
    answer = await run_in_threadpool(services.query, body.question, body.sql, caller, as_of=body.as_of)
    if not answer.columns:
        raise NotFound("export_no_table", reason=answer.text)
    fields = {"format": body.format, "query_id": answer.query_id, "rows": len(answer.rows)}
    await run_in_threadpool(partial(services.accounts.note, Kind.EXPORT, caller, **fields))
    name = f"{answer.query_id or 'bang'}.{body.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(export(answer, body.format), media_type=MEDIA_TYPES[body.format], headers=headers)
