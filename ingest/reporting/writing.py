"""The report of a run, written beside the generation it made, or for files that are only looked at."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Group
from rich.table import Table

from assistant.corpus.runs import REPORT_FILE
from assistant.messages import message
from ingest.reporting.facts import IngestReport, gather
from ingest.reporting.page import TOTALS, write_page


def write_report(
    folder: Path, previous: Path | None, run: Mapping[str, object], removed: Sequence[str] = ()
) -> IngestReport:
    """Gather the report of the generation in `folder` and leave it there as JSON and as a page."""
    report = gather(folder, previous, run, removed)
    save_report(report, folder)
    return report


def save_report(report: IngestReport, folder: Path) -> Path:
    """Both forms of a report in `folder`; the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
    (folder / REPORT_FILE).write_text(text, encoding="utf-8")
    return write_page(report, folder)


def report_table(found: Mapping[str, Any]) -> Group:
    """The numbers of a written report, and how often each code was given."""
    totals = Table("Nội dung", "Số lượng")
    for name, label in TOTALS:
        totals.add_row(label, str(found["totals"].get(name, 0)))
    codes = Table("Mã", "Số tệp", "Ý nghĩa")
    for code, count in found["codes"].items():
        codes.add_row(code, str(count), message(code, detail="…"))
    return Group(totals, codes) if found["codes"] else Group(totals)
