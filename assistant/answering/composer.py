"""The order of work for a question: the lists of steps below are the table of contents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

import structlog

from assistant.access.policy import Policy
from assistant.access.switch import Stoppable, Switch
from assistant.answering import pipeline
from assistant.answering.comparing.compare_texts import CompareTexts
from assistant.answering.context import Context
from assistant.answering.failures import answer_to
from assistant.answering.law.choose_document import ChooseDocument
from assistant.answering.law.name_missing import NameMissing
from assistant.answering.law.overtaken import SetAsideOvertaken
from assistant.answering.law.tell_ended import TellEnded
from assistant.answering.law.tell_standing import TellStanding
from assistant.answering.law.tell_status import TellStatus
from assistant.answering.model_writer import ModelWriter
from assistant.answering.pipeline import StepFunction
from assistant.answering.steps.check_input import CheckInput
from assistant.answering.steps.check_output import CheckOutput
from assistant.answering.steps.choose_route import ChooseRoute
from assistant.answering.steps.query import Query
from assistant.answering.steps.retrieve import Retrieve
from assistant.answering.steps.run_statement import RunStatement
from assistant.answering.steps.screen import Screen
from assistant.answering.steps.understand import Understand
from assistant.answering.steps.verify_citations import VerifyCitations
from assistant.answering.steps.while_on import WhileOn
from assistant.answering.steps.write import Write
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.conversations.release import released
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.search import Search
from assistant.errors import RequestError, UpstreamError
from assistant.query.engines import Engine
from assistant.query.questions import DataQuestions
from assistant.query.runner import Runner
from assistant.query.semantics.expert import ExpertSql
from assistant.settings import Settings

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What the steps work with."""

    settings: Settings
    policy: Policy
    search: Search
    corpus: LiveCorpus
    questions: DataQuestions
    runner: Runner
    writer: ModelWriter | None
    switch: Switch


@dataclass(frozen=True, slots=True)
class Composer:
    """`conversation` answers anything asked; `data` answers data questions only; `statement` runs typed SQL."""

    conversation: Sequence[StepFunction]
    data: Sequence[StepFunction]
    statement: Sequence[StepFunction]
    aside: Callable[[Engine], Sequence[StepFunction]]

    def compose(self, context: Context) -> Answer:
        return _run(self.conversation, context)

    def compose_data(self, context: Context) -> Answer:
        return _run(self.data, context)

    def compose_sql(self, context: Context) -> Answer:
        """Runs `context.sql`."""
        return _run(self.statement, context)

    def compose_aside(self, context: Context, engine: Engine) -> Answer:
        """Runs `context.sql` on an engine of its own, for as long as the policy lets it."""
        return _run(self.aside(engine), context)


def build_composer(tools: Tools) -> Composer:
    """The three ways to ask, as lists of steps."""
    data_on = WhileOn(tools.switch, Stoppable.DATA)
    check_input = CheckInput(tools.settings.question_max_chars)
    search = tools.settings.search
    expert = ExpertSql(tools.questions.model, tools.policy)
    seconds = tools.policy.background.seconds
    return Composer(
        conversation=(
            check_input,
            Screen(),
            Understand(),
            ChooseRoute(tools.questions),
            WhileOn(tools.switch, None),
            Query(tools.questions),
            ChooseDocument(tools.corpus, tools.policy),
            CompareTexts(tools.search, tools.corpus, tools.policy, search.min_support),
            TellStatus(tools.corpus, tools.policy),
            Retrieve(tools.search, tools.policy, search.passages),
            TellEnded(tools.search, tools.corpus, tools.policy),
            SetAsideOvertaken(tools.corpus, tools.policy),
            Write(tools.corpus, search.min_support, tools.writer),
            VerifyCitations(tools.corpus),
            TellStanding(tools.corpus, tools.policy),
            NameMissing(tools.corpus, tools.policy),
            CheckOutput(),
        ),
        data=(data_on, check_input, Screen(), Query(tools.questions, data_only=True), CheckOutput()),
        statement=(
            data_on,
            RunStatement(tools.runner, expert),
        ),
        aside=lambda engine: (
            data_on,
            RunStatement(tools.runner.aside(engine, seconds), expert),
        ),
    )


def _run(steps: Sequence[StepFunction], context: Context) -> Answer:
    """A refusal or failure becomes an Answer with its status; a request that cannot be read is raised."""
    try:
        return released(pipeline.run(steps, context))
    except (RequestError, UpstreamError) as error:
        return _failed(context, error)
    except Exception:
        reference = uuid4().hex[:12]
        log.exception("failed_unexpected", reference=reference)
        return context.stop(AnswerStatus.FAILED_UNEXPECTED, "failed_unexpected", reference=reference)


def _failed(context: Context, error: RequestError | UpstreamError) -> Answer:
    answer = answer_to(error, context)
    if answer is None:
        raise error
    log.warning("answer_failed", code=error.code, status=answer.status)
    return replace(answer, trace=tuple(context.trace))
