"""A document as a tree of units whose words can be changed, and back: every span keeps the amendment it came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.corpus.document import Document, Provision, ProvisionKind, Validity
from ingest.legal.addresses import anchor_piece

Origin = int | None
"""The place of the amendment in the list that is applied; None for the words as they were passed."""


@dataclass(slots=True)
class Words:
    """A run of text of one origin."""

    text: str
    origin: Origin = None


@dataclass(slots=True)
class Unit:
    """A provision with its own words and the units in it, in reading order."""

    kind: ProvisionKind
    label: str
    path: str
    anchor: str
    heading: str = ""
    headings: tuple[str, ...] = ()
    source_url: str = ""
    content: "list[Words | Unit]" = field(default_factory=list)
    ended: bool = False
    """Repealed or suspended: the address stays, the words are gone."""

    @property
    def children(self) -> "list[Unit]":
        return [each for each in self.content if isinstance(each, Unit)]

    @property
    def name(self) -> str:
        """ "khoản 2 Điều 6" → "khoản 2": the first two words, but "Quy chế" and "Phụ lục" have their own."""
        return f"{_WORDS[self.kind]} {self.label}".strip() if self.kind in _WORDS else self.path

    def walk(self) -> "Iterator[Unit]":
        yield self
        for child in self.children:
            yield from child.walk()

    def text(self) -> str:
        return "".join(each.text if isinstance(each, Words) else each.text() for each in self.content)


_WORDS = {
    ProvisionKind.PART: "Phần",
    ProvisionKind.CHAPTER: "Chương",
    ProvisionKind.SECTION: "Mục",
    ProvisionKind.SUBSECTION: "Tiểu mục",
    ProvisionKind.ARTICLE: "Điều",
    ProvisionKind.CLAUSE: "khoản",
    ProvisionKind.POINT: "điểm",
}


@dataclass(frozen=True, slots=True)
class ChangedSpan:
    """Words of a state that an amendment put there."""

    start: int
    end: int
    origin: int


def build_tree(document: Document) -> Unit:
    """The whole document as one unit without a kind of its own; `render` gives back the same text and provisions."""
    children: dict[str | None, list[Provision]] = {}
    for provision in sorted(document.provisions, key=lambda each: (each.start, -each.end)):
        children.setdefault(provision.parent_id, []).append(provision)
    root = Unit(ProvisionKind.PARAGRAPH, "", "", "")
    root.content = _content(document, children, None, 0, len(document.text))
    return root


def _content(
    document: Document, children: Mapping[str | None, Sequence[Provision]], parent: str | None, start: int, end: int
) -> list[Words | Unit]:
    content: list[Words | Unit] = []
    cursor = start
    for provision in children.get(parent, ()):
        if provision.start < cursor:
            continue  # overlaps what stands before it: a fault of the outline that is not repeated here
        if cursor < provision.start:
            content.append(Words(document.text[cursor : provision.start]))
        unit = Unit(
            provision.kind,
            provision.label,
            provision.path,
            provision.id.partition("#")[2],
            provision.heading,
            provision.headings,
            provision.source_url,
        )
        unit.content = _content(document, children, provision.id, provision.start, provision.end)
        content.append(unit)
        cursor = provision.end
    if cursor < end:
        content.append(Words(document.text[cursor:end]))
    return content


class Rendering:
    """Text, provisions and changed spans of a tree."""

    def __init__(self, root: Unit, document_id: str) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._document_id = document_id
        self._drafts: list[tuple[Unit, int, int, str | None]] = []
        self.spans: list[ChangedSpan] = []
        self._write(root, None)
        self.text = "".join(self._pieces)
        self.ended = {f"{document_id}#{unit.anchor}" for unit, _, _, _ in self._drafts if unit.ended}
        self.provisions = tuple(
            _provision(unit, start, end, parent, document_id) for unit, start, end, parent in self._drafts
        )

    def _write(self, unit: Unit, parent: str | None) -> None:
        own = f"{self._document_id}#{unit.anchor}" if unit.anchor else None
        place = len(self._drafts)
        if own:
            self._drafts.append((unit, self._length, self._length, parent))
        start = self._length
        for each in unit.content:
            if isinstance(each, Unit):
                self._write(each, own)
                continue
            if each.origin is not None and each.text:
                self.spans.append(ChangedSpan(self._length, self._length + len(each.text), each.origin))
            self._pieces.append(each.text)
            self._length += len(each.text)
        if own:
            self._drafts[place] = (unit, start, self._length, parent)


def _provision(unit: Unit, start: int, end: int, parent: str | None, document_id: str) -> Provision:
    return Provision(
        id=f"{document_id}#{unit.anchor}",
        kind=unit.kind,
        label=unit.label,
        path=unit.path,
        heading=unit.heading,
        start=start,
        end=end,
        parent_id=parent,
        headings=unit.headings,
        validity=Validity(),
        source_url=unit.source_url,
    )


def adopt(unit: Unit, parent: Unit) -> Unit:
    """Give a fresh unit its address and headings below `parent`, and so for all units in it."""
    through = unit.kind is ProvisionKind.ARTICLE
    scope = _scope_path(parent) if through else parent.path
    unit.path = f"{unit.name} {scope}".strip()
    above = _scope_anchor(parent) if through else parent.anchor
    unit.anchor = f"{above}.{anchor_piece(unit.name)}" if above else anchor_piece(unit.name)
    unit.headings = headings_below(parent)
    unit.source_url = unit.source_url or parent.source_url
    for child in unit.children:
        adopt(child, unit)
    return unit


def headings_below(parent: Unit) -> tuple[str, ...]:
    """What stands above the units in `parent`."""
    if not parent.anchor or parent.kind is ProvisionKind.CLAUSE:
        return parent.headings
    name = parent.name
    return (*parent.headings, f"{name}. {parent.heading}" if parent.heading else name)


def rename_heading(unit: Unit, before: tuple[str, ...]) -> None:
    """After a unit's title changed: the headings of all units in it follow."""
    after = headings_below(unit)
    for child in unit.walk():
        if child is not unit and child.headings[: len(before)] == before:
            child.headings = (*after, *child.headings[len(before) :])


def _scope_path(parent: Unit) -> str:
    """An article is numbered through the act, or through the regulation that is attached to it."""
    return parent.path if parent.kind is ProvisionKind.APPENDIX else _annex_of(parent.path)


def _annex_of(path: str) -> str:
    words = path.split(" ")
    groups = ("Chương", "Mục", "Phần", "Tiểu")
    while words and (words[0] in groups or (len(words) > 1 and words[0] in ("mục",))):
        words = words[2:] if words[0] != "Phần" or words[1] != "thứ" else words[3:]
    return " ".join(words)


def _scope_anchor(parent: Unit) -> str:
    if parent.kind is ProvisionKind.APPENDIX:
        return parent.anchor
    pieces = parent.anchor.split(".")
    kept = [piece for piece in pieces if not piece.startswith(("chuong-", "muc-", "phan-", "tieu-muc-"))]
    return ".".join(kept)


def document_of(base: Document, root: Unit, document_id: str) -> tuple[Document, Rendering]:
    """The base document with the words and units of the tree, under another identifier."""
    rendering = Rendering(root, document_id)
    return replace(base, id=document_id, text=rendering.text, provisions=rendering.provisions), rendering
