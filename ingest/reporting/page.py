"""The report as one HTML page in Vietnamese, whole in itself: an officer opens it in any browser, without a network."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from assistant.messages import message
from assistant.text import format_number
from ingest.reporting.facts import Doubt, FileFacts, IngestReport, Twins

PAGE_FILE = "report.html"
TOTALS = (
    ("files", "Tệp"),
    ("indexed", "Đã nạp"),
    ("rejected", "Bị từ chối"),
    ("with_warnings", "Cần kiểm tra"),
    ("documents", "Văn bản"),
    ("pages", "Trang"),
    ("provisions", "Phần, chương, mục, điều, khoản, điểm"),
    ("chunks", "Đoạn tìm kiếm"),
)
TWINS = {"same_text": "Trùng nội dung", "near_text": "Gần trùng nội dung", "same_number": "Cùng số ký hiệu"}
_STYLE = """
body { font: 16px/1.5 "Segoe UI", Roboto, Arial, sans-serif; color: #1b1b1b; max-width: 72rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .3rem 0; }
th, td { border: 1px solid #b5b5b5; padding: .35rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { background: #eef2f6; } td.n { text-align: right; white-space: nowrap; } code { color: #5a5a5a; }
summary { cursor: pointer; font-weight: 600; } @media print { details > * { display: block; } }
"""


def page(report: IngestReport) -> str:
    """The whole page. Everything that came from a file is escaped."""
    body = "\n".join(
        part for part in (_head(report), _rejected(report), _doubtful(report), _twins(report.twins), _all(report))
    )
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(_title(report))}</title>"
        f"<style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def write_page(report: IngestReport, folder: Path) -> Path:
    target = folder / PAGE_FILE
    target.write_text(page(report), encoding="utf-8")
    return target


def _title(report: IngestReport) -> str:
    code = "report_title" if report.generation else "label_report_check"
    return message(code, generation=report.generation)


def _head(report: IngestReport) -> str:
    code = "ingest_summary" if report.generation else "report_summary_check"
    shown = {name: _shown(value) for name, value in report.run.items()}
    sentence = message(code, **{**shown, "generation": report.generation}) if report.run else ""
    rows = [(escape(label), _number(report.totals.get(name, 0))) for name, label in TOTALS]
    removed = _details(message("label_removed"), "<br>".join(map(escape, report.removed))) if report.removed else ""
    return (
        f"<h1>{escape(_title(report))}</h1>\n<p>{escape(sentence)}</p>\n"
        f"{_table(('Nội dung', 'Số lượng'), rows)}\n{removed}"
    )


def _rejected(report: IngestReport) -> str:
    rows = [(escape(each.path), _doubts((each.reason,))) for each in report.rejected if each.reason]
    return _section("Tệp bị từ chối", ("Tệp", "Lý do và việc cần làm"), rows, "Không có tệp nào bị từ chối.")


def _doubtful(report: IngestReport) -> str:
    rows = [(escape(each.path), _numbers(each), _doubts(each.warnings)) for each in report.doubtful]
    heads = ("Tệp", "Số ký hiệu", "Điều cần kiểm tra")
    return _section("Tệp đã nạp, cần kiểm tra", heads, rows, "Không có tệp nào cần kiểm tra.")


def _twins(twins: Sequence[Twins]) -> str:
    rows = [
        (TWINS[each.kind], escape(each.first), escape(each.second), f"{100 * each.share:.0f} %" if each.share else "–")
        for each in twins
    ]
    heads = ("Quan hệ", "Văn bản", "Văn bản", "Giống nhau")
    return _section("Văn bản trùng hoặc gần trùng", heads, rows, "Không có văn bản trùng.")


def _all(report: IngestReport) -> str:
    rows = [
        (
            escape(each.path),
            "Từ chối" if each.reason else "Đã nạp",
            _numbers(each),
            _number(each.pages) if each.pages else "–",
            _number(each.provisions),
        )
        for each in report.files
    ]
    heads = ("Tệp", "Kết quả", "Số ký hiệu", "Trang", "Đơn vị văn bản")
    return f"<h2>Tất cả các tệp</h2>\n{_details(f'{len(rows)} tệp', _table(heads, rows))}"


def _numbers(file: FileFacts) -> str:
    shown = ", ".join(file.numbers[:5])
    return escape(shown + (f" và {len(file.numbers) - 5} văn bản khác" if len(file.numbers) > 5 else "")) or "–"


def _doubts(doubts: Iterable[Doubt]) -> str:
    return "<br>".join(f"{escape(each.sentence)} <code>{escape(each.code)}</code>" for each in doubts)


def _section(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> str:
    return f"<h2>{escape(title)} ({len(rows)})</h2>\n{_table(heads, rows) if rows else f'<p>{escape(nothing)}</p>'}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def lines() -> Iterator[str]:
        yield "<table><thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead><tbody>"
        for row in rows:
            yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        yield "</tbody></table>"

    return "\n".join(lines())


def _details(summary: str, inside: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>\n{inside}</details>"


def _number(value: int) -> str:
    return format_number(value)


def _shown(value: object) -> object:
    """Figures as people write them."""
    return format_number(value, 0 if isinstance(value, int) else 1) if isinstance(value, int | float) else value
