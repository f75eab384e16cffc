"""Documents, as JSON for programs and as a page where every citation lands on its provision."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.api.dependencies import Caller, SharedParts
from assistant.api.library.document_page import document_page
from assistant.api.schemas import DocumentBody, document_body
from assistant.corpus.document import Document
from assistant.errors import NotFound

router = APIRouter(tags=["documents"])


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


@router.get("/van-ban/{document_id}", response_class=HTMLResponse, include_in_schema=False)
def show_page(document: Readable, parts: SharedParts) -> Response:
    return HTMLResponse(document_page(document, parts.services.settings.current_day))
