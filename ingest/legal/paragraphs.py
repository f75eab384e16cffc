"""Texts without Điều (reports, letters, articles): numbered paragraphs for what carries no number of its own."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.corpus.document import ProvisionKind
from assistant.text import match_form
from ingest.legal.addresses import Node
from ingest.legal.annexes import is_signature
from ingest.legal.issuers import printed_kind
from ingest.legal.units import Unit
from ingest.readers.raw import Block, BlockKind

if TYPE_CHECKING:
    from ingest.legal.structure import StructureReading

_LIST_LINE = re.compile(r"^(?:[-–+•*]\s|[a-zđ]\d?\)\s)")
_HEADER = re.compile(
    r"^(?:\W*cộng hòa xã hội|\W*độc lập\W|số\s*:|luật số|\W*văn bản mẫu|\W*dự thảo\W*$|v/v |về việc |kính gửi"
    r"|[\w\s.]{2,40}, ngày .{0,40}$|[-_*=.\s]+$)"
)
_SENTENCE_END = re.compile(r"[.;:,!?]$")
_HEADER_BLOCKS = 15
_MAX_HEADING = 160
_MAX_PARAGRAPH = 1500


def header_end(blocks: Sequence[Block]) -> int:
    """The index after the quốc hiệu, number, day, kind and title: where the text itself begins."""
    end = 0
    for index, block in enumerate(blocks[:_HEADER_BLOCKS]):
        shape = match_form(block.text)
        if _HEADER.match(shape) or printed_kind(block.text) or "cộng hòa xã hội" in shape[:400]:
            end = index + 1
            if printed_kind(block.text) and end < len(blocks) and not _SENTENCE_END.search(blocks[end].text):
                end += 1  # the title under the kind
    return end if end < len(blocks) else 0


def paragraph_nodes(reading: "StructureReading") -> list[Node]:
    """A node for each paragraph that no khoản or điểm holds; headings go with what follows them."""
    found: list[Node] = []
    headings: dict[int, str] = {}
    last = -2
    for index in range(reading.first, len(reading.blocks)):
        start, block = reading.starts[index], reading.blocks[index]
        holder = _holder(reading, start)
        if is_signature(block):
            break
        if index in reading.opened_at:
            headings = {}
        if index in reading.opened_at or (holder is not None and holder.kind is not ProvisionKind.SECTION):
            continue
        level = _heading_level(block)
        if level is not None and index + 1 < len(reading.blocks):
            headings = {depth: text for depth, text in headings.items() if depth < level} | {level: block.text}
        elif last == index - 1 and found and _belongs(found[-1], reading, block):
            found[-1].end = start + len(block.text)
            last = index
        else:
            context = tuple(headings[depth] for depth in sorted(headings))
            unit = Unit(ProvisionKind.PARAGRAPH, str(len(found) + 1), "")
            found.append(Node(unit, holder, start, end=start + len(block.text), context=context))
            last = index
    return found


def _holder(reading: "StructureReading", start: int) -> Node | None:
    """The innermost unit around a place."""
    around = [node for node in reading.nodes if node.start <= start < node.end]
    return max(around, key=lambda node: node.start, default=None)


def _belongs(node: Node, reading: "StructureReading", block: Block) -> bool:
    """A list belongs to the sentence that announces it."""
    first = reading.blocks[reading.starts.index(node.start)].text
    announced = first.endswith(":") and bool(_LIST_LINE.match(block.text))
    return announced and node.end - node.start + len(block.text) <= _MAX_PARAGRAPH


def _heading_level(block: Block) -> int | None:
    if block.kind is BlockKind.HEADING:
        return block.level
    text = block.text
    is_title = block.kind is BlockKind.TEXT and len(text) <= _MAX_HEADING and text.isupper()
    return 1 if is_title and not _SENTENCE_END.search(text) else None
