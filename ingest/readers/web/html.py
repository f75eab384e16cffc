"""HTML as blocks: paragraphs, headings and tables in reading order, whatever the page's furniture."""

from collections.abc import Iterable, Iterator

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from assistant.errors import FileUnreadable
from ingest.readers.raw import Block, BlockKind, Hints, RawDocument, paragraphs, table_block
from ingest.readers.web.fonts import convert_fonts
from ingest.readers.web.lists import number_lists

_SKIPPED = {
    *("script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "svg", "head", "iframe")
}
_BLOCKS = {
    *("p", "div", "section", "article", "main", "body", "html", "ul", "ol", "li", "dl", "dt", "dd", "blockquote"),
    *("center", "header", "figure", "figcaption", "pre", "address", "hr", "details", "summary", "fieldset"),
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def parse_html(text: str) -> HtmlElement:
    # A declared encoding would be applied a second time to text that is already decoded.
    parser = lxml.html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise FileUnreadable("html_unreadable", detail=str(error)) from error
    convert_fonts(root)
    number_lists(root)
    return root


def read_html(root: HtmlElement) -> RawDocument:
    """A page of any site: its main part, without navigation, forms and footers."""
    title = " ".join((root.findtext(".//title") or "").split())
    return RawDocument(
        tuple(html_blocks(_main_part(root))), Hints(title=title, title_is_of_page=True, url=canonical_url(root))
    )


def canonical_url(root: HtmlElement) -> str:
    found = root.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return str(found[0]).strip() if found and str(found[0]).startswith(("http://", "https://")) else ""


def html_blocks(root: HtmlElement) -> Iterator[Block]:
    """The blocks inside `root`. Inline text between block elements is a paragraph of its own."""
    pending: list[str] = []
    for event in _inside(root):
        if isinstance(event, str):
            pending.append(event)
            continue
        yield from _flush(pending)
        if event is not None:
            yield from _element_blocks(event)
    yield from _flush(pending)


def inner_text(element: HtmlElement) -> str:
    """All text inside `element`, a line per paragraph or table row."""
    return "\n".join(block.text for block in html_blocks(element))


def _inside(element: HtmlElement) -> Iterator[str | HtmlElement | None]:
    """Text pieces, whole tables and headings, and None at every block boundary."""
    yield _one_line(element.text or "")
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif child.tag in _HEADINGS or child.tag == "table":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            boundary = child.tag in _BLOCKS
            if boundary:
                yield None
            yield from _inside(child)
            if boundary:
                yield None
        yield _one_line(child.tail or "")


def _one_line(text: str) -> str:
    # A line break in the source of a page is a space; only <br> and blocks break lines.
    return text.replace("\r", " ").replace("\n", " ").replace("\t", " ")


def _flush(pending: list[str]) -> Iterator[Block]:
    yield from paragraphs("".join(pending))
    pending.clear()


def _element_blocks(element: HtmlElement) -> Iterable[Block]:
    if element.tag in _HEADINGS:
        return paragraphs(inner_text(element), BlockKind.HEADING, _HEADINGS[element.tag])
    own_rows = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in own_rows]
    if rows and max(map(len, rows)) == 1:
        # A table of one column lays out running text: read what is inside as if the table were not there.
        return [block for row in rows for cell in row for block in html_blocks(cell)]
    return table_block([[inner_text(cell) for cell in row] for row in rows])


def _main_part(root: HtmlElement) -> HtmlElement:
    for tag in ("article", "main"):
        found = root.findall(f".//{tag}")
        if len(found) == 1 and len(found[0].text_content()) > 200:
            return found[0]
    return root if root.body is None else root.body
