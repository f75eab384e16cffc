"""Amending acts change the acts they name: on their day, in any order of arrival, and undone when they go."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest

from assistant.corpus.catalogue import Catalogue, LawReader, SourceRecord
from assistant.corpus.document import Document
from assistant.corpus.law.views import LawView
from ingest.catalogue import CatalogueWriter
from ingest.chunking import build_chunks
from ingest.documents import read_documents
from ingest.law.settling import settle
from ingest.sync.identifiers import settle_identifiers, spare_identifier
from tests.unit.ingest.builders import circular, read

BASE = circular(
    "10/2024/TT-BGDĐT",
    "Điều 1. Phạm vi điều chỉnh",
    "1. Thông tư này quy định về hồ sơ của trường.",
    "2. Hồ sơ do phòng giáo dục lưu giữ.",
    "Điều 2. Thời hạn",
    "1. Hồ sơ nộp trước ngày 30 hằng tháng.",
    "2. Trưởng phòng giáo dục phê duyệt hồ sơ trong 05 ngày.",
    "Điều 3. Hiệu lực thi hành",
    "Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2024.",
    issued="10 tháng 01 năm 2024",
)
AMENDING = circular(
    "5/2025/TT-BGDĐT",
    "Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 10/2024/TT-BGDĐT",
    "1. Sửa đổi, bổ sung khoản 1 Điều 2 như sau:",
    "“1. Hồ sơ nộp trước ngày 15 hằng tháng.”.",
    "2. Bổ sung khoản 1a vào sau khoản 1 Điều 2 như sau:",
    "“1a. Hồ sơ được nộp trực tuyến.”.",
    "3. Thay thế cụm từ “phòng giáo dục” bằng cụm từ “Ủy ban nhân dân cấp xã” tại khoản 2 Điều 1.",
    "4. Bãi bỏ khoản 2 Điều 2.",
    "5. Sửa đổi tên biểu mẫu theo hướng dẫn.",
    "Điều 2. Hiệu lực thi hành",
    "1. Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2025, trừ khoản 4 Điều 1 có hiệu lực từ 1/1/2026.",
    title="Sửa đổi, bổ sung một số điều của Thông tư số 10/2024/TT-BGDĐT ngày 10 tháng 01 năm 2024",
    issued="20 tháng 5 năm 2025",
)
DRAFT = AMENDING.replace("Số: 5/2025/TT-BGDĐT", "DỰ THẢO\nSố:      /2025/TT-BGDĐT")
LATER = circular(
    "9/2025/TT-BGDĐT",
    "Điều 1. Sửa đổi, bổ sung khoản 1a Điều 2 Thông tư số 10/2024/TT-BGDĐT như sau:",
    "“1a. Hồ sơ được nộp trên cổng dịch vụ công.”.",
    "Điều 2. Hiệu lực thi hành",
    "Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 9 năm 2025.",
    title="Sửa đổi, bổ sung Thông tư số 10/2024/TT-BGDĐT",
    issued="20 tháng 7 năm 2025",
)
FILES = {"a.txt": BASE, "b.txt": AMENDING, "c.txt": LATER}
READ_AT = datetime(2026, 1, 1, tzinfo=UTC)
NUMBER, LABELS = "10/2024/TT-BGDĐT", ("public",)


def ingest(path: Path, names: Sequence[str], removed: Sequence[str] = (), files: dict[str, str] = FILES) -> Path:
    """A catalogue of those files, read one ingest after the other in that order, then some taken out again."""
    for place, name in enumerate([*names, *removed]):
        writer = CatalogueWriter(path, path.rename(path.with_suffix(".old")) if path.exists() else None)
        writer.settled.clear()
        if place < len(names):
            add(writer, name, files[name])
        else:
            writer.remove_source(name)
        settle_identifiers(writer)
        settle(writer)
        writer.put_counts()
        writer.close()
    return path


def write_files(path: Path, files: Sequence[Path]) -> Path:
    """A catalogue of files on disk, without an index."""
    writer = CatalogueWriter(path)
    for file in files:
        put(writer, file.name, read_documents(file.read_bytes(), file.name))
    settle_identifiers(writer)
    settle(writer)
    writer.close()
    return path


def add(writer: CatalogueWriter, name: str, text: str) -> None:
    put(writer, name, [read(text, name)])


def put(writer: CatalogueWriter, name: str, documents: Sequence[Document]) -> None:
    source = documents[0].source
    writer.put_source(SourceRecord(name, source.sha256, source.size, 0, "indexed", "", "", 0, 0, READ_AT))
    for document in documents:
        writer.add_document(*spare_identifier(writer, document, build_chunks(document)))


def dump(path: Path) -> list[str]:
    """Every row of every table in one order."""
    with sqlite3.connect(path) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return sorted(f"{table} {row}" for table in tables for row in connection.execute(f"SELECT * FROM {table}"))


def in_force(path: Path, address: str, day: date) -> str | None:
    catalogue = Catalogue(path)
    try:
        unit = LawReader(catalogue).provision_on(NUMBER, address, day)
        if unit is None:
            return None
        document = catalogue.document(unit.id.partition("#")[0])
        assert document is not None
        return document.provision_text(unit)
    finally:
        catalogue.close()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingest(tmp_path_factory.mktemp("law") / "c.sqlite", list(FILES))


@pytest.mark.parametrize(
    ("address", "day", "text"),
    [
        ("khoản 1 Điều 2", date(2025, 6, 30), "1. Hồ sơ nộp trước ngày 30 hằng tháng."),
        ("khoản 1 Điều 2", date(2025, 7, 1), "1. Hồ sơ nộp trước ngày 15 hằng tháng."),
        ("khoản 1a Điều 2", date(2025, 6, 30), None),
        ("khoản 1a Điều 2", date(2025, 7, 1), "1a. Hồ sơ được nộp trực tuyến."),
        ("khoản 1a Điều 2", date(2025, 9, 1), "1a. Hồ sơ được nộp trên cổng dịch vụ công."),
        ("khoản 2 Điều 1", date(2025, 7, 1), "2. Hồ sơ do Ủy ban nhân dân cấp xã lưu giữ."),
        ("khoản 2 Điều 2", date(2025, 12, 31), "2. Trưởng phòng giáo dục phê duyệt hồ sơ trong 05 ngày."),
        ("khoản 2 Điều 2", date(2026, 1, 1), None),
        ("khoản 1 Điều 1", date(2026, 1, 1), "1. Thông tư này quy định về hồ sơ của trường."),
        ("khoản 1 Điều 1", date(2024, 2, 29), None),
    ],
)
def test_each_provision_has_the_words_of_the_day(held: Path, address: str, day: date, text: str | None) -> None:
    assert in_force(held, address, day) == text


def test_chunks_never_overlap_in_time(held: Path) -> None:
    catalogue = Catalogue(held)
    chunks = [chunk for chunk in catalogue.all_chunks() if chunk.provision_id.endswith("#dieu-2")]
    catalogue.close()
    days = sorted(
        ((chunk.effective_from, chunk.effective_to) for chunk in chunks if chunk.document_id.startswith("10-2024")),
        key=str,
    )
    assert days == [
        (date(2024, 3, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2025, 8, 31)),
        (date(2025, 9, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), None),
    ]


def test_every_instruction_is_listed_and_what_is_not_understood_says_so(held: Path) -> None:
    catalogue = Catalogue(held)
    shown = LawView(catalogue, LABELS).timeline("5/2025/TT-BGDĐT")["amends"]
    catalogue.close()
    assert [(each["source_path"], each["outcome"]) for each in shown] == [
        *((f"khoản {n} Điều 1", "applied") for n in (1, 2, 3, 4)),
        ("khoản 5 Điều 1", "amendment_not_understood"),
    ]


def test_the_consolidated_text_says_where_its_words_come_from(held: Path) -> None:
    catalogue = Catalogue(held)
    found = LawView(catalogue, LABELS).show(NUMBER, date(2026, 2, 1))
    diff = LawView(catalogue, LABELS).diff(NUMBER, date(2025, 6, 30), date(2025, 7, 1))
    catalogue.close()
    origins = {found["text"][c["start"] : c["end"]].strip(): c["origin"]["number"] for c in found["changes"]}
    assert origins["1a. Hồ sơ được nộp trên cổng dịch vụ công."] == "9/2025/TT-BGDĐT"
    assert origins["Ủy ban nhân dân cấp xã"] == "5/2025/TT-BGDĐT"
    assert found["consolidated_by_machine"]
    assert "chính thức" in found["notice"]
    assert [each["path"] for each in diff["differences"]] == ["khoản 2 Điều 1", "khoản 1 Điều 2", "khoản 1a Điều 2"]


def test_any_order_of_arrival_makes_the_same_catalogue(held: Path, tmp_path: Path) -> None:
    expected = dump(held)
    for number, order in enumerate(permutations(FILES)):
        assert dump(ingest(tmp_path / f"{number}.sqlite", order)) == expected


def test_taking_an_act_out_undoes_exactly_what_it_did(tmp_path: Path) -> None:
    for gone in FILES:
        left = [name for name in FILES if name != gone]
        removed = ingest(tmp_path / f"r-{gone}.sqlite", list(FILES), [gone])
        assert dump(removed) == dump(ingest(tmp_path / f"n-{gone}.sqlite", left))


def test_a_draft_changes_nothing(tmp_path: Path) -> None:
    path = ingest(tmp_path / "d.sqlite", ["a.txt", "d.txt"], files={"a.txt": BASE, "d.txt": DRAFT})
    assert in_force(path, "khoản 1 Điều 2", date(2026, 1, 1)) == "1. Hồ sơ nộp trước ngày 30 hằng tháng."
