"""The `troly` command: ask, query, law, serve, mcp, check, demo."""

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from assistant.access.principal import Principal, parse_principal
from assistant.answering.services import Services
from assistant.api.schemas import answer_json
from assistant.bootstrap import build_services
from assistant.cli import audit, jobs, keeping, keys, law, policy
from assistant.cli.checking import check_all
from assistant.cli.demo import run_demo
from assistant.cli.mcp import mcp
from assistant.cli.modelling import model
from assistant.cli.printing import print_answer, print_trace
from assistant.cli.serving import serve_forever
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.errors import AssistantError, InvalidRequest, NotAuthenticated, NotPermitted, RequestError
from assistant.messages import message
from assistant.settings import Settings, settings
from assistant.telemetry import configure_logging

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Trợ lý Giáo dục: hỏi văn bản và số liệu.")
app.add_typer(audit.app, name="audit")
app.add_typer(jobs.app, name="job")
app.add_typer(keys.app, name="keys")
app.add_typer(keeping.person, name="person")
app.add_typer(keeping.retention, name="retention")
app.command()(keeping.backup)
app.command()(keeping.restore)
app.add_typer(law.app, name="law")
app.add_typer(model, name="model")
app.add_typer(policy.app, name="policy")
app.command("mcp")(mcp)

As = Annotated[str | None, typer.Option("--as", help="national hoặc province:MÃ[,MÃ…]")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Ngày áp dụng, dạng NĂM-THÁNG-NGÀY")]
Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON (docs/api.md)")]


@app.command()
def ask(
    question: str,
    as_: As = None,
    as_of: AsOf = None,
    as_json: Json = False,
    explain: Annotated[bool, typer.Option("--explain", help="In từng bước, điểm số và lý do loại")] = False,
) -> None:
    """Hỏi một câu về văn bản hoặc số liệu."""

    def work(services: Services) -> Answer:
        principal, day = _principal(as_, services), _day(as_of)
        services.warm()  # one question deserves the whole search, and nobody else is kept waiting
        return services.answer(question, principal, day)

    _run(work, as_json=as_json, explain=explain)


@app.command()
def query(
    question: Annotated[str | None, typer.Argument()] = None,
    sql: Annotated[str | None, typer.Option("--sql", help="Một câu lệnh SELECT")] = None,
    as_: As = None,
    as_of: AsOf = None,
    as_json: Json = False,
    background: Annotated[bool, typer.Option("--background", help="Chạy nền câu lệnh SQL, xem kết quả sau")] = False,
) -> None:
    """Hỏi số liệu bằng lời hoặc bằng SQL; mọi câu đều qua lớp bảo vệ."""
    if background:
        jobs.begin(sql, as_, as_json=as_json)
        return
    if (question is None) == (sql is None):
        raise InvalidRequest("query_question_or_sql")
    _run(lambda services: services.query(question, sql, _principal(as_, services), as_of=_day(as_of)), as_json=as_json)


@app.command()
def serve() -> None:
    """Chạy dịch vụ và trang hỏi đáp."""
    serve_forever(settings())


@app.command()
def check(
    full: Annotated[bool, typer.Option("--full", help="Chạy mọi truy vấn của mô hình, không chỉ một mẫu")] = False,
) -> None:
    """Kiểm tra cấu hình, chính sách, mô hình ngữ nghĩa, lời nhắc, kho văn bản và cơ sở dữ liệu."""
    raise typer.Exit(check_all(settings(), full=full))


@app.command()
def demo(
    check_only: Annotated[bool, typer.Option("--check", help="Dựng xong, hỏi thử mỗi loại một câu rồi thoát")] = False,
) -> None:
    """Dựng dữ liệu mẫu rồi mở trang hỏi đáp."""
    raise typer.Exit(run_demo(settings(), check_only=check_only))


def main() -> None:
    """Run the command; an expected error is one Vietnamese sentence on stderr and exit code 2."""
    try:
        configure_logging(settings().log_level)
        app(standalone_mode=True)
    except AssistantError as error:
        print(f"{message(error.code, **error.values)} [{error.code}]", file=sys.stderr)
        sys.exit(2)


def _run(work: Callable[[Services], Answer], *, as_json: bool, explain: bool = False) -> None:
    """Show the answer; a request that cannot be served is an answer too when JSON was asked for, and exit code 2."""
    chosen = settings()
    configure_logging("debug" if chosen.log_level == "debug" else "warning")  # to stderr: stdout is the answer's
    services = build_services(chosen)
    try:
        answer = work(services)
    except RequestError as error:
        if not as_json:
            raise
        _show(_refusal(error, services.settings), as_json=True)
        raise typer.Exit(2) from error
    finally:
        services.close()
    _show(answer, as_json=as_json, explain=explain)


def _refusal(error: RequestError, chosen: Settings) -> Answer:
    """What the documented JSON says of a request that was not served."""
    refused = isinstance(error, NotAuthenticated | NotPermitted)
    status = AnswerStatus.REFUSED_NOT_PERMITTED if refused else AnswerStatus.CLARIFICATION
    return Answer(status, message(error.code, **error.values), chosen.current_day, code=error.code)


def _principal(text: str | None, services: Services) -> Principal:
    chosen: Settings = services.settings
    return parse_principal(text or chosen.default_principal, services.policy)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidRequest("date_invalid", value=text) from error


def _show(answer: Answer, *, as_json: bool, explain: bool = False) -> None:
    if as_json:
        print(json.dumps(answer_json(answer), ensure_ascii=False, indent=2))
    else:
        print_answer(answer)
        if explain:
            print_trace(answer)
    if answer.status.value.startswith("failed"):
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
