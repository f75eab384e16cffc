"""An answer on a terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.conversations.answer import Answer, Citation
from assistant.text import format_number


def print_answer(answer: Answer, console: Console | None = None) -> None:
    """Text, citations or table, how the question was read, what was not understood, and the day it holds for."""
    out = console or Console()
    out.print(answer.text, markup=False)
    for number, citation in enumerate(answer.citations, 1):
        _print_citation(out, number, citation)
    if answer.comparison:
        out.print(_side_by_side(answer))
    if answer.rows:
        out.print(_table(answer))
    for label, values in (
        ("Cách hiểu", answer.interpretation),
        ("Không hiểu", answer.not_understood),
        ("Lựa chọn", answer.choices),
        ("Lưu ý", answer.notices),
    ):
        if values:
            out.print(f"{label}: " + " · ".join(values), markup=False, style="dim")
    if answer.sql:
        out.print(answer.sql, markup=False, style="dim")
    out.print(f"({answer.status.value}; tại ngày {answer.as_of:%d/%m/%Y})", markup=False, style="dim")


def print_trace(answer: Answer, console: Console | None = None) -> None:
    """Each step with its time, and what it decided: scores, filters, why a passage lost."""
    out = console or Console()
    for step in answer.trace:
        out.print(f"\n{step.name}  {step.milliseconds:.1f} ms", markup=False, style="bold")
        for line in filter(None, step.note.split("\n")):
            out.print(f"    {line}", markup=False)


def _print_citation(out: Console, number: int, citation: Citation) -> None:
    effect = f", hiệu lực từ {citation.effective_from:%d/%m/%Y}" if citation.effective_from else ""
    effect += f", {citation.standing}" if citation.standing else ""
    sample = " [văn bản mẫu]" if citation.is_sample else ""
    out.print(f"\n[{number}] {citation.path} {citation.document_name}{effect}{sample}", markup=False)
    out.print(f"    “{citation.quote}”", markup=False)
    out.print(f"    {citation.url}", markup=False, style="dim")


def _side_by_side(answer: Answer) -> Table:
    quotes = {citation.provision_id: citation.quote for citation in answer.citations}
    table = Table("Nội dung", "Trước", "Sau", show_lines=True)
    for each in answer.comparison:
        table.add_row(*(Text(part) for part in (each.place, quotes.get(each.before, "–"), quotes.get(each.after, "–"))))
    return table


def _table(answer: Answer) -> Table:
    table = Table()
    for column in answer.columns:
        table.add_column(column)
    for row in answer.rows:
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_number(value)
    return str(value)
