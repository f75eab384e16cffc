"""From a document to chunks: a short Điều whole, else one chunk per khoản; long ones split where sentences end."""

import hashlib
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document, Provision, ProvisionKind
from ingest.readers.raw import CELL_MARK

CHUNKER_VERSION = "1"
WHOLE_CHARS = 900
"""A unit up to this long is one chunk: about 250 of the encoder's tokens."""
MAX_CHARS = 1400
_MIN_LEAD_CHARS = 120
_MAX_TITLE, _MAX_HEADING, _MAX_LEAD = 140, 160, 200
_NAMESPACE = uuid.UUID("5b0e7a43-6a0c-5d0e-9f43-5d9e0c1b7a11")
_SENTENCE_END = re.compile(r"(?<=[.;:!?”])\s+")


class _Piece(NamedTuple):
    """A span of a provision with what must be read before it; `part` counts the pieces of one provision."""

    provision: Provision
    part: int
    start: int
    end: int
    context: str


def build_chunks(document: Document) -> list[Chunk]:
    """The chunks in reading order. A unit's words before its first part are its own chunk when they say something."""
    children: dict[str | None, list[Provision]] = defaultdict(list)
    for provision in document.provisions:
        children[provision.parent_id].append(provision)
    return [_chunk(document, piece) for top in children[None] for piece in _pieces(document.text, top, children, "")]


def _pieces(
    text: str, provision: Provision, children: dict[str | None, list[Provision]], context: str
) -> Iterator[_Piece]:
    # A điểm stays with its khoản: alone, "b) Phó hiệu trưởng;" says nothing. Beside other units it stands by itself.
    is_whole = all(child.kind is ProvisionKind.POINT for child in children[provision.id])
    below = [] if is_whole else children[provision.id]
    short = provision.end - provision.start <= WHOLE_CHARS
    if not below or (short and all(child.kind is not ProvisionKind.ARTICLE for child in below)):
        yield from _split(text, provision, provision.end, context)
        return
    lead = text[provision.start : below[0].start].strip()
    words = lead.partition("\n")[2] if provision.heading else lead
    if len(words) >= _MIN_LEAD_CHARS:
        yield from _split(text, provision, below[0].start, context)
        words = ""
    for child in below:
        yield from _pieces(text, child, children, " ".join(words.split()))


def _split(text: str, provision: Provision, end: int, context: str) -> Iterator[_Piece]:
    opening = _shorten(text[provision.start : end].partition("\n")[0], _MAX_HEADING)
    for part, (first, last) in enumerate(_spans(text, provision.start, end)):
        header = _table_header(text, provision.start, first)
        before = (context, opening if part else "", header)
        yield _Piece(provision, part, first, last, "\n".join(line for line in before if line))


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of at most MAX_CHARS and of like length, cut at line ends, else at sentence ends, else at spaces."""
    pieces = max(1, -(-(end - start) // MAX_CHARS))
    wanted = -(-(end - start) // pieces)
    first = last = start
    for stop in _stops(text, start, end):
        if stop - first > MAX_CHARS or (last - first >= wanted):
            yield from _trimmed(text, first, last)
            first = last
        last = stop
    yield from _trimmed(text, first, end)


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """Where a span may end, in order, never further apart than MAX_CHARS."""
    at = start
    while at < end:
        line_end = text.find("\n", at, end) + 1 or end
        if line_end - at > MAX_CHARS:
            marks = [m.end() for m in _SENTENCE_END.finditer(text, at, line_end)]
            for mark in [*marks, line_end]:
                while mark - at > MAX_CHARS:
                    at = text.rfind(" ", at + 1, at + MAX_CHARS) + 1 or at + MAX_CHARS
                    yield at
                at = mark
                yield at
        else:
            at = line_end
            yield at


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    if any(letter.isalnum() for letter in text[start:end]):
        yield start, end


def _table_header(text: str, start: int, first: int) -> str:
    """The header row, for a span that begins further down in a table."""
    if CELL_MARK not in text[first:].partition("\n")[0]:
        return ""
    header = ""
    for line in reversed(text[start:first].rstrip("\n").split("\n")):
        if CELL_MARK not in line:
            break
        header = line
    return _shorten(header, _MAX_LEAD)


def _chunk(document: Document, piece: _Piece) -> Chunk:
    provision = piece.provision
    text = document.text[piece.start : piece.end]
    name = f"{document.kind.value} {document.number}".strip()
    headings = " › ".join(_shorten(heading, _MAX_HEADING) for heading in provision.headings)
    head = (f"{name}: {_shorten(document.title, _MAX_TITLE)}", headings, _shorten(piece.context, 2 * _MAX_LEAD))
    embedded = "\n".join(line for line in (*head, text) if line)
    return Chunk(
        id=str(uuid.uuid5(_NAMESPACE, f"{provision.id}|{piece.part}|{CHUNKER_VERSION}")),
        document_id=document.id,
        provision_id=provision.id,
        text=text,
        embedded_text=embedded,
        digest=hashlib.sha256(embedded.encode()).hexdigest(),
        start=piece.start,
        end=piece.end,
        number=document.number,
        kind=document.kind,
        label=document.label,
        territory=document.territory,
        is_draft=document.is_draft,
        effective_from=provision.validity.effective_from,
        effective_to=provision.validity.effective_to,
    )


def _shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rpartition(" ")[0].rstrip(" ,;") + "…"
