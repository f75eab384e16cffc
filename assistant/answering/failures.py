"""Which answer a failure or refusal becomes."""

from assistant.answering.context import Context
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.errors import (
    AssistantError,
    EngineUnavailable,
    IndexUnavailable,
    NotPermitted,
    QueryRefused,
    QueryTimedOut,
    UpstreamError,
)

_STATUSES: tuple[tuple[type[AssistantError], AnswerStatus], ...] = (
    (IndexUnavailable, AnswerStatus.FAILED_INDEX),
    (QueryTimedOut, AnswerStatus.FAILED_TIMEOUT),
    (EngineUnavailable, AnswerStatus.FAILED_ENGINE),
    (NotPermitted, AnswerStatus.REFUSED_NOT_PERMITTED),
    (QueryRefused, AnswerStatus.REFUSED_UNSAFE),
    (UpstreamError, AnswerStatus.FAILED_ENGINE),
)


def answer_to(error: AssistantError, context: Context) -> Answer | None:
    """The Answer that says what failed, or None for a request that could not be read at all."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), None)
    return None if status is None else context.stop(status, error.code, **error.values)
