"""`troly-ingest education`: makes the sample education database, or compares it with the published figures."""

import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from assistant.errors import AssistantError, InvalidRequest
from assistant.messages import message
from assistant.settings import settings
from assistant.text import format_number
from ingest.education.build import DEFAULT_SCALE, DEFAULT_SEED, build_database
from ingest.education.database import existing_database, export_parquet
from ingest.education.exams.loading import load_exam_scores
from ingest.education.office.loading import load_office
from ingest.education.persons.making import make_persons
from ingest.education.published import Comparison, compare

app = typer.Typer(add_completion=False, help="Cơ sở dữ liệu giáo dục mẫu (giả lập).")


@app.callback(invoke_without_command=True)
def education(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="Tệp kết quả; mặc định là tệp mà dịch vụ đọc.")] = None,
    scale: Annotated[str, typer.Option(help="Tỉ lệ 1:SCALE so với số liệu toàn quốc.")] = str(DEFAULT_SCALE),
    seed: Annotated[str, typer.Option(help="Hạt giống; cùng hạt giống cho cùng dữ liệu.")] = str(DEFAULT_SEED),
    force: Annotated[bool, typer.Option(help="Ghi đè tệp đã có.")] = False,
    parquet: Annotated[Path | None, typer.Option(help="Ghi thêm mỗi bảng một tệp Parquet vào thư mục này.")] = None,
    report: Annotated[bool, typer.Option(help="So sánh tệp đã có với số liệu đã công bố.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In từng dòng JSON.")] = False,
) -> None:
    """Tạo cơ sở dữ liệu giáo dục mẫu, hoặc so sánh nó với số liệu đã công bố (--report)."""
    if context.invoked_subcommand is not None:
        return
    path = out or settings().education_path
    lines = as_json or not sys.stdout.isatty()
    try:
        if report:
            _report(path, lines=lines)
        else:
            _build(path, _number(scale, "scale"), _number(seed, "seed"), force=force, lines=lines)
            if parquet is not None:
                export_parquet(path, parquet)
    except AssistantError as error:
        _fail(error, lines=lines)


@app.command()
def scores(
    folder: Annotated[Path, typer.Argument(help="Thư mục có thpt_summary và thpt_scores.")],
    out: Annotated[Path | None, typer.Option(help="Tệp cần bổ sung; mặc định là tệp mà dịch vụ đọc.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In từng dòng JSON.")] = False,
) -> None:
    """Thay điểm thi giả lập bằng thống kê điểm thi thật của cùng năm; số báo danh bị bỏ ngay khi đọc."""
    path = out or settings().education_path
    lines = as_json or not sys.stdout.isatty()
    try:
        loaded = load_exam_scores(path, folder, lambda step: _line(event="step", step=step) if lines else None)
    except AssistantError as error:
        _fail(error, lines=lines)
    if lines:
        fields = {"years": loaded.years, "papers": loaded.papers, "boards": loaded.boards, "partial": loaded.partial}
        _line(event="done", path=str(path), **fields)
    else:
        words = {"years": f"{loaded.years[0]}–{loaded.years[-1]}", "papers": format_number(loaded.papers)}
        Console().print(message("exam_scores_done", path=path, **words, partial=len(loaded.partial)))


@app.command()
def load(
    mapping: Annotated[Path, typer.Argument(help="Tệp ánh xạ .yml (docs/office-data.md).")],
    out: Annotated[Path | None, typer.Option(help="Tệp cần bổ sung; mặc định là tệp mà dịch vụ đọc.")] = None,
) -> None:
    """Nạp số liệu của đơn vị (CSV, XLSX, SQLite, DuckDB) theo tệp ánh xạ và in báo cáo chất lượng."""
    try:
        reports = load_office(out or settings().education_path, mapping)
    except AssistantError as error:
        _fail(error, lines=not sys.stdout.isatty())
    for report in reports:
        faults = [
            {"column": column, "fault": code, "lines": count, "examples": report.examples.get((column, code), [])}
            for (column, code), count in report.faults.most_common()
        ]
        counts = {"read": report.read, "taken": report.taken, "rows": report.rows, "refused": report.refused}
        extra = {"decomposed": report.decomposed, "empty": {name: n for name, n in report.empty.items() if n}}
        _line(event="sheet", file=report.file, into=report.into, **counts, **extra, faults=faults)


@app.command()
def persons(
    out: Annotated[Path | None, typer.Option(help="Cơ sở dữ liệu giáo dục; mặc định là tệp mà dịch vụ đọc.")] = None,
    seed: Annotated[str, typer.Option(help="Hạt giống; cùng hạt giống cho cùng dữ liệu.")] = str(DEFAULT_SEED),
    force: Annotated[bool, typer.Option(help="Ghi đè tệp đã có.")] = False,
) -> None:
    """Tạo hồ sơ cá nhân giả lập trong một tệp riêng mà dịch vụ hỏi đáp không bao giờ mở."""
    try:
        made = make_persons(out or settings().education_path, seed=_number(seed, "seed"), force=force)
    except AssistantError as error:
        _fail(error, lines=not sys.stdout.isatty())
    _line(event="done", path=str(made.path), learners=made.learners, staff=made.staff)


def _number(text: str, name: str) -> int:
    """Read here and not by typer, so that a slip gets a code and a Vietnamese sentence."""
    if not text.isascii() or not text.isdigit():
        raise InvalidRequest("education_number", name=f"--{name}", value=text[:40])
    return int(text)


def _build(path: Path, scale: int, seed: int, *, force: bool, lines: bool) -> None:
    if lines:
        built = build_database(
            path,
            scale=scale,
            seed=seed,
            force=force,
            progress=lambda step, done, total: _line(event="step", step=step, done=done, total=total),
        )
        _line(
            event="done", path=str(path), scale=scale, seed=seed, rows=sum(built.rows.values()), tables=len(built.rows)
        )
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as bar:
        task = bar.add_task("education", total=None)
        built = build_database(
            path,
            scale=scale,
            seed=seed,
            force=force,
            progress=lambda step, done, total: bar.update(task, description=step, completed=done, total=total),
        )
    Console().print(message("education_done", path=path, rows=format_number(sum(built.rows.values())), scale=scale))


def _report(path: Path, *, lines: bool) -> None:
    with existing_database(path) as database:
        found = compare(database)
    if lines:
        for one in found:
            _line(event="figure", **_fields(one))
    else:
        Console().print(_table(found))
    if not all(one.within for one in found):
        raise typer.Exit(1)


def _fields(one: Comparison) -> dict[str, object]:
    return {
        "year": one.year,
        "level": one.level,
        "indicator": one.indicator,
        "scope": one.scope,
        "unit": one.unit,
        "published": one.published,
        "generated": round(one.generated, 4),
        "difference": round(one.difference, 5),
        "tolerance": one.tolerance,
        "within": one.within,
        "source": one.source,
    }


def _table(found: list[Comparison]) -> Table:
    table = Table("Năm", "Chỉ tiêu", "Phạm vi")
    for title in ("Công bố", "Giả lập × tỉ lệ", "Chênh lệch", "Đạt"):
        table.add_column(title, justify="right", no_wrap=True)
    for one in found:
        numbers = (format_number(round(one.published, 2)), format_number(round(one.generated, 2)))
        gap = f"{format_number(one.difference * 100, 2)} %"
        table.add_row(
            one.year, f"{one.level}: {one.indicator}", one.scope, *numbers, gap, "có" if one.within else "KHÔNG"
        )
    return table


def _line(**fields: object) -> None:
    typer.echo(json.dumps(fields, ensure_ascii=False))


def _fail(error: AssistantError, *, lines: bool) -> NoReturn:
    words = message(error.code, **error.values)
    if lines:
        _line(event="failed", code=error.code, message=words)
    typer.echo(words, err=True)
    raise typer.Exit(2) from error
