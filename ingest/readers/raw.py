"""What a reader hands on: the blocks of a text in reading order, with whatever the format says about them."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.text import nfc
from ingest.readers.pages import PageReading

# Soft hyphens, zero-width marks and byte-order marks carry no text; a no-break space is a space.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[^\S\n]+")
CELL_MARK = " | "


class BlockKind(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    TABLE = "table"
    NOTE = "note"
    """Says something about the unit above it, e.g. by what it was amended."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph (one line), or one table (a line per row, cells between bars).

    `level` is a heading's depth. `article` is set where the format itself says that an article begins here; such an
    article may carry its own link and day of effect.
    """

    kind: BlockKind
    text: str
    level: int = 0
    article: str = ""
    url: str = ""
    effective_from: date | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the format says about the document besides its text. Empty means it says nothing."""

    number: str = ""
    title: str = ""
    kind: str = ""
    issuer: str = ""
    signer: str = ""
    url: str = ""
    label: str = ""
    territory: str = ""
    issued_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    is_sample: bool = False
    is_draft: bool = False
    is_official: bool = True
    title_is_of_page: bool = False
    """`title` names a web page, which need not be the document's own title."""
    is_excerpt: bool = False
    """Only some articles of the instrument: what it lacks is no fault of the file."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    blocks: tuple[Block, ...]
    hints: Hints = Hints()
    warnings: tuple[str, ...] = field(default=())
    pages: tuple[PageReading, ...] = field(default=())
    """What became of each page, in formats that have pages."""
    name: str = ""
    """The name of the file inside an archive that this was read from."""


def clean(text: str) -> str:
    """NFC, no invisible characters, single spaces; line breaks stay."""
    lines = _SPACES.sub(" ", _INVISIBLE.sub("", nfc(text).replace("\r\n", "\n").replace("\r", "\n"))).split("\n")
    return "\n".join(line.strip() for line in lines).strip("\n")


def paragraphs(text: str, kind: BlockKind = BlockKind.TEXT, level: int = 0) -> list[Block]:
    """A block for every line of `text` that is not blank."""
    return [Block(kind, line, level) for line in clean(text).split("\n") if line]


def table_block(rows: list[list[str]]) -> list[Block]:
    """A table as one block; a single column is layout, not data, and becomes paragraphs."""
    tidy = [[" ".join(clean(cell).replace("|", "/").split()) for cell in row] for row in rows]
    tidy = [row for row in tidy if any(row)]
    if not tidy:
        return []
    if max(len(row) for row in tidy) == 1:
        return [block for row in rows for cell in row for block in paragraphs(cell)]
    return [Block(BlockKind.TABLE, "\n".join(CELL_MARK.join(row) for row in tidy))]
