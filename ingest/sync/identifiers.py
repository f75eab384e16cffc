"""Two documents that claim one number: who bears the plain identifier depends on their paths, never on arrival."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document
from ingest.catalogue import CatalogueWriter
from ingest.chunking import build_chunks
from ingest.documents import renamed

_MARK = "~"


def spare_identifier(
    writer: CatalogueWriter, document: Document, chunks: Sequence[Chunk]
) -> tuple[Document, Sequence[Chunk]]:
    """The document under an identifier that is free now; `settle_identifiers` decides in the end."""
    if not writer.holds(document.id):
        return document, chunks
    base = document.id
    wanted = _marked(base, document.source.path)
    place = 2
    while writer.holds(wanted):
        wanted, place = f"{_marked(base, document.source.path)}-{place}", place + 1
    moved = renamed(document, wanted)
    return moved, build_chunks(moved)


def settle_identifiers(writer: CatalogueWriter) -> None:
    """Of the documents with one number, the first by source path bears it alone, the others with a mark."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for document_id, path in writer.document_sources():
        groups[document_id.partition(_MARK)[0]].append((path, document_id))
    for base, members in sorted(groups.items()):
        members.sort()
        if members[0][1] == base:
            continue
        first = writer.take_out(members[0][1])
        usurper = writer.take_out(base) if any(document_id == base for _, document_id in members) else None
        _put(writer, renamed(first, base))
        if usurper is not None:
            document, chunks = spare_identifier(writer, usurper, ())
            writer.add_document(document, chunks)


def _put(writer: CatalogueWriter, document: Document) -> None:
    writer.add_document(document, build_chunks(document))


def _marked(base: str, path: str) -> str:
    return f"{base}{_MARK}{hashlib.sha256(path.encode()).hexdigest()[:6]}"
