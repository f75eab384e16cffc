"""The data suite: is a question answered, is the figure right, and is a wrong one at least flagged."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from assistant.access.principal import Principal
from assistant.answering.services import Services
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.conversations.conversation import Turn
from assistant.conversations.record import plain_cell
from assistant.query.semantic_model import load_semantic_model
from evals.expected.data_case import DataCase
from evals.expected.outcomes import Outcome, outcome_of
from evals.scorers.data.clarified import Clarified
from evals.scorers.data.coverage import Coverage
from evals.scorers.data.judging import fault_of
from evals.scorers.data.precision import Precision
from evals.scorers.data.refused_right import RefusedRight
from evals.scorers.data.wrong_unflagged import WrongUnflagged
from evals.suite import DATASETS, CaseSource, Options, Suite, Task, Threshold
from evals.suites.gold_table import gold_tables
from evals.suites.notices import codes_of
from evals.suites.opening import apart, ask_as_somebody_else, education_digest, open_services, principal_of, seeded
from evals.suites.spellings import Spellings


@contextmanager
def open_task(options: Options) -> Iterator[Task[DataCase]]:
    """The steps of a data question, on the education database of the data directory, or on one for each seed."""
    everywhere = [seeded(options.settings, seed) for seed in options.seeds] or [options.settings]
    with ExitStack() as stack:
        doors = []
        for settings in (stack.enter_context(apart(each)) for each in everywhere):
            services = stack.enter_context(open_services(settings))
            doors.append((services, Spellings(services.engine, load_semantic_model(settings.semantic_model_dir))))
        digests = {f"education {number}": education_digest(each) for number, each in enumerate(everywhere, start=1)}
        yield Task(partial(answer_everywhere, doors), digests)


def answer_everywhere(doors: Sequence[tuple[Services, Spellings]], case: DataCase) -> dict[str, Any]:
    """The case's value on the first database, with what the others say; written rows are of one database only."""
    first, *others = [answer_case(*door, case) for door in (doors if case.sql is not None else doors[:1])]
    return {**first, "elsewhere": others}


def answer_case(services: Services, spellings: Spellings, case: DataCase) -> dict[str, Any]:
    """Ask; when asked back, choose as somebody does who knows what they meant, once."""
    ask_as_somebody_else(services.settings)
    principal = principal_of(case.asker, services)
    gold = gold_tables(services, spellings, case, principal)
    turns: list[Turn] = []
    for question in case.earlier:
        turns.append(Turn(question, services.query(question, None, principal, tuple(turns), case.as_of)))
    first = services.query(case.question, None, principal, tuple(turns), case.as_of)
    final, choice = first, ""
    if first.status is AnswerStatus.CLARIFICATION:
        turns.append(Turn(case.question, first))
        final, choice = _after_choice(services, case, principal, turns, gold)
    return {
        **_value(final),
        "first_status": first.status.value,
        "choices": list(first.choices),
        "choice": choice,
        "gold": gold,
    }


def _after_choice(
    services: Services, case: DataCase, principal: Principal, turns: Sequence[Turn], gold: dict[str, Any] | None
) -> tuple[Answer, str]:
    """The choice that leads to the gold table; else the first that is answered; else the question back itself."""
    asked = turns[-1].answer
    assert asked is not None
    answered: list[tuple[Answer, str]] = []
    for choice in asked.choices:
        answer = services.query(choice, None, principal, tuple(turns), case.as_of)
        if outcome_of(answer.status) is Outcome.ANSWERED:
            answered.append((answer, choice))
            if gold and not fault_of(gold, _value(answer)):
                return answered[-1]
    return answered[0] if answered else (asked, "")


def _value(answer: Answer) -> dict[str, Any]:
    return {
        "status": answer.status.value,
        "code": answer.code,
        "text": answer.text,
        "sql": answer.sql,
        "columns": list(answer.columns),
        "rows": [[plain_cell(cell) for cell in row] for row in answer.rows],
        "interpretation": list(answer.interpretation),
        "not_understood": list(answer.not_understood),
        "notices": list(answer.notices),
        "notice_codes": codes_of(answer.notices),
    }


SUITE = Suite(
    name="data",
    cases=CaseSource(DATASETS / "data" / "sample.jsonl", DataCase),
    task=open_task,
    scorers=(Coverage(), Precision(), WrongUnflagged(), Clarified(), RefusedRight()),
    gate=(Threshold("wrong_unflagged", at_most=0.01),),
)
