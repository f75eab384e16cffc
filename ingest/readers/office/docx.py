"""Word documents (.docx): paragraphs, tables and footnotes in order, with the numbers that Word generates.

Deleted text is left out, fonts of before Unicode are read as what they drew.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import groupby

from lxml import etree

from assistant.errors import FileUnreadable
from ingest.legal.annexes import is_signature
from ingest.readers.encodings import to_unicode
from ingest.readers.office.fonts import Fonts, read_fonts
from ingest.readers.office.markup import W, is_on, style_of, styles_by_id, value
from ingest.readers.office.numbering import Numbering, read_numbering
from ingest.readers.raw import Block, BlockKind, RawDocument, paragraphs, table_block

MAX_PART_BYTES = 64 * 1024 * 1024
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted and moved-away text, field codes, and text boxes (read on their own, after the paragraph they hang on).
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}txbxContent", _FALLBACK}
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
# A mark inside a unit's number ("Điều 5[1].", "1.[2] ") would hide the unit; it moves behind the words it explains.
_MARK_IN_NUMBER = re.compile(
    r"^((?:(?:Điều|Chương|Mục)\s+)?\w{1,4})((?:\[\d+\])+)([.):]?)|^((?:Điều\s+)?\w{1,4}[.)])((?:\[\d+\])+)"
)
_NEW_UNIT = re.compile(r"^(?:Điều\s+\d|Chương\s|Mục\s+\d|Phụ lục|PHỤ LỤC|CHƯƠNG\s)")
_HEADING = re.compile(r"^heading (\d)$", re.IGNORECASE)
# A table of contents repeats the headings: by its style, or typed with a tab before the page.
_CONTENTS_STYLE = re.compile(r"^(?:toc \d|table of figures)$", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"\S\t[\t.…_ ]*\d{1,4}\s*$")


def read_docx(data: bytes) -> RawDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            body = _part(package, "word/document.xml")
            styles = _part(package, "word/styles.xml")
            lists = _part(package, "word/numbering.xml")
            notes = {kind: _part(package, f"word/{kind}s.xml") for kind in _NOTES.values()}
            macros = "word/vbaProject.bin" in package.namelist()
    except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise FileUnreadable("docx_unreadable", detail=str(error)) from error
    root = body.find(f"{W}body") if body is not None else None
    if root is None:
        raise FileUnreadable("docx_unreadable", detail="word/document.xml has no body")
    fonts = read_fonts(styles, root, lists, *notes.values())
    names = {name: value(style.find(f"{W}name")) for name, style in styles_by_id(styles).items()}
    reading = _Reading(read_numbering(lists, styles), fonts, names, notes)
    return RawDocument(tuple(reading.document(root)), warnings=("macros_ignored",) if macros else ())


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


class _Reading:
    """One document: counts its lists and notes as it goes, so each paragraph is read once and in order."""

    def __init__(
        self,
        numbering: Numbering,
        fonts: Fonts,
        style_names: Mapping[str, str],
        notes: Mapping[str, etree._Element | None],
    ) -> None:
        self._numbering = numbering
        self._fonts = fonts
        self._style_names = style_names
        self._notes = {
            (kind, note.get(f"{W}id")): note
            for kind, part in notes.items()
            if part is not None
            for note in part.iter(f"{W}{kind}")
        }
        self._waiting: list[Block] = []
        self._count = 0

    def document(self, root: etree._Element) -> Iterator[Block]:
        """All blocks; the notes of a unit stand at its end, before the next one begins."""
        for block in self._blocks(root):
            if self._waiting and (_NEW_UNIT.match(block.text) or is_signature(block)):
                waiting, self._waiting = self._waiting, []
                new = [note for note in waiting if note.text.partition(" ")[0] in block.text]
                yield from (note for note in waiting if note not in new)
                self._waiting = new
            yield block
        yield from self._waiting

    def _blocks(self, parent: etree._Element) -> Iterator[Block]:
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag not in _SKIPPED:  # content controls and tracked insertions wrap whole paragraphs
                yield from self._blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        style = self._style_names.get(style_of(element), style_of(element))
        text = self._text(element)
        is_gone = not text.strip() and element.find(f"{W}pPr/{W}rPr/{W}del") is not None
        if is_gone or _CONTENTS_STYLE.match(style):
            return
        number = self._numbering.number(element)
        label = to_unicode(number.text, self._fonts.of_number(number.font, element))
        level = _HEADING.match(style)
        kind = BlockKind.HEADING if level else BlockKind.TEXT
        if not _CONTENTS_LINE.search(text):
            shown = _mark_behind(f"{label} {text}" if label else text)
            yield from paragraphs(shown, kind, int(level[1]) if level else 0)
        for box in element.iter(f"{W}txbxContent"):
            if next(box.iterancestors(_FALLBACK), None) is None:
                yield from self._blocks(box)

    def _text(self, paragraph: etree._Element) -> str:
        pieces = self._pieces(paragraph, paragraph, "")
        # Runs of one encoding are read together: VNI writes one letter as two signs, and a run may end between them.
        runs = groupby(pieces, key=lambda piece: piece[1])
        return "".join(to_unicode("".join(text for text, _ in run), encoding) for encoding, run in runs)

    def _pieces(self, element: etree._Element, paragraph: etree._Element, encoding: str) -> Iterator[tuple[str, str]]:
        for child in element:
            if child.tag == f"{W}t":
                yield child.text or "", encoding
            elif child.tag in _BREAKS:
                yield _BREAKS[child.tag], encoding
            elif child.tag in _NOTES:
                yield self._note(_NOTES[child.tag], child.get(f"{W}id")), ""
            elif child.tag == f"{W}r" and is_on(child.find(f"{W}rPr"), "vanish"):
                continue
            elif child.tag == f"{W}r":
                yield from self._pieces(child, paragraph, self._fonts.encoding(child, paragraph))
            elif child.tag not in _SKIPPED:
                yield from self._pieces(child, paragraph, encoding)

    def _note(self, kind: str, note_id: str | None) -> str:
        """The mark of a note in the text; the note itself waits for the end of the unit."""
        note = self._notes.get((kind, note_id))
        if note is None:
            return ""
        self._count += 1
        mark = f"[{self._count}]"
        text = " ".join(self._text(paragraph).strip() for paragraph in note.iter(f"{W}p"))
        self._waiting.extend(paragraphs(f"{mark} {' '.join(text.split())}", BlockKind.NOTE))
        return mark

    def _table(self, element: etree._Element) -> list[Block]:
        rows = [[self._cell(cell) for cell in _cells(row)] for row in element.iterchildren(f"{W}tr")]
        if rows and max(map(len, rows)) == 1:
            return [block for row in rows for cell in row for block in cell]
        return table_block([["\n".join(block.text for block in cell) for cell in row] for row in rows])

    def _cell(self, cell: etree._Element) -> list[Block]:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart":
            return []
        return list(self._blocks(cell))


def _mark_behind(text: str) -> str:
    match = _MARK_IN_NUMBER.match(text)
    if not match:
        return text
    number, marks = (f"{match[1]}{match[3]}", match[2]) if match[1] else (match[4], match[5])
    return f"{number}{text[match.end() :]}{marks}"


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag == f"{W}sdt":
            yield from child.iter(f"{W}tc")
