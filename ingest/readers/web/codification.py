"""Topic files of the Bộ pháp điển bundle: many instruments in one file, each article with its source, day and link."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lxml.html import HtmlElement

from assistant.errors import FileUnreadable
from ingest.legal.dates import first_date
from ingest.legal.numbers import find_numbers, normal_number
from ingest.readers.raw import Block, BlockKind, Hints, RawDocument, clean
from ingest.readers.web.html import html_blocks, inner_text

# "Điều 13.1.TT.65.5. Điều kiện …": topic, kind and instrument, then the article within the codified text.
_CODE = re.compile(
    r"^Điều\s+(?P<instrument>[\d.]+\.[A-ZĐ]+\.(?:\d+\.)?)(?P<article>\d+[a-zđ]*)\.\s*(?P<title>.*)$", re.DOTALL
)
_NOTE_ARTICLE = re.compile(r"^\(*\s*Điều\s+(\d+[a-zđ]*)\s")
_NOTE_KIND = re.compile(r"^\(*\s*(?:Điều\s+\w+\s+)?(\D{2,40}?)\s+số\b")
_OLD_NUMBER = re.compile(r"\bsố\s+(?:liên tịch\s+)?([^\s,()]+/[^\s,()]+)")  # "23/TTLN", before numbers had a form
_NAMED = re.compile(r"^\W*(?P<title>.+)\bngày\s+(?P<day>\d{1,2}/\d{1,2}/\d{4})\s+của\s+(?P<issuer>[^,]+)", re.DOTALL)
_LEADING_DAY = re.compile(r"^Ngày \d{1,2}/\d{1,2}/\d{4}\s+")
_AMENDED = re.compile(r"(?:được|bị) (?:sửa đổi|bổ sung|bãi bỏ|thay thế|đính chính)")
_ARTICLE_ORDER = re.compile(r"(\d+)(.*)")


@dataclass(slots=True)
class Article:
    """One article with what the bundle says of it."""

    instrument: str
    number: str
    title: str
    note: str = ""
    url: str = ""
    body: list[Block] = field(default_factory=list)

    @property
    def effective_from(self) -> date | None:
        return first_date(self.note.partition("có hiệu lực")[2])

    @property
    def order(self) -> tuple[int, str]:
        match = _ARTICLE_ORDER.match(self.number)
        # "23đ" comes between 23d and 23e, but sorts behind both.
        return (int(match[1]), match[2].replace("đ", "d~")) if match else (0, self.number)

    def blocks(self) -> list[Block]:
        heading = f"Điều {self.number}. {self.title}".strip()
        head = Block(BlockKind.TEXT, heading, 0, self.number, self.url, self.effective_from)
        # By what an article was amended is worth keeping; a note that only repeats its source is not.
        notes = [Block(BlockKind.NOTE, " ".join(self.note.split()))] if _AMENDED.search(self.note) else []
        return [head, *self.body, *notes]


def is_codification(root: HtmlElement) -> bool:
    return bool(root.xpath("//p[@class='pDieu']")) and bool(root.xpath("//p[@class='pGhiChu']"))


def read_codification(root: HtmlElement) -> list[RawDocument]:
    """One document per source instrument, its articles in the instrument's own order."""
    topic = clean(" ".join(root.xpath("string(//h3)").split()))
    groups: dict[str, list[Article]] = defaultdict(list)
    number_of: dict[str, str] = {}
    for article in _articles(root):
        # Where the bundle forgot a note, the article's code still says which instrument it belongs to.
        number = _number(article.note) or number_of.get(article.instrument, "")
        if number:
            number_of[article.instrument] = number
            groups[number].append(article)
    if not groups:
        raise FileUnreadable("page_without_text", detail=topic)
    return [instrument_document(number, groups[number], topic) for number in sorted(groups)]


def _number(note: str) -> str:
    mention = next(find_numbers(note.partition(", có")[0]), None)
    old = _OLD_NUMBER.search(note)
    return mention.number if mention else normal_number(old[1]) if old else ""


def _articles(root: HtmlElement) -> Iterator[Article]:
    current: Article | None = None
    holders = root.xpath("//div[@class='_content']") or [root.body]
    # A paragraph cannot hold paragraphs: the parser closes p.pNoiDung at once and the text follows it as siblings.
    for element in list(holders[0]):
        marker = element.get("class") or ""
        if marker == "pDieu":
            if current is not None:
                yield current
            match = _CODE.match(clean(element.text_content()))
            current = Article(match["instrument"], match["article"], match["title"]) if match else None
        elif current is None or marker in ("pChuong", "pChiDan"):
            continue
        elif marker == "pGhiChu":
            _take_note(current, element)
        else:
            current.body.extend(_body(element))
    if current is not None:
        yield current


def _take_note(article: Article, element: HtmlElement) -> None:
    article.note = clean(inner_text(element))
    article.url = str(next(iter(element.xpath(".//a/@href")), ""))
    match = _NOTE_ARTICLE.match(article.note)
    if match:
        article.number = match[1]


def _body(element: HtmlElement) -> Iterator[Block]:
    holder = element.makeelement("div")
    holder.append(element)
    return html_blocks(holder)


def instrument_document(number: str, articles: list[Article], topic: str) -> RawDocument:
    """The document that the articles of one instrument make, in the instrument's own order."""
    articles.sort(key=lambda article: article.order)
    note = next((a.note for a in articles if a.note), "")
    kind = _NOTE_KIND.match(note)
    named = next((match for match in map(_naming, articles) if match), None)
    hints = Hints(
        number=number,
        title=_LEADING_DAY.sub("", named["title"]) if named else "",
        kind=kind[1] if kind else "",
        issuer=named["issuer"].strip() if named else "",
        url=articles[0].url.partition("#")[0],
        issued_on=first_date(named["day"]) if named else None,
        effective_from=min((a.effective_from for a in articles if a.effective_from), default=None),
        is_excerpt=True,
    )
    lines = [" ".join(f"{hints.kind} số {number} {hints.title}".split()), f"Trích Bộ pháp điển, {topic}"]
    blocks = [Block(BlockKind.TEXT, line) for line in lines]
    return RawDocument((*blocks, *(block for article in articles for block in article.blocks())), hints)


def _naming(article: Article) -> re.Match[str] | None:
    """The first article of an instrument names it in full: title, day and issuer after the number."""
    mention = next(find_numbers(article.note), None)
    tail = article.note[mention.end :].partition("có hiệu lực")[0] if mention else ""
    return _NAMED.match(tail)
