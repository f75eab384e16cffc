"""`troly keys`: API keys for other systems, made, listed and revoked."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.access.audit import Kind
from assistant.access.policy import load_policy
from assistant.access.principal import parse_principal
from assistant.access.sign_in.api_keys import ApiKeys, Right
from assistant.bootstrap import open_audit
from assistant.errors import InvalidRequest
from assistant.messages import message
from assistant.settings import settings

app = typer.Typer(no_args_is_help=True, help="Khóa API cho hệ thống khác: tạo, liệt kê, thu hồi.")
_MOST_DAYS = 366


@app.command()
def create(
    scope: Annotated[str, typer.Option("--as", help="national, province:MÃ[,MÃ…] hoặc administrator")],
    purpose: Annotated[str, typer.Option("--purpose", help="Mục đích sử dụng, ghi vào nhật ký")],
    days: Annotated[int, typer.Option("--days", help="Số ngày có hiệu lực")] = 90,
    rights: Annotated[list[Right] | None, typer.Option("--right", help="ask (hỏi), widget (tạo mã nhúng)")] = None,
) -> None:
    """Tạo một khóa; mã chỉ hiện một lần."""
    chosen = settings()
    if not 1 <= days <= _MOST_DAYS:
        raise InvalidRequest("key_expiry_invalid", days=_MOST_DAYS)
    principal = parse_principal(scope, load_policy(chosen.policy_file))
    until = datetime.now(UTC) + timedelta(days=days)
    key, token = ApiKeys(chosen.keys_path).create(
        principal.scope, frozenset(rights or [Right.ASK]), purpose.strip(), until
    )
    named = {"key": key.id, "scope": key.scope, "rights": sorted(key.rights), "purpose": key.purpose}
    open_audit(chosen).append(Kind.KEY, "operator", what="created", expires=until.isoformat(), **named)
    print(message("key_created", id=key.id, expires=f"{until:%d/%m/%Y}"))
    print(token)


@app.command("list")
def list_keys() -> None:
    """Liệt kê các khóa: phạm vi, quyền, mục đích, thời hạn, trạng thái."""
    table = Table("Khóa", "Phạm vi", "Quyền", "Mục đích", "Hết hạn", "Trạng thái")
    states = {"live": "hiệu lực", "expired": "hết hạn", "revoked": "thu hồi"}
    for key in ApiKeys(settings().keys_path).all():
        rights, state = ", ".join(sorted(key.rights)), states[key.state(datetime.now(UTC))]
        table.add_row(key.id, key.scope, rights, key.purpose, f"{key.expires_at:%d/%m/%Y}", state)
    Console().print(table)


@app.command()
def revoke(key_id: str) -> None:
    """Thu hồi một khóa ngay."""
    chosen = settings()
    ApiKeys(chosen.keys_path).revoke(key_id)
    open_audit(chosen).append(Kind.KEY, "operator", what="revoked", key=key_id)
    print(message("key_revoked", id=key_id))
