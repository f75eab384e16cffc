"""The tools other assistants may call, over the same services, guard and audit as the chat. Loads the MCP library."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.types import ASGIApp

from assistant.access.principal import Principal
from assistant.answering.finding.metrics import list_metrics
from assistant.answering.finding.passages import Wanted
from assistant.answering.services import Services
from assistant.api.library.bodies import MetricBody, PassageBody, ProvisionViewBody
from assistant.api.schemas import answer_json
from assistant.errors import AssistantError
from assistant.messages import message

_INSTRUCTIONS = (
    "Văn bản quy phạm và số liệu giáo dục Việt Nam. Trích nguyên văn và nêu điều, khoản, văn bản, ngày áp dụng; "
    "không suy ra điều mà kết quả không nói."
)
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
Day = Annotated[date | None, Field(description="Ngày áp dụng, dạng NĂM-THÁNG-NGÀY; bỏ trống là hôm nay")]
CallerOf = Callable[[Context[Any, Any]], Principal]


def build_mcp(services: Services, caller_of: CallerOf) -> MCPServer[Any]:
    """The server. `caller_of` says on whose behalf a tool is called."""
    server: MCPServer[Any] = MCPServer("troly", title="Trợ lý Giáo dục", instructions=_INSTRUCTIONS, log_level="ERROR")
    _Regulations(services, caller_of).add_to(server)
    _Figures(services, caller_of).add_to(server)
    return server


def over_http(server: MCPServer[Any]) -> ASGIApp:
    """The server as an application without sessions. Who calls from where is checked before it, like everywhere."""
    checked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    return server.streamable_http_app(stateless_http=True, json_response=True, transport_security=checked)


def _told(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """An error as its sentence and stable code: nothing an engine or a library says reaches a caller."""
    try:
        return work()
    except AssistantError as error:
        raise ToolError(f"{message(error.code, **error.values)} [{error.code}]") from error


class _Regulations:
    def __init__(self, services: Services, caller_of: CallerOf) -> None:
        self._services, self._caller_of = services, caller_of

    def add_to(self, server: MCPServer[Any]) -> None:
        server.add_tool(self.search_regulations, annotations=_READS)
        server.add_tool(self.get_provision, annotations=_READS)

    def search_regulations(
        self,
        context: Context[Any, Any],
        question: Annotated[str, Field(description="Nội dung cần tìm, bằng tiếng Việt, có dấu hoặc không dấu")],
        as_of: Day = None,
        limit: Annotated[int, Field(ge=1, le=20)] = 8,
    ) -> dict[str, Any]:
        """Tìm điều, khoản có hiệu lực vào một ngày; mỗi kết quả kèm nguyên văn, số văn bản và địa chỉ."""

        def work() -> dict[str, Any]:
            day = as_of or self._services.settings.current_day
            found = self._services.find(Wanted(question, day, limit=limit), self._caller_of(context))
            passages = [PassageBody.model_validate(one).model_dump(mode="json") for one in found.passages]
            return {"as_of": day.isoformat(), "passages": passages, "notices": list(found.notices)}

        return _told(work)

    def get_provision(
        self,
        context: Context[Any, Any],
        document: Annotated[str, Field(description="Số hoặc mã văn bản, ví dụ 43/2019/QH14")],
        provision: Annotated[str, Field(description="Ví dụ “khoản 1 Điều 72” hoặc “dieu-72.khoan-1”")],
        as_of: Day = None,
    ) -> dict[str, Any]:
        """Nguyên văn một điều, khoản, điểm của một văn bản vào một ngày."""

        def work() -> dict[str, Any]:
            view = self._services.provision(document, provision, self._caller_of(context), day=as_of)
            return ProvisionViewBody.of(view).model_dump(mode="json")

        return _told(work)


class _Figures:
    def __init__(self, services: Services, caller_of: CallerOf) -> None:
        self._services, self._caller_of = services, caller_of

    def add_to(self, server: MCPServer[Any]) -> None:
        server.add_tool(self.ask_data, annotations=_READS)
        server.add_tool(self.list_metrics, annotations=_READS)

    def ask_data(
        self,
        context: Context[Any, Any],
        question: Annotated[str, Field(description="Câu hỏi số liệu, ví dụ “số học sinh tiểu học theo tỉnh”")],
        as_of: Day = None,
    ) -> dict[str, Any]:
        """Trả lời câu hỏi số liệu giáo dục: câu trả lời, bảng, cách hiểu câu hỏi và lưu ý."""
        return _told(lambda: answer_json(self._services.query(question, None, self._caller_of(context), as_of=as_of)))

    def list_metrics(
        self,
        context: Context[Any, Any],
        contains: Annotated[str, Field(description="Chỉ những chỉ tiêu có các chữ này trong tên")] = "",
    ) -> dict[str, Any]:
        """Các chỉ tiêu có thể hỏi, mỗi chỉ tiêu kèm đơn vị và các cách chia."""

        def work() -> dict[str, Any]:
            self._caller_of(context)
            found = list_metrics(self._services.model, contains)
            return {"metrics": [MetricBody.model_validate(one).model_dump() for one in found]}

        return _told(work)
