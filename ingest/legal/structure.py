"""One pass over the blocks of a text that finds where each unit begins and ends."""

import re
from collections.abc import Iterator, Sequence

from assistant.corpus.document import ProvisionKind
from ingest.legal.addresses import RANK, Node, is_annex, unit_rank
from ingest.legal.annexes import announces_attachment, attached_regulation, is_signature
from ingest.legal.contents import contents_lines
from ingest.legal.quotes import QuoteTracker
from ingest.legal.units import (
    Unit,
    follows,
    is_next,
    point_follows,
    read_article,
    read_clause,
    read_group,
    read_point,
    read_roman_section,
)
from ingest.readers.raw import Block, BlockKind

ARTICLE_GAP, CLAUSE_GAP = 10, 5
_ANY_GAP = 1000
_LOOK_AHEAD = 600
_MAX_TITLE = 250
_NOT_A_TITLE = re.compile(r"[.;:,]$")
_NOTE_MARKS = re.compile(r"(?:\s*\[\d+\])+$")


class StructureReading:
    """After `run`, `nodes` are the units in reading order, and `starts` where each block begins in the text."""

    def __init__(self, blocks: Sequence[Block], *, without_articles: bool = False, first: int = 0) -> None:
        self.blocks = blocks
        self.first = first
        self.nodes: list[Node] = []
        self.opened_at: set[int] = set()
        self.warnings: list[str] = []
        self.starts: list[int] = []
        self._without_articles = without_articles
        self._stack: list[Node] = []
        self._interrupted: list[Node] = []
        """The part, chapter and section of the act that an appendix broke off."""
        self._top = Node(Unit(ProvisionKind.APPENDIX, "", ""), None, 0)
        self._last_article: dict[int, str] = {}
        self._titling: Node | None = None
        self._quotes = QuoteTracker()
        # A format that says where articles begin is believed: "Điều 3." elsewhere in it is quoted or cited.
        self._hinted = any(block.article for block in blocks)
        self._contents = contents_lines(blocks)
        offset = 0
        for block in blocks:
            self.starts.append(offset)
            offset += len(block.text) + 1

    def run(self) -> None:
        for index, block in enumerate(self.blocks):
            if index in self._contents:
                continue
            unit = self._unit(index, block) if index >= self.first else None
            if unit is not None:
                self._open(index, unit, block)
            elif self._stack and self._in_main_body() and is_signature(block):
                self._close(0, index)
            else:
                self._take_title(block)
                if block.kind is BlockKind.NOTE:
                    self._close(RANK[ProvisionKind.CLAUSE], index)
        self._close(0, len(self.blocks))

    # --- which unit begins here

    def _unit(self, index: int, block: Block) -> Unit | None:
        if block.article:
            self._quotes = QuoteTracker()
            return Unit(ProvisionKind.ARTICLE, block.article, block.text.partition(". ")[2].strip())
        text = block.text
        in_turn = self._quotes.is_open and self._in_turn(text)
        quoted = self._quotes.inside(text, in_turn=in_turn, rest=self._texts_after(index))
        if quoted or block.kind in (BlockKind.TABLE, BlockKind.NOTE):
            return None
        if self._without_articles:
            return self._numbered(text)
        if announces_attachment(text) and self._in_main_body():
            self._attach(index + 1)
            return None
        return self._article(index, text) or self._group(index, text) or self._numbered(text)

    def _article(self, index: int, text: str) -> Unit | None:
        unit = None if self._hinted else read_article(text)
        if unit is None:
            return None
        self._resume(unit.label, index)
        previous = self._last_article.get(id(self._scope()))
        if previous is not None and unit.label == "1" and not self._in_annex():
            self._attach(index)
        elif not (previous is None or follows(unit.label, previous, gap=self._gap(index, previous))):
            if not self._in_annex():
                self.warnings.append(f"outline_out_of_order:Điều {unit.label}")
            return None
        return unit

    def _resume(self, label: str, index: int) -> None:
        """The act's own next article after a form or list that stands between two of them."""
        scope, last = self._scope(), self._last_article.get(id(None))
        if scope is None or last is None or id(scope) in self._last_article or not follows(label, last, gap=1):
            return
        self._close(0, index)
        self._stack.extend(self._interrupted)

    def _gap(self, index: int, previous: str) -> int:
        """How many numbers may be missing here: any, unless one of them comes further down (what stands here is then
        another act's article, or a reference to one)."""
        for text in self._texts_after(index):
            unit = read_article(text)
            if unit is not None and unit.label == "1":
                break
            if unit is not None and follows(unit.label, previous, gap=ARTICLE_GAP):
                return ARTICLE_GAP
        return _ANY_GAP

    def _texts_after(self, index: int) -> Iterator[str]:
        return (self.blocks[place].text for place in range(index + 1, min(index + _LOOK_AHEAD, len(self.blocks))))

    def _group(self, index: int, text: str) -> Unit | None:
        unit = read_group(text)
        if unit is None or text[-1] in ";,":
            return None
        restarts = unit.kind is ProvisionKind.CHAPTER and unit.label in ("I", "1")
        if restarts and self._in_main_body() and not self._within(ProvisionKind.PART):
            self._attach(index)
        return unit

    def _numbered(self, text: str) -> Unit | None:
        in_article = self._within(ProvisionKind.ARTICLE) is not None
        if not in_article and not self._without_articles and (not self._stack or not self._in_annex_like()):
            return None
        unit = read_clause(text)
        if unit is not None:
            last = self._holder(ProvisionKind.CLAUSE).last.get(ProvisionKind.CLAUSE, "0")
            return unit if follows(unit.label, last, gap=CLAUSE_GAP) else None
        unit = read_point(text)
        if unit is not None:
            last_point = self._holder(ProvisionKind.POINT).last.get(ProvisionKind.POINT)
            if unit.label == "d" == last_point:
                unit = unit._replace(label="đ")  # a scan loses the bar; no list has the same letter twice
            return unit if point_follows(unit.label, last_point) else None
        return None if in_article else read_roman_section(text)

    def _in_turn(self, text: str) -> bool:
        """Whether the number that begins this paragraph is the very next one outside the open quotation."""
        unit = read_article(text)
        if unit is not None:
            return is_next(unit.label, self._last_article.get(id(self._scope())))
        unit = read_clause(text) or read_point(text)
        return unit is not None and is_next(unit.label, self._holder(unit.kind).last.get(unit.kind))

    # --- opening and closing

    def _open(self, index: int, unit: Unit, block: Block | None = None) -> None:
        is_hinted = _is_hinted(block)
        if unit.kind is ProvisionKind.APPENDIX and self._scope() is None:
            self._interrupted = [node for node in self._stack if RANK[node.kind] < RANK[ProvisionKind.ARTICLE]]
        self._close(0 if is_hinted and self._scope() is not None else unit_rank(unit), index)
        parent = self._stack[-1] if self._stack else None
        node = Node(unit, parent, self.starts[index], title=_own_title(unit))
        if block is not None and block.article:
            node.url, node.effective_from = block.url, block.effective_from
        elif parent is not None and unit.kind in (ProvisionKind.CLAUSE, ProvisionKind.POINT):
            node.url, node.effective_from = parent.url, parent.effective_from
        (parent or self._top).last[unit.kind] = unit.label
        if unit.kind is ProvisionKind.ARTICLE:
            self._last_article[id(self._scope())] = unit.label
        takes_title = unit_rank(unit) <= RANK[ProvisionKind.ARTICLE] and not unit.title and not is_hinted
        self._titling = node if takes_title else None
        self._stack.append(node)
        self.nodes.append(node)
        self.opened_at.add(index)

    def _close(self, rank: float, index: int) -> None:
        """Close every open unit of this rank or deeper; they end with the block before `index`."""
        end = self.starts[index - 1] + len(self.blocks[index - 1].text) if index else 0
        while self._stack and unit_rank(self._stack[-1].unit) >= rank:
            node = self._stack.pop()
            node.end = max(end, node.start)
        self._titling = None

    def _attach(self, index: int) -> None:
        """A regulation issued with the act begins with the title in the lines before block `index`."""
        begin, unit = attached_regulation(self.blocks, index, self.opened_at)
        self._open(begin, unit)

    def _take_title(self, block: Block) -> None:
        node = self._titling
        if node is None or block.text.startswith("("):
            return
        text = block.text
        short = len(text) <= _MAX_TITLE and not _NOT_A_TITLE.search(text)
        starts = not node.title and (short or (text.isupper() and len(text) <= 2 * _MAX_TITLE))
        goes_on = bool(node.title) and text.isupper() and node.title.isupper()
        if block.kind is not BlockKind.TABLE and (starts or goes_on):
            node.title = _NOTE_MARKS.sub("", f"{node.title} {text}".strip())
        else:
            self._titling = None

    # --- what is open

    def _scope(self) -> Node | None:
        return self._within(ProvisionKind.APPENDIX)

    def _within(self, kind: ProvisionKind) -> Node | None:
        return next((node for node in reversed(self._stack) if node.kind is kind), None)

    def _holder(self, kind: ProvisionKind) -> Node:
        """The open unit that would hold a new unit of this kind."""
        return next((node for node in reversed(self._stack) if RANK[node.kind] < RANK[kind]), self._top)

    def _in_annex(self) -> bool:
        """In an appendix or form, which may print whole sample documents with articles and signatures."""
        scope = self._scope()
        return scope is not None and is_annex(scope.unit)

    def _in_annex_like(self) -> bool:
        """In an appendix, or an attachment that has shown no article so far (a plan, a list)."""
        scope = self._scope()
        return scope is not None and id(scope) not in self._last_article

    def _in_main_body(self) -> bool:
        """In the act itself or a regulation attached to it."""
        return self._without_articles or (id(self._scope()) in self._last_article and not self._in_annex())


def _is_hinted(block: Block | None) -> bool:
    """A format that says where articles begin has said what their titles are, too."""
    return block is not None and bool(block.article)


def _own_title(unit: Unit) -> str:
    """A title, not the opening words of an article that has none."""
    if unit.kind in (ProvisionKind.CLAUSE, ProvisionKind.POINT):
        return ""
    is_text = len(unit.title) > 2 * _MAX_TITLE or (len(unit.title) > 100 and bool(_NOT_A_TITLE.search(unit.title)))
    return "" if is_text else _NOTE_MARKS.sub("", unit.title).rstrip(" .")
