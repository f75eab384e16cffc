"""The `troly-eval` command: run a suite, score it again, compare two runs, list the suites."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from assistant.errors import AssistantError, ConfigurationError, InvalidRequest
from assistant.messages import message
from assistant.settings import load_settings
from evals import compare as comparison
from evals.case import Case, load_cases, stripped
from evals.fingerprint import RunConfig, build_config
from evals.report import Report, build_report, write_report
from evals.runner import Runner, read_outputs
from evals.suite import Options, Output, Suite, Task
from evals.suites.registry import SUITES, suite_named

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Đo chất lượng trợ lý trên các bộ câu hỏi.")

CasesFile = Annotated[Path | None, typer.Option("--cases", help="Tệp câu hỏi (JSON hoặc JSONL); mặc định: bộ mẫu")]
Corpus = Annotated[Path | None, typer.Option("--corpus", help="Thư mục hoặc tệp văn bản để lập chỉ mục")]
Schema = Annotated[Path | None, typer.Option("--schema", help="Lược đồ và dữ liệu gốc (bộ guard)")]
Out = Annotated[Path | None, typer.Option("--out", help="Thư mục kết quả; mặc định: runs/SUITE")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Chỉ chạy N câu đầu")]
Strip = Annotated[bool, typer.Option("--strip-diacritics", help="Bỏ dấu mọi câu hỏi")]
DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Thư mục dữ liệu có sẵn (settings.data_dir)")]
Seeds = Annotated[str, typer.Option("--seeds", help="Bộ data: hỏi trên nhiều CSDL mẫu, ví dụ 1,2,3; đúng khi đúng cả")]
Gate = Annotated[bool | None, typer.Option("--gate/--no-gate", help="Có tính ngưỡng vào mã thoát không")]


@app.command()
def run(
    suite: Annotated[str, typer.Argument(help="Tên bộ đo; xem “troly-eval list”")],
    cases: CasesFile = None,
    corpus: Corpus = None,
    schema: Schema = None,
    out: Out = None,
    limit: Limit = None,
    strip_diacritics: Strip = False,
    data_dir: DataDir = None,
    seeds: Seeds = "",
    gate: Gate = None,
) -> None:
    """Chạy một bộ đo và ghi outputs.jsonl, report.json, report.md, config.json."""
    chosen = suite_named(suite)
    options = _options(cases, corpus, schema, data_dir, strip_diacritics, seeds)
    wanted = _cases(chosen, options)[:limit]
    directory = out or Path("runs") / suite
    with chosen.task(options) as task:
        report, config = _measure(chosen, task, wanted, directory, options)
    write_report(report, config, chosen.scorers, directory)
    typer.echo(_summary(report, directory))
    # Bounds are set for the shipped cases: other cases are judged by them only on request.
    shipped_run = cases is None and limit is None and not strip_diacritics
    _leave(report, enforced=shipped_run if gate is None else gate)


@app.command()
def score(out: Annotated[Path, typer.Argument(help="Thư mục của một lần chạy")]) -> None:
    """Chấm lại một lần chạy đã có, không hỏi lại hệ thống."""
    config = _config(out)
    chosen = suite_named(config.suite)
    pairs = read_outputs(out, chosen.cases.model)
    report = build_report(chosen, [case for case, _ in pairs], [output for _, output in pairs])
    write_report(report, config, chosen.scorers, out)
    typer.echo(_summary(report, out))


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="Thư mục lần chạy trước")],
    after: Annotated[Path, typer.Argument(help="Thư mục lần chạy sau")],
    gate: Annotated[bool, typer.Option("--gate", help="Mã thoát 1 khi có chỉ số kém đi rõ rệt")] = False,
) -> None:
    """So hai lần chạy của cùng một bộ đo."""
    name, other = _config(before).suite, _config(after).suite
    if name != other:
        raise ConfigurationError("runs_differ", before=name, after=other)
    changes = comparison.compare(suite_named(name), before, after)
    typer.echo(comparison.as_markdown(changes))
    if gate and any(change.worse for change in changes):
        raise typer.Exit(1)


@app.command("list")
def list_suites() -> None:
    """Liệt kê các bộ đo, chỉ số và ngưỡng."""
    for name, suite in sorted(SUITES.items()):
        bounds = {bound.metric: _bound(bound.at_least, bound.at_most) for bound in suite.gate}
        metrics = ", ".join(f"{s.name}{bounds.get(s.name, '')}" for s in suite.scorers)
        typer.echo(f"{name}: {metrics}")


def main() -> None:
    """Run the command; an expected error is one Vietnamese sentence on stderr and exit code 2."""
    try:
        app()
    except AssistantError as error:
        print(f"{error.code}: {message(error.code, **error.values)}", file=sys.stderr)
        sys.exit(2)


def _options(
    cases: Path | None, corpus: Path | None, schema: Path | None, data_dir: Path | None, strip: bool, seeds: str
) -> Options:
    settings = load_settings()
    # One day for the whole run, even across midnight, and the same one in the record of the run.
    update: dict[str, Any] = {"today": settings.current_day}
    if data_dir is not None:
        update["data_dir"] = data_dir
    return Options(settings.model_copy(update=update), cases, corpus, schema, data_dir, strip, _seeds(seeds))


def _seeds(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if wrong := [part for part in parts if not (part.isascii() and part.isdigit())]:
        raise InvalidRequest("education_number", name="--seeds", value=wrong[0][:40])
    return tuple(dict.fromkeys(int(part) for part in parts))


def _cases(suite: Suite[Any], options: Options) -> list[Case]:
    cases = load_cases(options.cases or suite.cases.shipped, suite.cases.model, suite.cases.adapt)
    return [stripped(case) for case in cases] if options.strip_diacritics else cases


def _measure(
    suite: Suite[Any], task: Task[Any], cases: Sequence[Case], directory: Path, options: Options
) -> tuple[Report, RunConfig]:
    config = build_config(suite.name, options.settings, task.digests)
    runner = Runner(task, directory, config.digest)
    with _progress() as progress:
        bar = progress.add_task(suite.name, total=len(cases))

        def advance(_: Output) -> None:
            progress.advance(bar)

        outputs = runner.run(cases, advance)
    return build_report(suite, cases, outputs), config


def _progress() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, disable=not console.is_terminal)


def _summary(report: Report, directory: Path) -> str:
    lines = [f"{report.suite}: {len(report.cases)} cases → {directory / 'report.md'}"]
    for name, estimate in report.metrics.items():
        shown = "null" if estimate.value is None else f"{estimate.value:.4f} ({estimate.low:.4f} – {estimate.high:.4f})"
        lines.append(f"  {name:<20} {shown}  n={estimate.n}")
    return "\n".join(lines + [f"  gate: {line}" for line in report.gate_failures])


def _leave(report: Report, *, enforced: bool) -> None:
    if enforced and report.gate_failures:
        raise typer.Exit(1)


def _config(directory: Path) -> RunConfig:
    try:
        content = json.loads((directory / "config.json").read_text(encoding="utf-8"))
        return RunConfig(**{name: content[name] for name in RunConfig.__slots__})
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError("run_missing", path=directory, detail=str(error)) from error


def _bound(at_least: float | None, at_most: float | None) -> str:
    return (f" ≥ {at_least:g}" if at_least is not None else "") + (f" ≤ {at_most:g}" if at_most is not None else "")
