"""From bytes to raw documents: the format is decided by content, and a name that claims another is noticed."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import PurePath

from assistant.errors import FileUnreadable, FormatUnsupported
from ingest.readers.markdown import read_markdown
from ingest.readers.office.docx import read_docx
from ingest.readers.pdf.reading import read_pdf
from ingest.readers.plain import read_plain
from ingest.readers.raw import RawDocument
from ingest.readers.web.codification import is_codification, read_codification
from ingest.readers.web.html import parse_html, read_html
from ingest.readers.web.vbpl import is_vbpl_page, read_vbpl

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Format(StrEnum):
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    MARKDOWN = "md"
    TEXT = "txt"


_NAMED = {".docx": Format.DOCX, ".pdf": Format.PDF, ".html": Format.HTML, ".htm": Format.HTML}
_NAMED |= {".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".txt": Format.TEXT}
# A page saved by an error, or a note, under one of these names is not the document the name promises.
_HTML_STARTS = ("<!doctype html", "<html", "<?xml", "<head", "<body", "<link", "<meta", "<div", "<p", "<table")
_BINARY = {Format.DOCX, Format.PDF}


def read_file(data: bytes, name: str, on_page: Callable[[], None] = lambda: None) -> list[RawDocument]:
    """The documents a file holds. Raises an IngestError whose code says why it holds none."""
    data, name = _unpacked(data, name)
    claimed = _NAMED.get(PurePath(name.casefold()).suffix)
    found, text = _format_of(data, claimed)
    if claimed in _BINARY and found not in _BINARY:
        raise FileUnreadable("format_mismatch", detail=f"named {claimed}, holds {found}")
    if text is not None:
        documents = _READERS[found](text)
    else:
        documents = [read_pdf(data, on_page) if found is Format.PDF else read_docx(data)]
    if claimed is not None and claimed != found and {claimed, found} != {Format.MARKDOWN, Format.TEXT}:
        documents = [replace(each, warnings=(*each.warnings, f"format_mismatch:{found}")) for each in documents]
    return documents


def _unpacked(data: bytes, name: str) -> tuple[bytes, str]:
    if not data:
        raise FileUnreadable("file_empty")
    if len(data) > MAX_FILE_BYTES:
        raise FileUnreadable("file_too_large", detail=f"{len(data)} bytes")
    if not data.startswith(b"\x1f\x8b"):
        return data, name
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FileUnreadable("archive_unreadable", detail=str(error)) from error
    if len(unpacked) > MAX_UNPACKED_BYTES:
        raise FileUnreadable("file_too_large", detail="unpacks beyond the limit")
    if not unpacked:
        raise FileUnreadable("file_empty")
    return unpacked, name[:-3] if name.casefold().endswith(".gz") else name


def _format_of(data: bytes, claimed: Format | None) -> tuple[Format, str | None]:
    """The format, with the decoded text of those that are text."""
    if b"%PDF-" in data[:1024]:
        return Format.PDF, None
    if data.startswith(b"PK"):
        return _zip_format(data, claimed), None
    if data.startswith(_OLE):
        raise FileUnreadable("docx_password") if _ENCRYPTED in data else FormatUnsupported("format_legacy")
    text = _decoded(data, claimed)
    if not text.strip():
        raise FileUnreadable("file_empty")
    start = text[:4096].lstrip("\ufeff \t\r\n").casefold()
    if start.startswith(_HTML_STARTS):
        return Format.HTML, text
    if start.startswith("---\n") or claimed is Format.MARKDOWN:
        return Format.MARKDOWN, text
    if claimed is None:
        # JSON, CSV, program text…: text, but not a document an office would cite.
        raise FormatUnsupported()
    return (Format.HTML if claimed is Format.HTML else Format.TEXT), text


def _zip_format(data: bytes, claimed: Format | None) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {info.filename: info.file_size for info in package.infolist()}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise FileUnreadable("docx_unreadable" if claimed is Format.DOCX else "archive_unreadable") from error
    if sum(names.values()) > MAX_UNPACKED_BYTES:
        raise FileUnreadable("file_too_large", detail="unpacks beyond the limit")
    if "word/document.xml" in names:
        return Format.DOCX
    if claimed in _BINARY:
        raise FileUnreadable("format_mismatch", detail=f"named {claimed}, holds another archive")
    raise FormatUnsupported()


def _decoded(data: bytes, claimed: Format | None) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if claimed in _BINARY:
            raise FileUnreadable("format_mismatch", detail=f"not a {claimed} file") from error
        code = "text_encoding" if claimed is not None and b"\x00" not in data else None
        raise (FileUnreadable(code) if code else FormatUnsupported()) from error
    if "\x00" in text:
        raise FileUnreadable("format_mismatch") if claimed is not None else FormatUnsupported()
    return text


def _read_html(text: str) -> list[RawDocument]:
    root = parse_html(text)
    if is_codification(root):
        return read_codification(root)
    return [read_vbpl(root)] if is_vbpl_page(root) else [read_html(root)]


_READERS: dict[Format, Callable[[str], list[RawDocument]]] = {
    Format.HTML: _read_html,
    Format.MARKDOWN: lambda text: [read_markdown(text)],
    Format.TEXT: lambda text: [read_plain(text)],
}
