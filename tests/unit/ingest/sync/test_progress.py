"""Progress: lines that programs read, and words that people do."""

import io
import json

from rich.console import Console

from ingest.sync.progress import LinesReport, TerminalReport

SUMMARY = {"indexed": 1, "rejected": 1, "unchanged": 0, "removed": 0, "documents": 1, "chunks": 2, "encoded": 2}
SUMMARY |= {"generation": "0001", "seconds": 1.5}


def test_every_event_is_one_json_line() -> None:
    stream = io.StringIO()
    report = LinesReport(stream)
    report.file("kho/a.pdf", "rejected", "pdf_password", ())
    for done in range(1, 201):
        report.progress("encoding", done, 200)
    report.summary(SUMMARY)
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert events[0] == {
        "event": "file",
        "path": "kho/a.pdf",
        "outcome": "rejected",
        "code": "pdf_password",
        "warnings": [],
    }
    assert events[-1] == {"event": "summary", **SUMMARY}
    assert 2 <= len([event for event in events if event["event"] == "stage"]) <= 12


def test_people_read_what_to_do_about_each_file() -> None:
    stream = io.StringIO()
    report = TerminalReport(Console(file=stream, force_terminal=True, width=200))
    report.progress("reading", 1, 2)
    report.file("kho/a.pdf", "rejected", "pdf_password", ())
    report.file("kho/b.html", "indexed", "", ("number_mismatch:66/2026/NĐ-CP",))
    report.file("kho/c.html", "unchanged", "page_without_text", ())
    report.summary(SUMMARY)
    shown = stream.getvalue()
    assert "Đang đọc văn bản" in shown
    assert "kho/a.pdf: Tệp PDF được đặt mật khẩu" in shown
    assert "66/2026/NĐ-CP" in shown
    assert "kho/c.html" not in shown
    assert "Đã nạp 1 tệp, từ chối 1" in shown
