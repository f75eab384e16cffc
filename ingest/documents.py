"""One file's bytes to its documents: read, outlined, dated, related; the whole of what a reader process does."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from assistant.corpus.document import Document, Provision, ProvisionKind, SourceFile, Validity
from assistant.errors import OutlineNotFound
from ingest.doubts import find_doubts
from ingest.law.documents import with_law
from ingest.legal.scope import read_scope
from ingest.legal.titles import opening_words
from ingest.metadata import Metadata, read_metadata
from ingest.outline import Outline, build_outline
from ingest.readers.formats import read_file
from ingest.readers.pages import PageReading
from ingest.readers.raw import CELL_MARK, RawDocument


def read_documents(data: bytes, path: str) -> list[Document]:
    """The documents in a file. Identifiers are made from numbers; two documents may still claim one."""
    return [document for document, _ in read_with_pages(data, path)]


def read_with_pages(
    data: bytes, path: str, on_page: Callable[[], None] = lambda: None
) -> list[tuple[Document, tuple[PageReading, ...]]]:
    """The documents in a file, each with what became of its pages. `on_page` is called as pages and documents are."""
    source = SourceFile(path, hashlib.sha256(data).hexdigest(), len(data))
    name = path.rpartition("/")[2]
    found = []
    for raw in read_file(data, name, on_page):
        found.append((_document(raw, source, raw.name or name), raw.pages))
        on_page()  # a file of hundreds of instruments is at work, not hanging
    return found


def _document(raw: RawDocument, source: SourceFile, name: str) -> Document:
    known = read_metadata(raw, name)
    outline = build_outline(raw.blocks, known.slug)
    if not outline.provisions:
        raise OutlineNotFound()
    hints = raw.hints
    title = known.title or _title_of(known, outline, name)
    scope = read_scope(outline.text, outline.provisions)
    document = Document(
        id=known.slug,
        number=known.number,
        kind=known.kind,
        title=title,
        issuer=known.issuer,
        text=outline.text,
        provisions=tuple(_with_validity(each, known.validity, hints.effective_from) for each in outline.provisions),
        source=source,
        issued_on=known.issued_on,
        validity=known.validity,
        signer=known.signer,
        scope=scope.governs,
        applies_to=scope.applies_to,
        source_url=hints.url,
        label=hints.label or "public",
        territory=hints.territory,
        is_sample=known.is_sample,
        is_draft=known.is_draft,
        is_official=hints.is_official,
        warnings=(*raw.warnings, *known.warnings, *outline.warnings, *find_doubts(raw, outline, known.number, name)),
    )
    return with_law(document)


def renamed(document: Document, document_id: str) -> Document:
    """The same document under another identifier, its provisions with it."""
    old = f"{document.id}#"

    def moved(identifier: str | None) -> str | None:
        return f"{document_id}#{identifier.removeprefix(old)}" if identifier else None

    provisions = (
        replace(each, id=f"{document_id}#{each.id.removeprefix(old)}", parent_id=moved(each.parent_id))
        for each in document.provisions
    )
    return replace(document, id=document_id, provisions=tuple(provisions))


def _with_validity(provision: Provision, validity: Validity, noted: date | None) -> Provision:
    """A provision holds as long as its document, from its own day if it has one: a day that is not the document's."""
    own = provision.validity.effective_from
    begins = validity.effective_from if own in (None, noted) else own
    return replace(provision, validity=Validity(begins, validity.effective_to))


def _title_of(known: Metadata, outline: Outline, name: str) -> str:
    first = outline.provisions[0]
    if first.kind is ProvisionKind.APPENDIX and first.start == 0:
        return f"{first.path}. {first.heading}" if first.heading else first.path
    if not known.number and CELL_MARK in outline.text.partition("\n")[0]:
        return PurePath(name).stem  # a table's header row names its columns, not itself
    return opening_words(outline.text) if not known.number else f"{known.kind.value} số {known.number}"
