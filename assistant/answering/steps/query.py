"""Answers the question from the education database, when it is one a number can answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.context import Context, Route
from assistant.answering.failures import answer_to
from assistant.conversations.answer import Answer, AnswerStatus, query_id_of
from assistant.conversations.conversation import Turn
from assistant.errors import UpstreamError
from assistant.query.outcome import DataOutcome, DataStatus, Reading
from assistant.query.questions import DataQuestions
from assistant.query.request import DataRequest, request_from_dict
from assistant.text import fold

_CLAUSES = re.compile(r"[;?.]\s+|,\s+|\s+(?:và|va)\s+(?=hiện|có|cả|tỉnh|số|bao|hien|co|ca|tinh|so)", re.IGNORECASE)
_COUNTS = re.compile(r"\b(bao nhieu|may|ty le|ti le|so luong|so|top|nhat)\b")
_SURE = 0.9
_NEARLY = 0.7
"""How much of a question the figures must explain for their “not this word” to be worth showing."""


@dataclass(frozen=True, slots=True)
class Query:
    """Keeps its Answer in the context: provisions may still join it. `data_only` asks whatever the route is."""

    questions: DataQuestions
    data_only: bool = False

    def __call__(self, context: Context) -> None:
        previous = previous_request(context.previous)
        asked: str | Reading = context.reading or context.question
        if not self.data_only and context.route is Route.REGULATION:
            beside = self._beside_law(context, previous)
            if beside is None:
                return
            asked = beside
        try:
            outcome = self.questions.answer(asked, context.principal, context.as_of, previous)
            context.data = _answer(outcome, context)
        except UpstreamError as error:
            # Documents may still answer; if they do not, this is what is shown.
            context.data = answer_to(error, context)
        context.note(context.data.status.value if context.data else "")

    def _beside_law(self, context: Context, previous: DataRequest | None) -> Reading | None:
        """What a question for law also asks of the figures: a meaning, or the number in one of its clauses."""
        whole = context.reading or self.questions.read(context.question, context.as_of, previous)
        if whole.meanings and whole.status is DataStatus.ANSWERED:
            return whole
        if whole.status is DataStatus.NO_METRIC and whole.choices and whole.confidence >= _NEARLY:
            return whole  # Shown only where no provision answers: it says which word stood in the way.
        for clause in _CLAUSES.split(context.question):
            if clause.strip() == context.question.strip() or not _COUNTS.search(fold(clause)):
                continue
            reading = self.questions.read(clause, context.as_of)
            if reading.ready and reading.confidence >= _SURE:
                return reading
        return None


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
        chart=outcome.chart,
        query_id=query_id_of(outcome.sql),
        sql_reading=outcome.sql_reading,
    )
