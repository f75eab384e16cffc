"""What the data scorers ask of an output: is it right, and was the reader warned."""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.conversations.answer import AnswerStatus
from evals.expected.data_case import DataCase
from evals.expected.outcomes import Outcome, outcome_of, produced
from evals.expected.tables import Gold, Table, mismatch, plain_spellings
from evals.suite import Output

DOUBTS = frozenset({"data_assumed", "data_moved", "data_points_missing", "data_scope_narrowed"})
"""Notices that warn of how this question was read. Those every figure carries (source, day, sample data) do not."""


def fault(case: DataCase, output: Output) -> str | None:
    """Why an answered output is wrong; empty when right; None when it is not an answer or has no gold to judge by."""
    if produced(output) is not Outcome.ANSWERED:
        return None
    if case.expected is Outcome.CLARIFIED and outcome_of(output.value["first_status"]) is Outcome.CLARIFIED:
        return None  # asked back as it should; what was chosen then is no answer to judge
    if case.has_gold:
        return next(filter(None, (_fault(value) for value in (output.value, *output.value.get("elsewhere", ())))), "")
    return None if case.expected is Outcome.ANSWERED else f"answered, expected {case.expected}"


def _fault(value: Mapping[str, Any]) -> str:
    """Of one database: a question answered on one must be answered on all."""
    if outcome_of(value["status"]) is not Outcome.ANSWERED:
        return f"{value['status']} on another database"
    return fault_of(value["gold"], value)


def flagged(output: Output) -> bool:
    """The reader was warned: a part is unanswered, words were not understood, or the reading is said to be doubtful."""
    value = output.value
    doubts = DOUBTS.intersection(value["notice_codes"])
    return value["status"] == AnswerStatus.PARTIAL or bool(value["not_understood"]) or bool(doubts)


def fault_of(gold: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """Why the answer's table is none of the gold tables; empty when it is one."""
    table = Table(answer["columns"], [tuple(row) for row in answer["rows"]])
    withheld = "data_withheld" in answer["notice_codes"]
    faults = [mismatch(each, table) for each in _golds(gold, withheld=withheld)]
    return "" if "" in faults else faults[0]


def _golds(gold: Mapping[str, Any], *, withheld: bool) -> Iterator[Gold]:
    for table in gold["tables"]:
        yield Gold(
            Table(table["columns"], [tuple(row) for row in table["rows"]]),
            ordered=gold["ordered"],
            limit=gold["limit"],
            rounded=gold["rounded"],
            withheld_below=gold["withheld_below"],
            withheld=withheld,
            spellings=plain_spellings(gold["spellings"]),
        )
