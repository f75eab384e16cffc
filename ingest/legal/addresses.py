"""What a unit is called: its anchor in identifiers, its path in citations, its heading above its children."""

import re
from dataclasses import dataclass, field
from datetime import date

from assistant.corpus.document import ProvisionKind
from assistant.text import fold
from ingest.legal.units import Unit

RANK = {
    ProvisionKind.APPENDIX: 0,
    ProvisionKind.PART: 1,
    ProvisionKind.CHAPTER: 2,
    ProvisionKind.SECTION: 3,
    ProvisionKind.SUBSECTION: 4,
    ProvisionKind.ARTICLE: 5,
    ProvisionKind.CLAUSE: 6,
    ProvisionKind.POINT: 7,
    ProvisionKind.PARAGRAPH: 8,
}
_NAMES = {
    ProvisionKind.PART: "Phần",
    ProvisionKind.CHAPTER: "Chương",
    ProvisionKind.SECTION: "Mục",
    ProvisionKind.SUBSECTION: "Tiểu mục",
    ProvisionKind.ARTICLE: "Điều",
    ProvisionKind.CLAUSE: "khoản",
    ProvisionKind.POINT: "điểm",
    ProvisionKind.PARAGRAPH: "đoạn",
}
# "Điều 5" is numbered through the whole text; a chapter in front of it adds nothing to its address.
_THROUGH = {ProvisionKind.ARTICLE, ProvisionKind.CHAPTER, ProvisionKind.PART, ProvisionKind.PARAGRAPH}


_FORMS = ("Mẫu số", "Biểu số")


def is_annex(unit: Unit) -> bool:
    """A numbered appendix or a form, as against a regulation issued with the act."""
    return unit.word == "Phụ lục" or unit.word in _FORMS


def unit_rank(unit: Unit) -> float:
    """A form stands within the appendix it belongs to."""
    return 0.5 if unit.word in _FORMS else RANK[unit.kind]


@dataclass(slots=True)
class Node:
    """A unit being read: where it stands, and the last child of each kind, to judge what may come next."""

    unit: Unit
    parent: "Node | None"
    start: int
    url: str = ""
    effective_from: date | None = None
    title: str = ""
    end: int = 0
    context: tuple[str, ...] = ()
    """Headings above it that are no units themselves."""
    last: dict[ProvisionKind, str] = field(default_factory=dict)

    @property
    def kind(self) -> ProvisionKind:
        return self.unit.kind

    @property
    def name(self) -> str:
        word = self.unit.word or _NAMES[self.kind]
        return f"{word} {self.unit.label}".strip()

    @property
    def scope(self) -> "Node | None":
        """The appendix or attached regulation around it, which numbers its articles by itself."""
        node = self.parent
        while node is not None and node.kind is not ProvisionKind.APPENDIX:
            node = node.parent
        return node

    @property
    def path(self) -> str:
        above = self.scope if self.kind in _THROUGH else self.parent
        return f"{self.name} {above.path}" if above is not None else self.name

    @property
    def anchor(self) -> str:
        numbered_through = self.kind in (ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH)
        above = self.scope if numbered_through else self.parent
        return f"{above.anchor}.{anchor_piece(self.name)}" if above is not None else anchor_piece(self.name)

    @property
    def heading(self) -> str:
        return f"{self.name}. {self.title}" if self.title else self.name

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings above, outermost first; a clause has none of its own."""
        if self.parent is None:
            return self.context
        above = self.parent.headings
        if self.parent.kind is not ProvisionKind.CLAUSE:
            above = (*above, self.parent.heading)
        return (*above, *self.context)


def anchor_piece(name: str) -> str:
    """ "điểm đ" → "diem-dd": đ must not fall together with d."""
    word, _, label = name.rpartition(" ")
    return re.sub(r"[^a-z0-9]+", "-", f"{fold(word)} {fold(label.replace('đ', 'dd') if word else label)}").strip("-")
