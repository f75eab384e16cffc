"""From blocks to a text and its provisions: Phần, Chương, Mục, Điều, khoản, điểm, Phụ lục, or numbered paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.document import Provision, ProvisionKind, Validity
from ingest.legal.addresses import Node
from ingest.legal.annexes import uncovered_annexes
from ingest.legal.paragraphs import header_end, paragraph_nodes
from ingest.legal.structure import StructureReading
from ingest.readers.raw import Block


@dataclass(frozen=True, slots=True)
class Outline:
    text: str
    provisions: tuple[Provision, ...]
    body_start: int
    """Where the first unit begins: before it stands the header."""
    warnings: tuple[str, ...] = ()


def build_outline(blocks: Sequence[Block], document_id: str) -> Outline:
    """The document's text is its blocks, a line each; every span is an offset into it."""
    text = "\n".join(block.text for block in blocks)
    reading = StructureReading(blocks)
    reading.run()
    if any(node.kind in (ProvisionKind.ARTICLE, ProvisionKind.APPENDIX) for node in reading.nodes):
        extra = uncovered_annexes(reading)
    else:
        # A report, a plan or a letter: whatever numbers it has, and paragraphs for the rest.
        reading = StructureReading(blocks, without_articles=True, first=header_end(blocks))
        reading.run()
        extra = paragraph_nodes(reading)
    nodes = sorted([*reading.nodes, *extra], key=lambda node: node.start)
    return Outline(text, tuple(_provisions(nodes, document_id)), _body_start(nodes, text), tuple(reading.warnings))


def _body_start(nodes: Sequence[Node], text: str) -> int:
    return nodes[0].start if nodes else len(text)


def _provisions(nodes: Sequence[Node], document_id: str) -> list[Provision]:
    ids: dict[int, str] = {}
    seen: dict[str, int] = {}
    found: list[Provision] = []
    for node in nodes:
        anchor = node.anchor
        seen[anchor] = seen.get(anchor, 0) + 1
        # Two units of one name (a form printed twice) must not share an identifier.
        repeated = f"~{seen[anchor]}" if seen[anchor] > 1 else ""
        ids[id(node)] = f"{document_id}#{anchor}{repeated}"
        found.append(
            Provision(
                id=ids[id(node)],
                kind=node.kind,
                label=node.unit.label,
                path=node.path,
                heading=node.title,
                start=node.start,
                end=node.end,
                parent_id=ids[id(node.parent)] if node.parent is not None else None,
                headings=node.headings,
                validity=Validity(node.effective_from),
                source_url=node.url,
            )
        )
    return found
