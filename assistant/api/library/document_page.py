"""The page of one document: built as an element tree, so that no text of a document can become markup."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring

from assistant.answering.finding.page_address import anchor_of
from assistant.corpus.document import Document, Provision, ProvisionKind, RelationKind, Validity

_TITLED = {
    ProvisionKind.PART: "h2",
    ProvisionKind.CHAPTER: "h2",
    ProvisionKind.APPENDIX: "h2",
    ProvisionKind.SECTION: "h3",
    ProvisionKind.SUBSECTION: "h3",
    ProvisionKind.ARTICLE: "h4",
}
_RELATIONS = {
    RelationKind.AMENDS: "Sửa đổi, bổ sung",
    RelationKind.REPLACES: "Thay thế",
    RelationKind.REPEALS: "Bãi bỏ",
    RelationKind.GUIDES: "Hướng dẫn",
    RelationKind.BASED_ON: "Căn cứ",
    RelationKind.CITES: "Dẫn chiếu",
    RelationKind.AMENDED_BY: "Được sửa đổi bởi",
}
# Readers write a table row as one line, its cells parted by " | "; an empty last cell leaves " |".
_CELL_END = re.compile(r"\s\|(?=\s|$)")


def document_page(document: Document, day: date, quote: str = "") -> str:
    """The whole document, every provision under its anchor, with validity as of `day`; `quote` is marked in it."""
    page, main = _page(f"{document.number} – {document.title}")
    _head(SubElement(main, "header"), document, day)
    _contents(main, document)
    article = SubElement(main, "article")
    _Text(document, _by_parent(document.provisions), day).write(article)
    _mark(article, quote)
    return _html(page)


def problem_page(title: str, detail: str) -> str:
    """What a reader gets instead of a document."""
    page, main = _page(title)
    _add(main, "h1", title)
    _add(main, "p", detail)
    return _html(page)


def _page(title: str) -> tuple[Element, Element]:
    page = Element("html", lang="vi")
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "link", rel="icon", href="/web/icon.svg")
    SubElement(head, "link", rel="stylesheet", href="/web/page.css")
    _add(head, "title", f"{title} · Trợ lý Giáo dục")
    body = SubElement(page, "body")
    _add(body, "a", "Bỏ qua phần đầu trang", {"class": "skip", "href": "#noi-dung"})
    bar = SubElement(body, "nav", {"class": "bar", "aria-label": "Trang chính"})
    _add(bar, "a", "Trợ lý Giáo dục", href="/")
    return page, SubElement(body, "main", id="noi-dung")


def _head(parent: Element, document: Document, day: date) -> None:
    _add(parent, "p", f"{document.kind.value} số {document.number}" if document.number else document.kind.value)
    _add(parent, "h1", document.title)
    badges = SubElement(parent, "p", {"class": "badges"})
    _validity_badge(badges, document.validity, day)
    machine = (bool(document.version_of), "Hợp nhất bằng máy, văn bản chính thức là căn cứ quyết định")
    for shown, word in ((document.is_sample, "Văn bản mẫu"), (document.is_draft, "Dự thảo"), machine):
        if shown:
            _add(badges, "span", word, {"class": "badge note"})
    facts = SubElement(parent, "dl")
    for name, value in _facts(document):
        group = SubElement(facts, "div")
        _add(group, "dt", name)
        _add(group, "dd", value)
    if document.source_url.startswith(("https://", "http://")):
        _add(parent, "a", "Xem tại nguồn công bố", href=document.source_url, rel="noreferrer noopener")


def _facts(document: Document) -> Iterable[tuple[str, str]]:
    validity = document.validity
    relations: dict[RelationKind, list[str]] = defaultdict(list)
    for relation in document.relations:
        target = relation.target_number + (f" ({relation.target_path})" if relation.target_path else "")
        if target not in relations[relation.kind]:
            relations[relation.kind].append(target)
    listed = [
        ("Cơ quan ban hành", document.issuer),
        ("Ngày ban hành", _day(document.issued_on)),
        ("Có hiệu lực từ", _day(validity.effective_from)),
        ("Hết hiệu lực sau", _day(validity.effective_to)),
        ("Người ký", document.signer),
        ("Phạm vi điều chỉnh", document.scope),
        ("Đối tượng áp dụng", document.applies_to),
        *((name, "; ".join(relations[kind])) for kind, name in _RELATIONS.items() if kind in relations),
    ]
    return ((name, value) for name, value in listed if value)


def _validity_badge(parent: Element, validity: Validity, day: date) -> None:
    if validity.effective_to and validity.effective_to < day:
        _add(parent, "span", f"Hết hiệu lực sau {_day(validity.effective_to)}", {"class": "badge ended"})
    elif validity.effective_from and day < validity.effective_from:
        _add(parent, "span", f"Có hiệu lực từ {_day(validity.effective_from)}", {"class": "badge note"})
    elif validity.effective_from:
        _add(parent, "span", "Đang có hiệu lực", {"class": "badge current"})


def _contents(parent: Element, document: Document) -> None:
    titled = [provision for provision in document.provisions if provision.kind in _TITLED]
    if len(titled) < 2:
        return
    contents = SubElement(parent, "details", {"class": "contents"})
    _add(contents, "summary", "Mục lục")
    rows = SubElement(SubElement(contents, "nav", {"aria-label": "Mục lục"}), "ul")
    for provision in titled:
        title = " ".join(_title_and_rest(document.provision_text(provision), provision)[0])
        row = SubElement(rows, "li", {"class": _TITLED[provision.kind]})
        _add(row, "a", title[:160], href=f"#{anchor_of(provision)}")


@dataclass(frozen=True, slots=True)
class _Text:
    """The document's words in order, each provision a section under its anchor."""

    document: Document
    children: Mapping[str | None, Sequence[Provision]]
    day: date

    def write(self, parent: Element) -> None:
        whole = Provision("", ProvisionKind.PARAGRAPH, "", "", "", 0, len(self.document.text))
        self._children(parent, self.children[None], whole, self.document.validity)

    def _children(self, parent: Element, inner: Sequence[Provision], unit: Provision, outer: Validity) -> None:
        """The units inside one, with the words before and after each."""
        cursor = unit.start
        for child in inner:
            _lines(parent, self.document.text[cursor : child.start])
            self._section(parent, child, outer)
            cursor = max(cursor, child.end)
        _lines(parent, self.document.text[cursor : unit.end])

    def _section(self, parent: Element, unit: Provision, outer: Validity) -> None:
        section = SubElement(parent, "section", {"id": anchor_of(unit), "class": _TITLED.get(unit.kind, "unit")})
        inner = self.children[unit.id]
        own = self.document.text[unit.start : inner[0].start if inner else unit.end]
        title, rest = _title_and_rest(own, unit)
        if title:
            heading = _add(section, _TITLED[unit.kind], "\n".join(title))
            _add(heading, "a", "#", {"href": f"#{anchor_of(unit)}", "aria-label": f"Liên kết tới {unit.path}"})
        if unit.validity != outer and not unit.validity.in_force(self.day):
            _validity_badge(section, unit.validity, self.day)
        _lines(section, rest)
        if inner:
            self._children(section, inner, replace(unit, start=inner[0].start), unit.validity)


def _title_and_rest(own: str, provision: Provision) -> tuple[list[str], str]:
    """A titled unit's first line, with the next one where the heading stands on a line of its own."""
    if provision.kind not in _TITLED:
        return [], own
    lines = own.strip().splitlines() or [""]
    second = len(lines) > 1 and provision.heading and provision.heading not in lines[0]
    count = 2 if second and lines[1].strip() == provision.heading.strip() else 1
    return [line.strip() for line in lines[:count]], "\n".join(lines[count:])


def _lines(parent: Element, text: str) -> None:
    """Each line a paragraph; neighbouring lines of cells a table."""
    lines = (line.strip() for line in text.splitlines() if line.strip())
    for is_table, group in groupby(lines, lambda line: bool(_CELL_END.search(line))):
        rows = list(group)
        if is_table and len(rows) > 1:
            _table(parent, [_CELL_END.split(row) for row in rows])
        else:
            for row in rows:
                _add(parent, "p", row)


def _mark(article: Element, quote: str) -> None:
    """Mark the lines that a quote covers: whole paragraphs, and the part of one it begins or ends in."""
    lines = [" ".join(line.split()) for line in quote.splitlines() if line.strip()]
    for paragraph in article.iter("p"):
        text = paragraph.text or ""
        plain = " ".join(text.split())
        cited = max((line for line in lines if line in plain or plain in line), key=len, default="")
        if not cited or not plain:
            continue
        part = cited if cited in plain else plain
        before, _, after = plain.partition(part)
        paragraph.text = before
        marked = _add(paragraph, "mark", part)
        marked.tail = after


def _table(parent: Element, rows: Sequence[Sequence[str]]) -> None:
    table = SubElement(SubElement(parent, "div", {"class": "wide", "tabindex": "0"}), "table")
    width = max(map(len, rows))
    for row in rows:
        cells = SubElement(table, "tr")
        for cell in [*row, *[""] * (width - len(row))]:
            _add(cells, "td", cell.strip())


def _by_parent(provisions: Sequence[Provision]) -> dict[str | None, list[Provision]]:
    """In reading order; a unit whose parent is not in the document stands on its own."""
    known = {provision.id for provision in provisions}
    found: dict[str | None, list[Provision]] = defaultdict(list)
    for provision in sorted(provisions, key=lambda unit: unit.start):
        found[provision.parent_id if provision.parent_id in known else None].append(provision)
    return found


def _add(parent: Element, tag: str, text: str, attributes: Mapping[str, str] | None = None, **more: str) -> Element:
    element = SubElement(parent, tag, {**(attributes or {}), **more})
    element.text = text
    return element


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _html(page: Element) -> str:
    return "<!doctype html>\n" + tostring(page, encoding="unicode", method="html")
