"""The order of work for a question: the lists of steps below are the table of contents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

import structlog

from assistant.answering import pipeline
from assistant.answering.context import Context
from assistant.answering.pipeline import StepFunction
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.errors import (
    AssistantError,
    EngineUnavailable,
    IndexUnavailable,
    NotPermitted,
    QueryRefused,
    QueryTimedOut,
    RequestError,
    UpstreamError,
)
from assistant.messages import message

log = structlog.get_logger(__name__)

_FAILURES: tuple[tuple[type[AssistantError], AnswerStatus], ...] = (
    (IndexUnavailable, AnswerStatus.FAILED_INDEX),
    (QueryTimedOut, AnswerStatus.FAILED_TIMEOUT),
    (EngineUnavailable, AnswerStatus.FAILED_ENGINE),
    (NotPermitted, AnswerStatus.REFUSED_NOT_PERMITTED),
    (QueryRefused, AnswerStatus.REFUSED_UNSAFE),
    (UpstreamError, AnswerStatus.FAILED_ENGINE),
)


@dataclass(frozen=True, slots=True)
class Composer:
    """`conversation` answers anything asked; `data` answers data questions only; `statement` runs typed SQL."""

    conversation: Sequence[StepFunction]
    data: Sequence[StepFunction]

    def compose(self, context: Context, *, data_only: bool = False) -> Answer:
        """Run the steps. A refusal or failure becomes an Answer with its status; a bad request is raised."""
        steps = self.data if data_only else self.conversation
        try:
            return pipeline.run(steps, context)
        except (RequestError, UpstreamError) as error:
            return _failed(context, error)
        except Exception:
            reference = uuid4().hex[:12]
            log.exception("failed_unexpected", reference=reference)
            return context.stop(AnswerStatus.FAILED_UNEXPECTED, "failed_unexpected", reference=reference)


def _failed(context: Context, error: AssistantError) -> Answer:
    status = next((status for kind, status in _FAILURES if isinstance(error, kind)), None)
    if status is None:
        raise error
    log.warning("answer_failed", code=error.code, status=status)
    answer = Answer(status, message(error.code, **error.values), context.as_of, code=error.code)
    return replace(answer, trace=tuple(context.trace))
