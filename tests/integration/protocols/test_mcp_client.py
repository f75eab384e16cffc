"""The official MCP client, over HTTP and over standard input and output, asks for law and figures with citations."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters

from assistant.app import build_app
from assistant.settings import Settings, child_environment
from tests.browser import served
from tests.scripted_services import FIGURES, FOUND, scripted_services

TOOLS = {"search_regulations", "get_provision", "ask_data", "list_metrics"}


@pytest.fixture
def services(tmp_path: Path):
    return scripted_services(tmp_path)


def talked(server: Any, talk: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        async with Client(server) as client:
            await talk(client)

    asyncio.run(run())


async def called(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result
    return result.structured_content


def test_a_conversation_over_http(services) -> None:
    async def talk(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS
        assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
        found = await called(client, "search_regulations", question="Quy định gì?", as_of="2025-03-01")
        (passage,) = found["passages"]
        assert passage["text"] == FOUND.passages[0].text
        document, _, place = passage["provision_id"].partition("#")
        provision = await called(client, "get_provision", document=document, provision=place)
        assert passage["text"] in provision["text"]
        figures = await called(client, "ask_data", question="Có bao nhiêu trường?")
        assert figures["columns"] == list(FIGURES.columns)
        metrics = await called(client, "list_metrics", contains="hoc sinh")
        assert metrics["metrics"]

    with served(build_app(services)) as origin:
        talked(f"{origin}/mcp", talk)
    assert [asked[1] for asked in services.asked] == ["national", "national"]


def test_a_refusal_is_a_sentence_with_its_code(services) -> None:
    async def talk(client: Client) -> None:
        result = await client.call_tool("get_provision", {"document": "99/2099/TT-MAU", "provision": "Điều 1"})
        assert result.is_error
        assert "[document_not_found]" in result.content[0].text

    with served(build_app(services)) as origin:
        talked(f"{origin}/mcp", talk)


def test_a_failure_tells_nothing_of_its_inside(services) -> None:
    services.during = lambda: {}["bí mật"]

    async def talk(client: Client) -> None:
        result = await client.call_tool("ask_data", {"question": "?"})
        assert result.is_error
        assert "bí mật" not in str(result)

    with served(build_app(services)) as origin:
        talked(f"{origin}/mcp", talk)


def test_nobody_calls_a_tool_without_a_principal(services) -> None:
    services.settings = services.settings.model_copy(update={"default_principal": None})
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"accept": "application/json, text/event-stream"}
    with served(build_app(services)) as origin:
        reply = httpx.post(f"{origin}/mcp", json=call, headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (401, "principal_missing")


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b"x" * 70_000, json.dumps({"jsonrpc": "2.0"}).encode()])
def test_what_is_no_call_is_refused_cleanly(services, content: bytes) -> None:
    headers = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
    with served(build_app(services)) as origin:
        reply = httpx.post(f"{origin}/mcp", content=content, headers=headers, timeout=30)
    assert 400 <= reply.status_code < 500


def test_the_command_speaks_over_standard_input_and_output(sample_data_dir: Path, tmp_path: Path) -> None:
    chosen = Settings(data_dir=sample_data_dir, default_principal="national")
    audit = {"TROLY_AUDIT__HEAD_FILE": str(tmp_path / "head.json")}
    command = StdioServerParameters(
        command=str(Path(sys.executable).with_name("troly")),
        args=["mcp"],
        env={**child_environment(chosen), **audit, "TROLY_TODAY": "2026-11-02"},
    )

    async def talk(client: Client) -> None:
        found = await called(client, "search_regulations", question="học bạ số ký số thời hạn bao lâu")
        passage = found["passages"][0]
        provision = await called(
            client, "get_provision", document=passage["document_number"], provision=passage["path"]
        )
        assert provision["provision_id"] == passage["provision_id"]
        figures = await called(client, "ask_data", question="Tổng số học sinh tiểu học năm học 2023-2024")
        assert figures["status"] in {"answered", "partial"}
        assert figures["rows"]

    talked(command, talk)
