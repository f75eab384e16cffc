"""From bytes to raw documents: the format is decided by content, and a name that claims another is noticed."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import PurePath

from assistant.errors import FileUnreadable, FormatUnsupported, IngestError, TextDamaged
from ingest.readers.archive import MAX_DEPTH, listing, members, ungzipped
from ingest.readers.decoding import decoded
from ingest.readers.health import measure
from ingest.readers.markdown import read_markdown
from ingest.readers.office.conversion import converted
from ingest.readers.office.docx import read_docx
from ingest.readers.office.sheets import read_delimited, read_workbook
from ingest.readers.pdf.reading import read_pdf
from ingest.readers.plain import read_plain
from ingest.readers.raw import RawDocument
from ingest.readers.web.codification import is_codification, read_codification
from ingest.readers.web.fonts import decoded_page
from ingest.readers.web.html import parse_html, read_html
from ingest.readers.web.rows import is_codified_rows, read_codified_rows
from ingest.readers.web.vbpl import is_vbpl_page, read_vbpl

MAX_FILE_BYTES = 200 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD, _EXCEL = "WordDocument".encode("utf-16-le"), ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
OnPage = Callable[[], None]


class Format(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"
    DOC = "doc"
    XLS = "xls"
    RTF = "rtf"
    PDF = "pdf"
    ZIP = "zip"
    HTML = "html"
    MARKDOWN = "md"
    TEXT = "txt"
    CSV = "csv"
    ROWS = "jsonl"


_NAMED = {f".{each.value}": each for each in Format if each is not Format.ROWS}
_NAMED |= {".htm": Format.HTML, ".markdown": Format.MARKDOWN, ".tsv": Format.CSV}
_NAMED |= {".docm": Format.DOCX, ".xlsm": Format.XLSX, ".dotx": Format.DOCX}
# A page saved by an error, or a note, under one of these names is not the document the name promises.
_HTML_STARTS = ("<!doctype html", "<html", "<?xml", "<head", "<body", "<link", "<meta", "<div", "<p", "<table")
_BINARY = {Format.DOCX, Format.XLSX, Format.DOC, Format.XLS, Format.PDF, Format.ZIP}
_PLAIN = {Format.MARKDOWN, Format.TEXT, Format.CSV}
_JUDGED_ELSEWHERE = {Format.PDF, Format.ZIP, Format.XLSX, Format.XLS, Format.CSV}
"""By page, by member; and tables hold names and codes, which are no syllables."""
_JUDGED_CHARS, _LEAST_WORDS, _LEAST_HEALTH = 50_000, 30, 0.8
_UPGRADE = {Format.DOC: "docx", Format.RTF: "docx", Format.XLS: "xlsx"}


def read_file(data: bytes, name: str, on_page: OnPage = lambda: None, depth: int = 0) -> list[RawDocument]:
    """The documents a file holds. Raises an IngestError whose code says why it holds none."""
    data, name = _unpacked(data, name)
    claimed = _NAMED.get(PurePath(name.casefold()).suffix)
    found, text, doubts = _format_of(data, claimed)
    if claimed in _BINARY and found not in _BINARY and found is not Format.RTF:
        raise FileUnreadable("format_mismatch", detail=f"named {claimed}, holds {found}")
    documents = _read(data, text, found, on_page, depth)
    if found not in _JUDGED_ELSEWHERE:
        for document in documents:
            _refuse_damaged(document)
    if claimed is not None and claimed != found and not {claimed, found} <= _PLAIN:
        doubts = (*doubts, f"format_mismatch:{found}")
    return [replace(each, warnings=(*each.warnings, *doubts)) for each in documents] if doubts else documents


def _refuse_damaged(document: RawDocument) -> None:
    """Pages are judged one by one; a text without pages that lost its letters is judged as a whole."""
    health = measure("\n".join(block.text for block in document.blocks)[:_JUDGED_CHARS])
    lost = health.score < _LEAST_HEALTH and health.marked >= 0.12
    if health.words >= _LEAST_WORDS and (lost or health.junk > 0.1):
        raise TextDamaged(detail=f"health {health.score}, misread signs {health.junk}")


def _read(data: bytes, text: str | None, found: Format, on_page: OnPage, depth: int) -> list[RawDocument]:
    if found in _UPGRADE:
        data = converted(data, found.value, _UPGRADE[found])
        found = Format(_UPGRADE[found])
    match found:
        case Format.PDF:
            return [read_pdf(data, on_page)]
        case Format.DOCX:
            return [read_docx(data)]
        case Format.XLSX:
            return [read_workbook(data)]
        case Format.ZIP:
            return _archived(data, on_page, depth)
        case _:
            return _TEXT_READERS[found](text or "")


def _unpacked(data: bytes, name: str) -> tuple[bytes, str]:
    if not data:
        raise FileUnreadable("file_empty")
    if len(data) > MAX_FILE_BYTES:
        raise FileUnreadable("file_too_large", detail=f"{len(data)} bytes")
    if not data.startswith(b"\x1f\x8b"):
        return data, name
    return ungzipped(data), name[:-3] if name.casefold().endswith(".gz") else name


def _format_of(data: bytes, claimed: Format | None) -> tuple[Format, str | None, tuple[str, ...]]:
    """The format, with the decoded text of those that are text, and doubts about its encoding."""
    if b"%PDF-" in data[:1024]:
        return Format.PDF, None, ()
    if data.startswith(b"PK"):
        return _zip_format(data, claimed), None, ()
    if data.startswith(_OLE):
        return _ole_format(data), None, ()
    if data.startswith(b"{\\rtf"):
        return Format.RTF, None, ()
    if claimed in _BINARY and b"\x00" in data[:4096]:
        raise FileUnreadable("format_mismatch", detail=f"not a {claimed} file")
    text, encoding = _decoded(data, claimed)
    doubts = (f"encoding_converted:{encoding}",) if encoding else ()
    return _text_format(text, claimed), text, doubts


def _decoded(data: bytes, claimed: Format | None) -> tuple[str, str]:
    """(text, encoding it was converted from): a page may declare its own."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        page = decoded_page(data)
        if page is not None:
            return page, ""
    return decoded(data, is_named=claimed is not None)


def _text_format(text: str, claimed: Format | None) -> Format:
    if not text.strip():
        raise FileUnreadable("file_empty")
    start = text[:4096].lstrip("\ufeff \t\r\n").casefold()
    if start.startswith(_HTML_STARTS):
        return Format.HTML
    if start.startswith("---\n") or claimed is Format.MARKDOWN:
        return Format.MARKDOWN
    if claimed is None and is_codified_rows(text):
        return Format.ROWS
    if claimed is None:
        # Other JSON, program text…: text, but not a document an office would cite.
        raise FormatUnsupported()
    return claimed if claimed in (Format.HTML, Format.CSV) else Format.TEXT


def _zip_format(data: bytes, claimed: Format | None) -> Format:
    names = {info.filename for info in listing(data, _BROKEN.get(claimed, "archive_unreadable"))}
    if "word/document.xml" in names:
        return Format.DOCX
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise FormatUnsupported()
    if claimed in _BINARY and claimed is not Format.ZIP:
        raise FileUnreadable("format_mismatch", detail=f"named {claimed}, holds another archive")
    return Format.ZIP


def _ole_format(data: bytes) -> Format:
    if _ENCRYPTED in data:
        raise FileUnreadable("docx_password")
    if _WORD in data:
        return Format.DOC
    if any(stream in data for stream in _EXCEL):
        return Format.XLS
    raise FormatUnsupported("format_legacy")


def _archived(data: bytes, on_page: OnPage, depth: int) -> list[RawDocument]:
    """The documents of a zip's files; what cannot be read is named, and a zip of nothing else is refused."""
    if depth >= MAX_DEPTH:
        raise FileUnreadable("archive_nested", detail=f"deeper than {MAX_DEPTH}")
    found: list[RawDocument] = []
    refused: list[str] = []
    for name, content in members(data):
        try:
            inside = read_file(content, name, on_page, depth + 1)
            found += [replace(each, name=each.name or name.rpartition("/")[2]) for each in inside]
        except IngestError as error:
            if error.code in _FATAL:
                raise
            refused.append(f"{name} ({error.code})")
        on_page()
    if not found:
        raise FileUnreadable("archive_nothing_read", detail="; ".join(refused[:20]))
    if refused:
        lost = f"archive_member_rejected:{'; '.join(refused[:20])}"
        found[0] = replace(found[0], warnings=(*found[0].warnings, lost))
    return found


def _read_html(text: str) -> list[RawDocument]:
    root = parse_html(text)
    if is_codification(root):
        return read_codification(root)
    return [read_vbpl(root)] if is_vbpl_page(root) else [read_html(root)]


_BROKEN: dict[Format | None, str] = {Format.DOCX: "docx_unreadable", Format.XLSX: "xlsx_unreadable"}
# One such member says what the whole archive was made for.
_FATAL = {"archive_bomb", "archive_unsafe", "archive_nested"}
_TEXT_READERS: dict[Format, Callable[[str], list[RawDocument]]] = {
    Format.HTML: _read_html,
    Format.ROWS: read_codified_rows,
    Format.MARKDOWN: lambda text: [read_markdown(text)],
    Format.TEXT: lambda text: [read_plain(text)],
    Format.CSV: lambda text: [read_delimited(text)],
}
