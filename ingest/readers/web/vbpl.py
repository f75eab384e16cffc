"""Saved pages of vbpl.vn, the national database of law: the text once, without its table of contents."""

import re

from lxml.html import HtmlElement

from assistant.errors import FileUnreadable
from ingest.legal.dates import first_date
from ingest.legal.numbers import find_numbers
from ingest.readers.raw import Hints, RawDocument, clean
from ingest.readers.web.html import canonical_url, html_blocks

MINIMUM_CHARS = 200
# The page of 2026 and the one before it; a page saved while loading has neither.
_CONTENT = "//*[contains(@class, 'preview-content')] | //*[@id='toanvancontent']"
_OWN_NUMBER = re.compile(r"^[\w\s]{4,40}\bsố(?:\s+liên tịch)?\s*$", re.IGNORECASE)


def is_vbpl_page(root: HtmlElement) -> bool:
    return canonical_url(root).startswith(("https://vbpl.vn/", "http://vbpl.vn/")) or bool(root.xpath(_CONTENT))


def read_vbpl(root: HtmlElement) -> RawDocument:
    """One page is one document; a page saved before its text had loaded, or of a withdrawn text, is unreadable."""
    content = root.xpath(_CONTENT)
    blocks = tuple(html_blocks(content[0])) if content else ()
    if sum(len(block.text) for block in blocks) < MINIMUM_CHARS:
        raise FileUnreadable("page_without_text", detail=canonical_url(root))
    number, title = _heading(clean(" ".join(root.xpath("string(//h1)").split())))
    return RawDocument(
        blocks,
        Hints(
            number=number,
            title=title,
            url=canonical_url(root),
            effective_from=first_date(_attribute(root, "Ngày có hiệu lực")),
            effective_to=first_date(_attribute(root, "Ngày hết hiệu lực")),
        ),
    )


def _heading(text: str) -> tuple[str, str]:
    """Number and title: "Thông tư số 07/2026/TT-BGDĐT quy định …", but "Luật … Luật Giáo dục số 43/2019/QH14. số …"."""
    mentions = list(find_numbers(text))
    if not mentions:
        return "", text
    if _OWN_NUMBER.match(text[: mentions[0].start]):
        return mentions[0].number, text[mentions[0].end :].strip(" .-")
    own = mentions[-1]
    title = re.sub(r"\s*số\s*$", "", text[: own.start]).strip(" .-")
    # "Circular 13/2021/TT-BGDDT": a translation's heading has no title.
    return own.number, title if " " in title else ""


def _attribute(root: HtmlElement, label: str) -> str:
    """The value beside a label in the page's table of attributes ("--" where the database has none)."""
    labels = {"label": label, "marked": f"{label}:"}
    for element in root.xpath("//*[normalize-space(text())=$label or normalize-space(text())=$marked]", **labels):
        following = element.getnext()
        if following is not None:
            return str(following.text_content())
    return ""
