"""The error tree, with stable codes; the Vietnamese words live in config/messages.vi.yml.

AssistantError                 code · http_status · values for the message · detail (logs only, never shown)
├── RequestError               the caller can do something about it
│   ├── InvalidRequest 422 · NotAuthenticated 401 · NotPermitted 403 · NotFound 404 · RateLimited 429
│   └── QueryRefused 422       StatementRefused · TableRefused · ColumnRefused · FunctionRefused · LimitRefused
├── UpstreamError 503          ModelUnavailable · ModelTimedOut · ReplyInvalid · IndexUnavailable · EngineUnavailable
│                              · QueryTimedOut · StoreUnavailable · AuditUnavailable · SignInUnavailable · SwitchedOff
├── IngestError                FormatUnsupported · FileUnreadable · OutlineNotFound · TextDamaged
└── ConfigurationError         at start only: the command exits with 2
"""

from typing import ClassVar


class AssistantError(Exception):
    """`code` is stable and public; `values` fill its message; `detail` may hold engine text and goes to logs only."""

    default_code: ClassVar[str] = "failed_unexpected"
    http_status: ClassVar[int] = 500

    def __init__(self, code: str | None = None, *, detail: str = "", **values: object) -> None:
        self.code = code or self.default_code
        self.detail = detail
        self.values = values
        super().__init__(f"{self.code}: {detail}" if detail else self.code)


class RequestError(AssistantError):
    http_status = 400


class InvalidRequest(RequestError):
    default_code = "invalid_request"
    http_status = 422


class NotAuthenticated(RequestError):
    default_code = "not_authenticated"
    http_status = 401


class NotPermitted(RequestError):
    default_code = "not_permitted"
    http_status = 403


class NotFound(RequestError):
    default_code = "not_found"
    http_status = 404


class RateLimited(RequestError):
    default_code = "rate_limited"
    http_status = 429


class QueryRefused(RequestError):
    """A guard rule said no; `rule` names it."""

    default_code = "query_refused"
    http_status = 422

    def __init__(self, rule: str, code: str | None = None, *, detail: str = "", **values: object) -> None:
        super().__init__(code, detail=detail, **values)
        self.rule = rule


class StatementRefused(QueryRefused):
    default_code = "query_statement_refused"


class TableRefused(QueryRefused):
    default_code = "query_table_refused"


class ColumnRefused(QueryRefused):
    default_code = "query_column_refused"


class FunctionRefused(QueryRefused):
    default_code = "query_function_refused"


class LimitRefused(QueryRefused):
    default_code = "query_limit_refused"


class UpstreamError(AssistantError):
    http_status = 503


class ModelUnavailable(UpstreamError):
    default_code = "model_unavailable"


class ModelTimedOut(UpstreamError):
    default_code = "model_timed_out"


class ReplyInvalid(UpstreamError):
    default_code = "reply_invalid"


class IndexUnavailable(UpstreamError):
    default_code = "index_unavailable"


class EngineUnavailable(UpstreamError):
    default_code = "engine_unavailable"


class QueryTimedOut(UpstreamError):
    default_code = "query_timed_out"


class StoreUnavailable(UpstreamError):
    default_code = "store_unavailable"


class AuditUnavailable(UpstreamError):
    """Nothing is answered that cannot be accounted for."""

    default_code = "audit_unavailable"


class SignInUnavailable(UpstreamError):
    default_code = "sign_in_unavailable"


class SwitchedOff(UpstreamError):
    """An administrator stopped this kind of answer."""

    default_code = "switched_off"


class IngestError(AssistantError):
    """One document's outcome: it is reported and the next document goes on."""

    http_status = 422


class FormatUnsupported(IngestError):
    default_code = "format_unsupported"


class FileUnreadable(IngestError):
    default_code = "file_unreadable"


class OutlineNotFound(IngestError):
    default_code = "outline_not_found"


class TextDamaged(IngestError):
    default_code = "text_damaged"


class ConfigurationError(AssistantError):
    default_code = "configuration_invalid"
