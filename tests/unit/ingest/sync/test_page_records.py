"""What the status says about how a file was read."""

from datetime import UTC, datetime
from pathlib import Path

from assistant.corpus.catalogue import Catalogue, SourceRecord
from ingest.catalogue import CatalogueWriter
from ingest.readers.pages import PageReading, PageSource, page_warnings, spans
from ingest.sync.page_records import put_reading, reading_of, warning_sentence
from ingest.sync.status import read_status

PAGES = (
    PageReading(1, PageSource.TEXT, 1.0, 0.99, 900),
    PageReading(2, PageSource.TEXT, 1.0, 0.97, 800),
    PageReading(3, PageSource.OCR, 0.7, 0.95, 700),
    PageReading(4, PageSource.DAMAGED, 0.3, 0.4, 90, "low_confidence"),
    PageReading(5, PageSource.EMPTY),
)


def test_warnings_name_the_pages_a_reader_must_look_at() -> None:
    warnings = page_warnings(PAGES)
    assert warnings == ("pages_damaged:4", "pages_without_text:5", "pages_read_by_ocr:3", "pages_doubtful:3")
    assert all(detail in warning_sentence(code) for code in warnings for detail in [code.partition(":")[2]])
    assert spans([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"


def test_the_status_tells_each_run_of_pages_and_that_a_file_is_partial(tmp_path: Path) -> None:
    folder = tmp_path / "0001"
    folder.mkdir()
    writer = CatalogueWriter(folder / "catalogue.sqlite")
    now = datetime.now(UTC)
    for name in ("a.pdf", "b.txt"):
        writer.put_source(SourceRecord(name, "", 1, 1, "indexed", "", "", 1, 1, now))
    put_reading(writer, "a.pdf", PAGES, page_warnings(PAGES))
    put_reading(writer, "b.txt", (), ())
    writer.close()
    status = read_status(folder, None)
    assert (status["indexed"], status["partial"]) == (2, 1)
    catalogue = Catalogue(folder / "catalogue.sqlite")
    kept = reading_of(catalogue, "a.pdf")
    catalogue.close()
    assert kept["partial"]
    assert [(run["pages"], run["read"]) for run in kept["pages"]] == [
        ("1–2", "text"),
        ("3", "ocr"),
        ("4", "damaged"),
        ("5", "empty"),
    ]
    assert kept["pages"][0]["health"] == 0.98
    assert kept["pages"][2]["why"] == "low_confidence"
