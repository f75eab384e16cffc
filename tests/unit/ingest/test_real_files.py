"""The public files of ../shared/data: expected articles, dates and faults, without encoding anything."""

import gzip
import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assistant.corpus.document import Document, DocumentKind, ProvisionKind, RelationKind
from assistant.errors import IngestError
from assistant.text import nfc
from ingest.chunking import MAX_CHARS, build_chunks
from ingest.documents import read_documents
from ingest.readers.pdf.scans import can_recognise
from tests.system_packages import missing

CORPUS = Path(__file__).parents[4] / "shared" / "data" / "corpus"
VBPL = CORPUS / "vbpl" / "edu_raw_html"
TOPICS = CORPUS / "bo_phap_dien" / "raw_html"
OFFICE = CORPUS / "office"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/data is not there: it holds the public files"),
]

# How many articles each page of the act itself has, counted on the page; an attached regulation after "+".
ARTICLES = {
    "016": 32,
    "033": 13,
    "041": 15,
    "048": 15,
    "070": 3,
    "074": 10,
    "081": 17,
    "122": 8,
    "127": 5,
    "189": 5,
    "200": 2,
    "209": 52,
    "220": 15,
    "225": 2,
    "381": 10,
    "462": 8,
    "502": 3,
    "529": 2,
    "541": 9,
    "554": 10,
    "565": 3,
    "590": 3,
    "602": 3,
    "603": 8,
    "740": 10,
    "754": 29,
}
NUMBERS = {
    "016": "7/2026/TT-BGDĐT",
    "122": "146/2025/TT-BTC",
    "189": "13/2026/TT-BCA",
    "220": "60/2025/NĐ-CP",
    "529": "123/2025/QH15",
    "541": "248/2025/QH15",
    "565": "25/2025/TT-BGDĐT",
    "081": "29/2025/QĐ-TTg",
}
TOPIC_ARTICLES = {"012d9b93": 126, "23e1929c": 272, "985838c2": 1264, "cd978e77": 1567, "cff88bae": 565}


@cache
def page(number: str) -> Document:
    path = VBPL / f"doc_000{number}.html.gz"
    (document,) = read_documents(path.read_bytes(), path.name)
    return document


@cache
def topic(prefix: str) -> tuple[Document, ...]:
    (path,) = TOPICS.glob(f"{prefix}*")
    return tuple(read_documents(path.read_bytes(), path.name))


def articles(document: Document) -> list[str]:
    return [each.path for each in document.provisions if each.kind is ProvisionKind.ARTICLE]


@pytest.mark.parametrize("number", ARTICLES)
def test_a_saved_page_gives_its_articles_in_order(number: str) -> None:
    own = [path for path in articles(page(number)) if re.fullmatch(r"Điều \d+", path)]
    assert own == [f"Điều {place}" for place in range(1, ARTICLES[number] + 1)]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_saved_page_gives_the_number_on_its_face(number: str) -> None:
    assert page(number).number == NUMBERS[number]


def test_the_articles_of_an_attached_regulation_are_told_apart() -> None:
    assert articles(page("565"))[3:] == [f"Điều {place} Quy chế" for place in range(1, 13)]


def test_amended_text_is_no_article_of_the_amending_law() -> None:
    law = page("529")
    clauses = [each for each in law.provisions if each.kind is ProvisionKind.CLAUSE]
    assert len(clauses) == 34
    assert (law.kind, law.title) == (
        DocumentKind.LAW,
        "Luật sửa đổi, bổ sung một số điều của Luật Giáo dục số 43/2019/QH14",
    )
    assert str(law.validity.effective_from) == "2026-01-01"
    edges = {(each.kind, each.target_number) for each in law.relations}
    assert (RelationKind.AMENDS, "43/2019/QH14") in edges


def test_the_known_faults_of_the_saved_pages_are_told() -> None:
    for number in ("593", "710"):
        with pytest.raises(IngestError) as caught:
            page(number)
        assert caught.value.code == "page_without_text"
    assert "number_mismatch:66/2026/NĐ-CP" in page("220").warnings
    assert "annex_missing" in page("070").warnings
    assert "text_not_vietnamese" in page("775").warnings
    assert page("590").is_draft
    assert [number for number in ARTICLES if page(number).is_draft] == ["590"]


def test_text_of_a_page_comes_once() -> None:
    text = page("016").text
    lines = Counter(line for line in text.split("\n") if line.startswith("Điều "))
    assert set(lines.values()) == {1}


@pytest.mark.parametrize("prefix", TOPIC_ARTICLES)
def test_a_topic_file_gives_every_article(prefix: str) -> None:
    assert sum(len(articles(document)) for document in topic(prefix)) == TOPIC_ARTICLES[prefix]


@cache
def codified() -> dict[tuple[str, str], dict[str, str]]:
    """(source number without leading zeros, article) → the article as another reader of the same bundle has it."""
    with gzip.open(CORPUS / "bo_phap_dien" / "education_articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {(row["src_number"].lstrip("0"), row["src_article"]): row for row in rows}


def letters(text: str) -> str:
    """What remains when marks of layout (cell bars, soft hyphens, spaces) are taken away."""
    return "".join(letter for letter in nfc(text) if letter.isalnum())


def test_codified_articles_agree_with_another_reading_of_the_bundle() -> None:
    agreed = compared = 0
    for document in (each for prefix in TOPIC_ARTICLES for each in topic(prefix)):
        for each in document.provisions:
            row = codified().get((document.number, each.path))
            if each.kind is not ProvisionKind.ARTICLE or row is None:
                continue
            compared += 1
            day, month, year = row["effective"].split("/")
            agreed += (
                letters(document.provision_text(each)).startswith(
                    letters(f"Điều {row['src_article'][5:]}{row['title']}")
                )
                and letters(row["text"])[:200] in letters(document.provision_text(each))
                # The note's day, unless the codified text itself says another one for the whole act.
                and each.validity.effective_from
                in (date(int(year), int(month), int(day)), document.validity.effective_from)
                and each.source_url == row["source_url"]
            )
    assert compared > 3600
    assert agreed / compared >= 0.995


def test_the_education_law_is_whole_and_named() -> None:
    law = next(document for document in topic("cd978e77") if document.number == "43/2019/QH14")
    assert (law.kind, law.title, law.issuer) == (DocumentKind.LAW, "Luật Giáo dục", "Quốc hội")
    assert articles(law) == [f"Điều {place}" for place in range(1, 116)]
    standard = next(each for each in law.provisions if each.path == "Điều 72")
    assert standard.heading == "Trình độ chuẩn được đào tạo của nhà giáo"
    assert any(each.path == "khoản 1 Điều 72" for each in law.provisions)


def test_office_documents_are_read_with_tables_and_annexes() -> None:
    path = OFFICE / "nd30_2020" / "30_2020_ND_CP.docx"
    (decree,) = read_documents(path.read_bytes(), path.name)
    assert articles(decree) == [f"Điều {place}" for place in range(1, 39)]
    assert (decree.number, decree.signer, str(decree.issued_on)) == ("30/2020/NĐ-CP", "Nguyễn Xuân Phúc", "2020-03-05")
    path = OFFICE / "nd30_2020" / "Phuluc1.docx"
    (annex,) = read_documents(path.read_bytes(), path.name)
    assert annex.number == decree.number
    assert any(each.path == "điểm a khoản 1 Mục II Phần I Phụ lục I" for each in annex.provisions)
    path = OFFICE / "quy-dinh-DAU.docx"
    (rules,) = read_documents(path.read_bytes(), path.name)
    assert rules.is_draft
    assert articles(rules)[:5] == ["Điều 1", "Điều 2", "Điều 3", "Điều 4", "Điều 1 Quy định"]


def test_a_signed_scan_is_recognised_and_says_so() -> None:
    if not can_recognise():
        missing("tesseract-ocr-vie")
    path = OFFICE / "qd_ttg_signed_pdf" / "1053-ttg.signed.pdf"
    (decision,) = read_documents(path.read_bytes(), path.name)
    assert articles(decision) == ["Điều 1", "Điều 2", "Điều 3"]
    assert (decision.number, decision.kind) == ("1053/QĐ-TTg", DocumentKind.DECISION)
    assert "pages_read_by_ocr:1" in decision.warnings


def test_the_founding_report_keeps_its_figures_in_paragraphs() -> None:
    (path,) = (CORPUS / "seed").glob("*.txt")
    (report,) = read_documents(path.read_bytes(), path.name)
    assert {each.kind for each in report.provisions} == {ProvisionKind.PARAGRAPH}
    holders = [chunk for chunk in build_chunks(report) if "1.747.231" in chunk.text]
    assert len(holders) == 1
    assert all(figure in holders[0].text for figure in ("18 Sở", "2.985", "14.661", "8.919.198"))


def test_chunks_of_real_documents_are_exact_and_bounded() -> None:
    documents = [*topic("cff88bae"), *(page(number) for number in ARTICLES)]
    chunks = [(document, chunk) for document in documents for chunk in build_chunks(document)]
    assert len({chunk.id for document, chunk in chunks}) == len(chunks)
    assert all(chunk.text == document.text[chunk.start : chunk.end] for document, chunk in chunks)
    assert max(len(chunk.text) for _, chunk in chunks) <= MAX_CHARS
    assert len(chunks) < 3500
