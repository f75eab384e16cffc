"""Documents, as JSON for programs and as a page where every citation lands on its provision."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from pydantic import AfterValidator

from assistant.api.dependencies import Caller, SharedParts
from assistant.api.library.bodies import ProvisionViewBody
from assistant.api.library.document_page import document_page
from assistant.api.schemas import DocumentBody, document_body, is_text
from assistant.corpus.document import Document
from assistant.errors import NotFound

router = APIRouter(tags=["documents"])

_Quote = Annotated[str, Query(max_length=4000, description="words to be marked"), AfterValidator(is_text)]


def readable_document(document_id: str, parts: SharedParts, caller: Caller) -> Document:
    """The document, when the caller may read it."""
    document = parts.services.document(document_id, caller)
    if document is None:
        raise NotFound("document_not_found")
    return document


Readable = Annotated[Document, Depends(readable_document)]


@router.get(
    "/v1/documents/{document_id}",
    summary="A document with its provisions; a page with Accept: text/html",
    response_model=DocumentBody,
    responses={200: {"content": {"text/html": {}}}},
)
def read_document(document: Readable, request: Request, parts: SharedParts) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        return show_page(document, parts)
    return JSONResponse(document_body(document).model_dump(mode="json"))


@router.get(
    "/v1/documents/{document_id}/provisions/{place}",
    summary="One provision, by anchor or as one cites it, with the place of quoted words",
    response_model=ProvisionViewBody,
)
def read_provision(
    document_id: str, place: str, parts: SharedParts, caller: Caller, quote: _Quote = "", as_of: date | None = None
) -> ProvisionViewBody:
    return ProvisionViewBody.of(parts.services.provision(document_id, place, caller, quote, as_of))


@router.get("/v1/documents/{document_id}/original", summary="The file it was read from", response_class=FileResponse)
def download_original(document: Readable, parts: SharedParts, caller: Caller) -> FileResponse:
    """404 `original_not_available` where the file has gone or changed, or holds what the caller may not read."""
    path = parts.services.original(document, caller)
    return FileResponse(path, media_type="application/octet-stream", filename=path.name)


@router.get("/van-ban/{document_id}", response_class=HTMLResponse, include_in_schema=False)
def show_page(document: Readable, parts: SharedParts, quote: _Quote = "") -> Response:
    return HTMLResponse(document_page(document, parts.services.settings.current_day, quote))
