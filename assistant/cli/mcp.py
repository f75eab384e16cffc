"""`troly mcp`: the tools for an assistant on this machine, over standard input and output."""

from importlib import import_module
from typing import Annotated

import typer

from assistant.access.principal import parse_principal
from assistant.bootstrap import build_services
from assistant.settings import settings
from assistant.telemetry import configure_logging


def mcp(as_: Annotated[str | None, typer.Option("--as", help="national hoặc province:MÃ[,MÃ…]")] = None) -> None:
    """Phục vụ trợ lý khác qua giao thức MCP (đầu vào, đầu ra chuẩn)."""
    chosen = settings()
    configure_logging("warning")  # to stderr: stdout is the protocol's
    services = build_services(chosen)
    caller = parse_principal(as_ or chosen.default_principal, services.policy)
    tools = import_module("assistant.api.protocols.mcp_tools")  # seconds to load, which no other command should pay
    try:
        services.warm()
        tools.build_mcp(services, lambda _: caller).run("stdio")
    finally:
        services.close()
