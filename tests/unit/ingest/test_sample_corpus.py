"""The sample corpus reads as its table says, and every gold provision of the shipped questions is in it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.corpus.document import DocumentKind, ProvisionKind
from evals.expected.provisions import units
from ingest.metadata import Metadata, read_metadata
from ingest.outline import Outline, build_outline
from ingest.readers.formats import read_file

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "ingest" / "sample"
DATASETS = sorted((ROOT / "evals" / "datasets").glob("re*/sample*.jsonl"))
MARK = "VĂN BẢN MẪU"
CIRCULAR, DECISION = DocumentKind.CIRCULAR, DocumentKind.DECISION


@dataclass(frozen=True, slots=True)
class Expected:
    """What one file must become: `articles` counts the Điều of the act, `attached` those of a regulation under it."""

    file: str
    number: str
    kind: DocumentKind
    effective_from: date | None
    articles: int
    attached: int = 0
    annexes: tuple[str, ...] = ()


EXPECTED = (
    Expected("bc-9077-so-ket-chuyen-doi-so-2024.md", "9077/BC-MAU", DocumentKind.REPORT, None, 0),
    Expected("cv-9045-doi-soat-du-lieu-dau-nam.txt", "9045/MAU-DL", DocumentKind.OFFICIAL_LETTER, None, 0),
    Expected("du-thao-sua-doi-danh-gia-hoc-sinh.md", "", CIRCULAR, None, 3),
    Expected("qd-9012-ke-hoach-thi-diem-hoc-ba-so.md", "9012/QĐ-MAU", DECISION, date(2024, 3, 12), 3),
    Expected("qd-9013-khung-nang-luc-so-can-bo.txt", "9013/QĐ-MAU", DECISION, date(2024, 10, 18), 3, attached=7),
    Expected("tt-901-2021-co-so-du-lieu-giao-duc.md", "901/2021/TT-MAU", CIRCULAR, date(2022, 2, 5), 22),
    Expected("tt-902-2024-sua-doi-co-so-du-lieu.docx", "902/2024/TT-MAU", CIRCULAR, date(2024, 9, 1), 4),
    Expected("tt-903-2025-sua-doi-cum-tu.md", "903/2025/TT-MAU", CIRCULAR, date(2025, 7, 1), 6),
    Expected("tt-904-2021-hoc-ba-dien-tu.txt", "904/2021/TT-MAU", CIRCULAR, date(2021, 10, 15), 8),
    Expected("tt-905-2026-hoc-ba-so.md", "905/2026/TT-MAU", CIRCULAR, date(2026, 9, 7), 17),
    Expected("tt-906-2021-danh-gia-hoc-sinh-trung-hoc.md", "906/2021/TT-MAU", CIRCULAR, date(2021, 9, 5), 15),
    Expected("tt-907-2020-danh-gia-hoc-sinh-tieu-hoc.html", "907/2020/TT-MAU", CIRCULAR, date(2020, 10, 20), 11),
    Expected("tt-908-2019-day-them-hoc-them.txt", "908/2019/TT-MAU", CIRCULAR, date(2019, 7, 1), 8),
    Expected("tt-909-2025-day-them-hoc-them.html", "909/2025/TT-MAU", CIRCULAR, date(2025, 2, 25), 10),
    Expected(
        "tt-910-2023-dinh-muc-giao-vien.docx",
        "910/2023/TT-MAU",
        CIRCULAR,
        date(2023, 10, 25),
        12,
        annexes=("Phụ lục I", "Phụ lục II"),
    ),
    Expected(
        "tt-911-2024-che-do-bao-cao-trung-tam-dieu-hanh.docx",
        "911/2024/TT-MAU",
        CIRCULAR,
        date(2025, 1, 1),
        12,
        annexes=("Phụ lục",),
    ),
    Expected(
        "tt-912-2025-khung-nang-luc-so-nguoi-hoc.html",
        "912/2025/TT-MAU",
        CIRCULAR,
        date(2025, 4, 1),
        9,
        annexes=("Phụ lục",),
    ),
    Expected("tt-914-2025-tuyen-sinh-dai-hoc.md", "914/2025/TT-MAU", CIRCULAR, date(2025, 5, 5), 14),
    Expected("tt-915-2024-dang-ky-du-thi-truc-tuyen.txt", "915/2024/TT-MAU", CIRCULAR, date(2025, 2, 8), 10),
    Expected("tt-916-2023-kiem-tra-cu-tru-tuyen-sinh-dau-cap.html", "916/2023/TT-MAU", CIRCULAR, date(2023, 4, 25), 9),
    Expected("tt-917-2025-co-so-du-lieu-van-bang.pdf", "917/2025/TT-MAU", CIRCULAR, date(2025, 12, 1), 11),
    Expected("tt-918-2022-khao-sat-viec-lam-sinh-vien.txt", "918/2022/TT-MAU", CIRCULAR, date(2022, 9, 20), 9),
    Expected("tt-919-2023-dong-bo-ho-so-vien-chuc.md", "919/2023/TT-MAU", CIRCULAR, date(2023, 8, 15), 8),
)
each_sample = pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.file)


@cache
def read(file: str) -> tuple[Metadata, Outline]:
    """The one document of a sample file."""
    (raw,) = read_file((SAMPLE / file).read_bytes(), file)
    metadata = read_metadata(raw, file)
    return metadata, build_outline(raw.blocks, metadata.slug)


def text_of(file: str, path: str) -> str:
    outline = read(file)[1]
    (provision,) = (provision for provision in outline.provisions if provision.path == path)
    return outline.text[provision.start : provision.end]


def gold_of(dataset: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in dataset.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for gold in case["gold"]:
            yield case["id"], gold


def test_the_table_lists_every_sample_file() -> None:
    files = {path.name for path in SAMPLE.iterdir() if path.is_file()}
    assert files == {expected.file for expected in EXPECTED}


def test_the_read_me_lists_every_sample_file() -> None:
    text = (ROOT / "docs" / "sample-corpus.md").read_text(encoding="utf-8")
    assert [expected.file for expected in EXPECTED if expected.file not in text] == []


@each_sample
def test_a_sample_says_in_its_header_that_it_is_one(expected: Expected) -> None:
    metadata, outline = read(expected.file)
    assert metadata.is_sample
    assert MARK in outline.text[:200]


@each_sample
def test_a_sample_has_its_number_and_kind(expected: Expected) -> None:
    metadata, _ = read(expected.file)
    assert metadata.number == expected.number
    if expected.kind is DocumentKind.OFFICIAL_LETTER and metadata.kind is DocumentKind.OTHER:
        pytest.xfail("a letter's kind is read only for issuers listed by symbol")
    assert metadata.kind is expected.kind


@each_sample
def test_a_sample_is_in_force_from_its_day(expected: Expected) -> None:
    metadata, _ = read(expected.file)
    assert metadata.validity.effective_from == expected.effective_from


@each_sample
def test_a_sample_has_its_articles_in_order_and_nothing_from_quotations(expected: Expected) -> None:
    _, outline = read(expected.file)
    articles = [unit.label for unit in outline.provisions if unit.kind is ProvisionKind.ARTICLE]
    wanted = [*range(1, expected.articles + 1), *range(1, expected.attached + 1)]
    assert articles == [str(number) for number in wanted]
    assert outline.warnings == ()


@each_sample
def test_a_sample_keeps_its_annexes(expected: Expected) -> None:
    paths = {unit.path for unit in read(expected.file)[1].provisions if unit.kind is ProvisionKind.APPENDIX}
    assert set(expected.annexes) <= paths


def test_only_the_draft_is_a_draft() -> None:
    drafts = [expected.file for expected in EXPECTED if read(expected.file)[0].is_draft]
    assert drafts == ["du-thao-sua-doi-danh-gia-hoc-sinh.md"]


def test_an_inserted_article_stays_inside_the_clause_that_inserts_it() -> None:
    clause = text_of("tt-902-2024-sua-doi-co-so-du-lieu.docx", "khoản 1 Điều 1")
    assert clause.startswith("1. Bổ sung Điều 5a")
    assert clause.endswith("ngày 31 tháng 5 năm 2025.”")


def test_a_table_cell_is_part_of_its_annex() -> None:
    annex = text_of("tt-910-2023-dinh-muc-giao-vien.docx", "Phụ lục I")
    assert "Trường trung học phổ thông chuyên | Trung học phổ thông | 3,10" in annex


def test_a_paragraph_of_the_pdf_is_whole_across_lines() -> None:
    clause = text_of("tt-917-2025-co-so-du-lieu-van-bang.pdf", "khoản 2 Điều 8")
    assert clause.endswith("vào cơ sở dữ liệu; văn bằng cũ vẫn còn giá trị.")
    assert "\n" not in clause


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_gold_provision_is_in_the_sample_corpus(dataset: Path) -> None:
    known = {
        metadata.number: [units(unit.path) for unit in outline.provisions]
        for metadata, outline in (read(expected.file) for expected in EXPECTED)
    }
    missing = [
        (case, gold)
        for case, gold in gold_of(dataset)
        if not any(units(gold["path"]) <= there for there in known.get(gold["document_number"], []))
    ]
    assert missing == []


def test_no_case_is_asked_twice_for_the_same_day() -> None:
    cases = [json.loads(line) for path in DATASETS for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(DATASETS) == 4
    assert len({case["id"] for case in cases}) == len(cases)
    assert len({(case["question"], case["as_of"]) for case in cases}) == len(cases)
