"""A report an officer can read: every file, why it was refused, what to look at; nothing fetched, nothing executed."""

import json
from pathlib import Path

import pytest
from lxml import html

from assistant.settings import Settings
from ingest.job import IngestJob
from ingest.reporting.facts import IngestReport
from ingest.reporting.page import page
from ingest.reporting.writing import save_report
from tests.killed_ingest import Silent
from tests.unit.ingest.builders import circular


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> IngestReport:
    folder = tmp_path_factory.mktemp("kho")
    attaches = "Nhà trường dùng Phụ lục II ban hành kèm theo Thông tư này. " + "Nội dung quy định chung. " * 40
    text = circular("1/2026/TT-BGDĐT", "Điều 1. Phạm vi <script>", attaches, "Điều 2. Hiệu lực")
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "b.txt").write_text(text, encoding="utf-8")
    (folder / "c.txt").write_text(text.replace("quy định chung", "quy định riêng", 1), encoding="utf-8")
    (folder / "<b>rỗng.pdf").write_bytes(b"")
    chosen = Settings(data_dir=folder / "data", _env_file=None)  # type: ignore[call-arg]
    return IngestJob(chosen, Silent(), processes=1).check([folder])


def test_it_counts_files_documents_and_provisions(report: IngestReport) -> None:
    wanted = {"files": 4, "indexed": 3, "rejected": 1, "with_warnings": 3, "documents": 3, "provisions": 6}
    assert {name: report.totals[name] for name in wanted} == wanted


def test_every_refusal_and_warning_has_its_code_and_sentence(report: IngestReport) -> None:
    assert report.codes() == {"annex_missing": 3, "file_empty": 1}
    (doubt,) = report.doubtful[0].warnings
    assert "Phụ lục II" in doubt.sentence


def test_copies_and_near_copies_are_linked(report: IngestReport) -> None:
    assert {(each.kind, each.share >= 0.8) for each in report.twins} == {("same_text", True), ("near_text", True)}


def test_the_page_stands_alone_and_escapes_what_files_say(report: IngestReport) -> None:
    root = html.document_fromstring(page(report).encode())
    assert not root.xpath("//script | //img | //link | //iframe | //@src | //@href | //@onload")
    assert "<b>rỗng.pdf" in root.text_content()
    assert "Tệp không có nội dung." in root.text_content()
    assert root.get("lang") == "vi"


def test_both_forms_are_written(report: IngestReport, tmp_path: Path) -> None:
    assert save_report(report, tmp_path).name == "report.html"
    kept = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert kept["totals"]["files"] == 4
    assert kept["files"][0]["sentences"]
