"""Articles recovered from born-digital text, against the numbers that the sources themselves give.

Three sources of truth, none of which the outline reads: the codification's article numbers, read by another program
(the texts are joined to plain paragraphs, so that nothing but their words says where an article begins); the numbers
in the untouched topic files; and the marks in the pages of the national database (classes of paragraphs, the list of
contents beside the text).
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import lxml.html
import pytest

from assistant.corpus.document import Document, ProvisionKind
from assistant.errors import IngestError
from ingest.documents import read_documents
from ingest.outline import build_outline
from ingest.readers.raw import paragraphs
from tests.real_data import CORPUS, needs_real_data

pytestmark = [pytest.mark.bench, pytest.mark.real, needs_real_data]

BUNDLE = CORPUS / "bo_phap_dien"
PAGES = sorted((CORPUS / "vbpl" / "edu_raw_html").glob("*"))
ARTICLE = re.compile(r"Điều \d+[a-zđ]*")
CONTENTS = "//span[contains(@class, 'text-base') and contains(@class, 'text-[#3D3D3D]')]"


class Found(NamedTuple):
    """How many units were expected and recovered, and how many were found that are none."""

    expected: int
    recovered: int
    invented: int

    @property
    def share(self) -> float:
        return self.recovered / self.expected


def compared(expected: Counter[str], got: Counter[str]) -> Found:
    return Found(expected.total(), (expected & got).total(), (got - expected).total())


def total(parts: Iterator[Found]) -> Found:
    return Found(*(sum(column) for column in zip(*parts, strict=True)))


def show(name: str, found: Found) -> None:
    print(f"| {name} | {found.expected} | {found.recovered} | {found.invented} | {100 * found.share:.2f} % |")


def articles(document: Document) -> Counter[str]:
    return Counter(each.path for each in document.provisions if each.kind is ProvisionKind.ARTICLE)


def instruments(file: str) -> dict[tuple[str, str], dict[str, str]]:
    """(kind, number) → article → its title and text, in the order of the instrument."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    with gzip.open(BUNDLE / file, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if ARTICLE.fullmatch(row["src_article"]):
                text = f"{row['src_article']}. {row['title']}\n{row['text']}"
                found[row["src_type"], row["src_number"]].setdefault(row["src_article"], text)
    return {key: dict(sorted(held.items(), key=lambda item: place(item[0]))) for key, held in found.items()}


def place(article: str) -> tuple[int, str]:
    digits = re.search(r"\d+", article)
    assert digits is not None
    return int(digits[0]), article[digits.end() :].replace("đ", "d~")


@pytest.mark.parametrize("file", ["education_articles.jsonl.gz", "all_articles.jsonl.gz"])
def test_articles_of_the_codification_read_as_plain_text(file: str) -> None:
    def measured() -> Iterator[Found]:
        for held in instruments(file).values():
            outline = build_outline(paragraphs("\n".join(held.values())), "x")
            got = Counter(each.path for each in outline.provisions if each.kind is ProvisionKind.ARTICLE)
            yield compared(Counter(held.keys()), got)

    found = total(measured())
    show(f"{file}, as plain text", found)
    assert found.share >= 0.995
    assert found.invented <= 0.005 * found.expected


def test_articles_of_the_untouched_topic_files() -> None:
    expected: Counter[str] = Counter()
    got: Counter[str] = Counter()
    held = {number.lstrip("0"): set(texts) for (_, number), texts in instruments("education_articles.jsonl.gz").items()}
    for path in sorted((BUNDLE / "raw_html").glob("*")):
        for document in read_documents(path.read_bytes(), path.name):
            known = held.get(document.number, set())
            expected.update(f"{document.number} {article}" for article in known)
            got.update(f"{document.number} {article}" for article in articles(document))
    # An instrument may stand in two topics: each topic file holds its own share of it.
    found = compared(Counter(set(expected)), Counter(set(got) & set(expected)))
    show("raw_html, topic files", found)
    assert found.share >= 0.995


def marks(path: Path) -> tuple[list[str], Counter[str]]:
    """The articles in the page's list of contents, and how many paragraphs are marked as each kind of unit."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        root = lxml.html.document_fromstring(stream.read().encode())
    lines = (" ".join(each.text_content().split()) for each in root.xpath(CONTENTS))
    entries = [match[0] for match in map(ARTICLE.match, lines) if match]
    marked = Counter(str(each.get("class")) for each in root.xpath("//*[starts-with(@class, 'prov-')]"))
    return entries, marked


def test_articles_of_the_saved_pages() -> None:
    contents: list[Found] = []
    units: dict[str, list[Found]] = defaultdict(list)
    kinds = {
        "prov-article": ProvisionKind.ARTICLE,
        "prov-clause": ProvisionKind.CLAUSE,
        "prov-item": ProvisionKind.POINT,
    }
    for path in PAGES:
        try:
            (document,) = read_documents(path.read_bytes(), path.name)
        except IngestError:
            continue  # near-empty pages are refused; tests/unit/ingest/test_real_files.py names them
        entries, marked = marks(path)
        # An attached regulation is neither in the list of contents nor marked.
        own = Counter({each: 1 for each in articles(document) if ARTICLE.fullmatch(each)})
        contents.append(compared(Counter(entries), own if entries else Counter()))
        body = [each for each in document.provisions if not re.search(r"Phụ lục|Mẫu|Quy|kèm", each.path)]
        for mark, kind in kinds.items():
            if marked[mark]:
                got = sum(each.kind is kind for each in body)
                units[mark].append(Found(marked[mark], min(got, marked[mark]), max(0, got - marked[mark])))
    found = total(iter(contents))
    show("vbpl pages, list of contents", found)
    for mark in kinds:
        show(f"vbpl pages, paragraphs marked {mark}", total(iter(units[mark])))
    assert found.share >= 0.995
    assert all(total(iter(units[mark])).share >= 0.995 for mark in kinds)
