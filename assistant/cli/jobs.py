"""`troly job`: statements that run in the background — what became of one, and its end."""

import json
import subprocess
import sys
from typing import Annotated

import typer

from assistant.access.principal import Principal, parse_principal
from assistant.answering.background import Job, JobState
from assistant.answering.services import Services
from assistant.api.job_schemas import job_json
from assistant.bootstrap import build_services
from assistant.cli.printing import print_answer
from assistant.errors import InvalidRequest
from assistant.messages import message
from assistant.settings import child_environment, settings

app = typer.Typer(no_args_is_help=True, help="Câu lệnh chạy nền: xem kết quả, dừng.")

As = Annotated[str | None, typer.Option("--as", help="national hoặc province:MÃ[,MÃ…]")]
Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON (docs/api.md)")]


@app.command()
def show(job: str, as_: As = None, as_json: Json = False) -> None:
    """Trạng thái và kết quả của một câu lệnh chạy nền của bạn."""
    services = build_services(settings())
    try:
        print_job(services.background.find(job, principal_of(as_, services)), as_json=as_json)
    finally:
        services.close()


@app.command()
def cancel(job: str, as_: As = None, as_json: Json = False) -> None:
    """Dừng một câu lệnh chạy nền của bạn."""
    services = build_services(settings())
    try:
        print_job(services.background.cancel(job, principal_of(as_, services)), as_json=as_json)
    finally:
        services.close()


@app.command(hidden=True)
def run(job: str, as_: As = None) -> None:
    """Chạy câu lệnh đọc từ đầu vào chuẩn; lệnh troly query --background gọi lệnh này."""
    services = build_services(settings())
    try:
        services.run_job(job, sys.stdin.read(), principal_of(as_, services))
    finally:
        services.close()


def begin(sql: str | None, as_: str | None, *, as_json: bool) -> None:
    """Begin a job and leave it to a process of its own; no list of processes shows the statement."""
    if sql is None:
        raise InvalidRequest("job_needs_sql")
    chosen = settings()
    services = build_services(chosen)
    try:
        principal = principal_of(as_, services)
        job = services.begin_job(sql, principal)
    finally:
        services.close()
    arguments = ["job", "run", job.id, "--as", str(principal)]
    child = subprocess.Popen(
        [sys.executable, "-c", "from assistant.cli import main; main()", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=child_environment(chosen),
        start_new_session=True,
    )
    assert child.stdin is not None
    child.stdin.write(sql.encode())
    child.stdin.close()
    print_job(job, as_json=as_json)


def print_job(job: Job, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(job_json(job), ensure_ascii=False, indent=2))
    elif job.answer is not None:
        print_answer(job.answer)
    else:
        code = "job_begun" if job.state is JobState.WAITING else f"job_{job.state.value}"
        print(message(code, id=job.id, expires=f"{job.expires_at:%d/%m/%Y %H:%M} UTC"))


def principal_of(text: str | None, services: Services) -> Principal:
    return parse_principal(text or services.settings.default_principal, services.policy)
