"""How a status counts in the measures: an answer, a question back, a decline, or a failure."""

from enum import StrEnum

from assistant.conversations.answer import AnswerStatus
from evals.suite import Output


class Outcome(StrEnum):
    ANSWERED = "answered"
    CLARIFIED = "clarified"
    DECLINED = "declined"
    FAILED = "failed"


def outcome_of(status: str) -> Outcome:
    """Any status of the closed list; an unknown one is a failure."""
    if status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
        return Outcome.ANSWERED
    if status == AnswerStatus.CLARIFICATION:
        return Outcome.CLARIFIED
    return Outcome.DECLINED if status.startswith(("unanswerable", "refused")) else Outcome.FAILED


def expected_outcome(status: str, *, has_gold: bool) -> Outcome:
    """What a case wants. Without a status that says so, gold means an answer and no gold a decline."""
    wanted = outcome_of(status)
    if wanted is not Outcome.FAILED:
        return wanted
    return Outcome.ANSWERED if has_gold else Outcome.DECLINED


def produced(output: Output) -> Outcome:
    """What the product did; a case that raised has failed."""
    return Outcome.FAILED if output.error else outcome_of(str(output.value["status"]))
