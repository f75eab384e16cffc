"""Answers the question from the education database, when it is one a number can answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.context import Context, Route
from assistant.answering.failures import answer_to
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.conversations.conversation import Turn
from assistant.errors import UpstreamError
from assistant.query.outcome import DataOutcome
from assistant.query.questions import DataQuestions
from assistant.query.request import DataRequest, request_from_dict


@dataclass(frozen=True, slots=True)
class Query:
    """Keeps its Answer in the context: provisions may still join it. `data_only` asks whatever the route is."""

    questions: DataQuestions
    data_only: bool = False

    def __call__(self, context: Context) -> None:
        if not self.data_only and context.route is Route.REGULATION:
            return
        previous = previous_request(context.previous)
        try:
            outcome = self.questions.answer(context.question, context.principal, context.as_of, previous)
            context.data = _answer(outcome, context)
        except UpstreamError as error:
            # Documents may still answer; if they do not, this is what is shown.
            context.data = answer_to(error, context)
        context.note(context.data.status.value if context.data else "")


def previous_request(turns: Sequence[Turn]) -> DataRequest | None:
    """The request of the last turn, when that was a data question."""
    answer = turns[-1].answer if turns else None
    return request_from_dict(answer.request) if answer and answer.request else None


def _answer(outcome: DataOutcome, context: Context) -> Answer:
    table = outcome.table
    return Answer(
        status=AnswerStatus(outcome.status.value),
        text=outcome.text,
        as_of=context.as_of,
        request=outcome.request.to_dict() if outcome.request else None,
        sql=outcome.sql,
        columns=table.columns if table else (),
        rows=table.rows if table else (),
        suppressed=table.suppressed if table else 0,
        interpretation=tuple(outcome.interpretation),
        not_understood=tuple(outcome.not_understood),
        choices=tuple(outcome.choices),
        notices=tuple(outcome.notices),
        code=outcome.code,
    )
