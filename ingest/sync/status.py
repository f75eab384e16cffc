"""What the served generation holds, as data and as a table."""

from pathlib import Path
from typing import Any

from rich.console import Group
from rich.table import Table

from assistant.corpus.catalogue import Catalogue
from assistant.corpus.generation import CATALOGUE_FILE
from assistant.messages import message
from ingest.reporting.facts import load_report
from ingest.reporting.page import TWINS
from ingest.sync.page_records import reading_of, warning_sentence


def read_status(current: Path, previous: Path | None) -> dict[str, Any]:
    """Counts, and every source with what became of it."""
    catalogue = Catalogue(current / CATALOGUE_FILE)
    try:
        sources = catalogue.sources()
        return {
            "generation": current.name,
            "previous": previous.name if previous else None,
            "encoder": catalogue.meta("encoder"),
            **catalogue.counts(),
            "indexed": sum(record.outcome == "indexed" for record in sources),
            "rejected": sum(record.outcome == "rejected" for record in sources),
            "partial": sum(bool(reading_of(catalogue, record.path)["partial"]) for record in sources),
            "twins": load_report(current).get("twins", []),
            "sources": [
                {
                    "path": record.path,
                    "outcome": record.outcome,
                    "code": record.code,
                    "documents": record.documents,
                    "chunks": record.chunks,
                    "ingested_at": record.ingested_at.isoformat(),
                    **reading_of(catalogue, record.path),
                }
                for record in sources
            ],
        }
    finally:
        catalogue.close()


def status_table(found: dict[str, Any]) -> Group:
    heads = ("Kho", "Kho trước", "Tệp đã nạp", "Nạp một phần", "Tệp bị từ chối")
    totals = Table(*heads, "Văn bản", "Điều, khoản, điểm", "Đoạn tìm kiếm")
    names = ("generation", "previous", "indexed", "partial", "rejected", "documents", "provisions", "chunks")
    totals.add_row(*(str(found[name] if found[name] is not None else "–") for name in names))
    rejected = Table("Tệp bị từ chối", "Mã", "Việc cần làm")
    for source in found["sources"]:
        if source["outcome"] == "rejected":
            rejected.add_row(source["path"], source["code"], message(source["code"]))
    doubtful = Table("Tệp đã nạp, cần kiểm tra", "Điều cần biết")
    for source in found["sources"]:
        if source["warnings"] and source["outcome"] == "indexed":
            doubtful.add_row(source["path"], "\n".join(map(warning_sentence, source["warnings"])))
    twins = Table("Văn bản trùng hoặc gần trùng", "Với văn bản", "Quan hệ")
    for pair in found["twins"]:
        twins.add_row(pair["first"], pair["second"], TWINS[pair["kind"]])
    return Group(totals, *(table for table in (rejected, doubtful, twins) if table.row_count))
