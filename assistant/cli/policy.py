"""`troly policy`: what the policy makes of a statement, rule by rule."""

from typing import Annotated

import typer

from assistant.access.policy import Policy, load_policy
from assistant.access.principal import Principal, parse_principal
from assistant.errors import QueryRefused
from assistant.messages import message
from assistant.query.guard import explain, guard
from assistant.query.guard.proof import emit
from assistant.query.semantic_model import load_semantic_model
from assistant.query.semantics.expert import RULE as EXPERT
from assistant.query.semantics.expert import ExpertSql
from assistant.settings import settings

app = typer.Typer(no_args_is_help=True, help="Chính sách truy cập: xem một câu lệnh được áp quyền thế nào.")


@app.callback()
def policy() -> None:
    """Chính sách truy cập."""


@app.command("explain")
def explain_statement(
    sql: Annotated[str, typer.Option("--sql", help="Một câu lệnh SELECT")],
    as_: Annotated[str | None, typer.Option("--as", help="national hoặc province:MÃ[,MÃ…]")] = None,
) -> None:
    """In câu lệnh sau từng quy tắc, rồi phạm vi, cột và ngưỡng áp dụng; mã thoát 1 khi bị từ chối."""
    chosen = settings()
    loaded = load_policy(chosen.policy_file)
    principal = parse_principal(as_ or chosen.default_principal, loaded)
    expert = ExpertSql(load_semantic_model(chosen.semantic_model_dir), loaded)
    try:
        statement = expert.translated(sql, principal)
        if not isinstance(statement, str):
            sql = emit(statement)
            print(f"✓ {EXPERT}\n    {sql}")
        _print_stages(sql, loaded, principal)
    except QueryRefused as refused:
        print(f"✗ {refused.rule}: {message(refused.code, **refused.values)} [{refused.code}]")
        raise typer.Exit(1) from refused


def _print_stages(sql: str, loaded: Policy, principal: Principal) -> None:
    before = ""
    for stage in explain(sql, loaded, principal):
        print(f"✓ {stage.rule}" + (f"\n    {stage.sql}" if stage.sql != before else ""))
        before = stage.sql
    guarded = guard(sql, loaded, principal)
    seen = loaded.seen_by(principal.role, principal.territories)
    print(f"\n{message('policy_runs')}\n    {guarded.sql}")
    for name in guarded.tables:
        table = seen.tables[name]
        columns = ", ".join(table.columns)
        print(message("policy_table", table=name, scope=table.scope, only=dict(table.only) or "–", columns=columns))
    print(message("policy_threshold", persons=guarded.threshold, rewrites=", ".join(guarded.rewrites) or "–"))
