"""Word documents (.docx): paragraphs and tables in order, with the numbers Word generates and without deleted text."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from assistant.errors import FileUnreadable
from ingest.readers.office.numbering import Numbering, W, read_numbering
from ingest.readers.raw import Block, BlockKind, RawDocument, paragraphs, table_block

MAX_PART_BYTES = 64 * 1024 * 1024
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted and moved-away text, field codes, and text boxes (read on their own, after the paragraph they hang on).
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}txbxContent", _FALLBACK}
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read_docx(data: bytes) -> RawDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            body = _part(package, "word/document.xml")
            numbering = read_numbering(_part(package, "word/numbering.xml"), _part(package, "word/styles.xml"))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise FileUnreadable("docx_unreadable", detail=str(error)) from error
    root = body.find(f"{W}body") if body is not None else None
    if root is None:
        raise FileUnreadable("docx_unreadable", detail="word/document.xml has no body")
    return RawDocument(tuple(_blocks(root, numbering)))


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    if name not in package.namelist():
        return None
    if package.getinfo(name).file_size > MAX_PART_BYTES:
        raise FileUnreadable("file_too_large", detail=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    root = etree.fromstring(package.read(name), parser)
    if etree.ElementTree(root).docinfo.internalDTD is not None:
        # No word processor writes a document type; one is there to define entities that explode.
        raise FileUnreadable("docx_unreadable", detail=f"{name} declares a document type")
    return root


def _blocks(parent: etree._Element, numbering: Numbering) -> Iterator[Block]:
    for element in parent:
        if element.tag == f"{W}p":
            yield from _paragraph(element, numbering)
        elif element.tag == f"{W}tbl":
            yield from _table(element, numbering)
        elif element.tag not in _SKIPPED:  # content controls and tracked insertions wrap whole paragraphs
            yield from _blocks(element, numbering)


def _paragraph(element: etree._Element, numbering: Numbering) -> Iterator[Block]:
    text = "".join(_pieces(element))
    label = numbering.label(element)
    level = _heading_level(element)
    yield from paragraphs(f"{label} {text}" if label else text, BlockKind.HEADING if level else BlockKind.TEXT, level)
    for box in element.iter(f"{W}txbxContent"):
        if next(box.iterancestors(_FALLBACK), None) is None:
            yield from _blocks(box, numbering)


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _SKIPPED:
            yield from _pieces(child)


def _heading_level(element: etree._Element) -> int:
    style = element.find(f"{W}pPr/{W}pStyle")
    name = style.get(f"{W}val", "") if style is not None else ""
    digits = name.removeprefix("Heading")
    return int(digits) if digits.isdigit() and name.startswith("Heading") else 0


def _table(element: etree._Element, numbering: Numbering) -> list[Block]:
    rows = [[_cell(cell, numbering) for cell in _cells(row)] for row in element.iterchildren(f"{W}tr")]
    if rows and max(map(len, rows)) == 1:
        cells = [cell for row in element.iterchildren(f"{W}tr") for cell in _cells(row)]
        return [block for cell in cells for block in _blocks(cell, numbering)]
    return table_block(rows)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag == f"{W}sdt":
            yield from child.iter(f"{W}tc")


def _cell(cell: etree._Element, numbering: Numbering) -> str:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    if merged is not None and merged.get(f"{W}val") != "restart":
        return ""
    return "\n".join(block.text for block in _blocks(cell, numbering))
