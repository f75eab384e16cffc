"""troly-ingest: sync, status, report, rebuild, rollback, education."""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.corpus.generation import current_generation
from assistant.errors import AssistantError, ConfigurationError, IndexUnavailable
from assistant.messages import message
from assistant.settings import settings
from assistant.telemetry import configure_logging
from ingest.job import IngestJob
from ingest.origins.manifest import Place, load_manifest, prepare
from ingest.reporting.facts import load_report
from ingest.reporting.page import PAGE_FILE
from ingest.reporting.writing import report_table, save_report
from ingest.sync.generations import only_writer, point_to, previous_generation
from ingest.sync.progress import open_report
from ingest.sync.status import read_status, status_table

app = typer.Typer(
    help="Nạp văn bản vào kho của trợ lý.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
_FAILED, _MISCONFIGURED = 1, 2


@app.command()
def sync(
    paths: Annotated[list[Path] | None, typer.Argument(help="Tệp hoặc thư mục văn bản cần nạp.")] = None,
    manifest: Annotated[Path | None, typer.Option("--manifest", help="Tệp YAML khai báo các nguồn.")] = None,
) -> None:
    """Nạp tệp mới, tệp đã sửa; bỏ tệp đã xóa. Tệp không đổi được bỏ qua."""
    places = [Place(path) for path in paths or ()]
    if manifest is not None:
        places += prepare(load_manifest(manifest), settings().data_dir / "origins")
    if not places:
        raise ConfigurationError("path_missing", path="…")
    _run(lambda job: job.sync([each.path for each in places], {each.path: each.glob for each in places}))


@app.command()
def rebuild() -> None:
    """Đọc lại toàn bộ văn bản đã nạp và dựng kho mới."""
    _run(lambda job: job.rebuild())


@app.command()
def rollback() -> None:
    """Quay về kho trước lần nạp gần nhất."""
    chosen = settings()
    with only_writer(chosen.data_dir):
        previous = previous_generation(chosen.generations_dir)
        if previous is None:
            raise IndexUnavailable("rollback_unavailable")
        point_to(previous)
    print(message("ingest_rolled_back", generation=previous.name))


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="In dạng JSON.")] = False) -> None:
    """Kho đang dùng: số văn bản, số đoạn, tệp bị từ chối và lý do."""
    current = current_generation(settings().generations_dir)
    if current is None:
        raise IndexUnavailable("index_missing")
    found = read_status(current, previous_generation(settings().generations_dir))
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        Console().print(status_table(found))


@app.command()
def report(
    paths: Annotated[list[Path] | None, typer.Argument(help="Tệp hoặc thư mục chỉ đọc thử, không nạp.")] = None,
    out: Annotated[Path, typer.Option("--out", help="Thư mục ghi báo cáo đọc thử.")] = Path("build/ingest-report"),
    as_json: Annotated[bool, typer.Option("--json", help="In dạng JSON.")] = False,
) -> None:
    """Báo cáo lần nạp gần nhất, hoặc của các tệp chỉ đọc thử: đã nạp, từ chối vì sao, điều cần kiểm tra."""
    folder = out if paths else current_generation(settings().generations_dir)
    if folder is None:
        raise IndexUnavailable("index_missing")
    if paths:
        _run(lambda job: save_report(job.check(paths), out))
    found = load_report(folder)
    if not found:
        raise IndexUnavailable("report_missing")
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        Console().print(report_table(found))
        print(message("report_written", path=(folder / PAGE_FILE).resolve()))


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    help="Tạo hoặc nạp cơ sở dữ liệu giáo dục.",
)
def education(context: typer.Context) -> None:
    # Loaded only when asked for: it opens DuckDB, which no other command needs.
    module = import_module("ingest.education.cli")
    module.app(args=context.args, prog_name="troly-ingest education")


def main() -> None:
    """The command. 0 done, 1 nothing indexed or not writable, 2 configuration; words, never a traceback."""
    try:
        app()
    except ConfigurationError as error:
        _fail(error, _MISCONFIGURED)
    except AssistantError as error:
        _fail(error, _FAILED)


def _run(work: Callable[[IngestJob], object]) -> None:
    chosen = settings()
    # What became of each file is the report's; the log adds only what nobody expected.
    configure_logging("debug" if chosen.log_level == "debug" else "warning")
    report = open_report()
    try:
        work(IngestJob(chosen, report))
    finally:
        report.close()


def _fail(error: AssistantError, exit_code: int) -> None:
    print(message(error.code, **error.values), file=sys.stderr)
    raise SystemExit(exit_code)
