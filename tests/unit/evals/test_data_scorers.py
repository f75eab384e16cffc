"""The data scorers, each on outputs written by hand."""

from typing import Any

from evals.expected.data_case import DataCase
from evals.scorers.data.clarified import Clarified
from evals.scorers.data.coverage import Coverage
from evals.scorers.data.precision import Precision
from evals.scorers.data.refused_right import RefusedRight
from evals.scorers.data.wrong_unflagged import WrongUnflagged
from evals.suite import Output

IN_SCOPE = DataCase.model_validate({"id": "a", "question": "?", "rows": [[7]]})
OUT_OF_SCOPE = DataCase.model_validate({"id": "b", "question": "?", "status": "unanswerable_no_metric"})
ASK_BACK = DataCase.model_validate({"id": "c", "question": "?", "status": "clarification"})
FAILED = Output("a", "", "", error="ValueError")
GOLD = {"tables": [{"columns": [], "rows": [[7]]}], "spellings": {}}
GOLD |= {"ordered": False, "limit": None, "rounded": False, "withheld_below": 0}


def output(rows: list[list[Any]] | None = None, status: str = "answered", **more: Any) -> Output:
    value = {"status": status, "first_status": status, "columns": ["n"], "rows": rows or [], "gold": GOLD}
    return Output("a", "", "", {**value, "not_understood": [], "notice_codes": [], **more})


RIGHT, WRONG = output([[7]]), output([[8]])


def test_coverage_counts_answers_right_or_wrong() -> None:
    assert [Coverage()(IN_SCOPE, each).value for each in (RIGHT, WRONG)] == [1, 1]
    assert Coverage()(IN_SCOPE, output(status="clarification")).value == 0
    assert Coverage()(IN_SCOPE, FAILED).value == 0
    assert Coverage()(OUT_OF_SCOPE, RIGHT).value is None


def test_an_answer_after_one_question_back_is_covered() -> None:
    answered = output([[7]], first_status="clarification")
    assert Coverage()(IN_SCOPE, answered).value == 1
    assert Clarified()(IN_SCOPE, answered).value == 1
    assert Clarified()(IN_SCOPE, RIGHT).value == 0


def test_precision_is_over_answers_only() -> None:
    assert [Precision()(IN_SCOPE, each).value for each in (RIGHT, WRONG)] == [1, 0]
    assert Precision()(IN_SCOPE, output(status="unanswerable_no_metric")).value is None
    assert Precision()(IN_SCOPE, FAILED).value is None


def test_answering_what_must_not_be_answered_is_wrong() -> None:
    assert Precision()(OUT_OF_SCOPE, RIGHT).value == 0
    assert Precision()(ASK_BACK, RIGHT).value == 0
    assert WrongUnflagged()(OUT_OF_SCOPE, RIGHT).value == 1


def test_a_warning_flags_a_wrong_answer() -> None:
    assert WrongUnflagged()(IN_SCOPE, WRONG).value == 1
    assert WrongUnflagged()(IN_SCOPE, output([[8]], not_understood=["chuẩn"])).value == 0
    assert WrongUnflagged()(IN_SCOPE, output([[8]], notice_codes=["data_moved"])).value == 0
    assert WrongUnflagged()(IN_SCOPE, output([[8]], notice_codes=["data_source"])).value == 1
    assert WrongUnflagged()(IN_SCOPE, output([[8]], status="partial")).value == 0


def test_nothing_shown_is_nothing_wrong() -> None:
    assert WrongUnflagged()(IN_SCOPE, RIGHT).value == 0
    assert WrongUnflagged()(IN_SCOPE, FAILED).value == 0
    assert WrongUnflagged()(IN_SCOPE, output(status="clarification")).value == 0


def test_out_of_scope_must_be_declined_not_asked_back() -> None:
    assert RefusedRight()(OUT_OF_SCOPE, output(status="unanswerable_out_of_scope")).value == 1
    assert RefusedRight()(OUT_OF_SCOPE, output(status="clarification")).value == 0
    assert RefusedRight()(OUT_OF_SCOPE, FAILED).value == 0
    assert RefusedRight()(IN_SCOPE, RIGHT).value is None
    assert RefusedRight()(ASK_BACK, RIGHT).value is None


def test_either_the_whole_or_the_guarded_gold_is_right() -> None:
    gold = {**GOLD, "tables": [{"columns": ["n"], "rows": [[7], [3]]}, {"columns": ["n"], "rows": [[7]]}]}
    assert Precision()(IN_SCOPE, output([[7]], gold=gold)).value == 1
    assert Precision()(IN_SCOPE, output([[7], [3]], gold=gold)).value == 1
    assert Precision()(IN_SCOPE, output([[3]], gold=gold)).value == 0


def test_figures_may_be_missing_only_where_the_answer_says_so() -> None:
    gold = {**GOLD, "tables": [{"columns": ["a", "n"], "rows": [["x", 80.0], ["y", 30.0]]}], "withheld_below": 10}
    rows = [["x", None], ["y", 30.0]]
    assert Precision()(IN_SCOPE, output(rows, gold=gold, notice_codes=["data_withheld"])).value == 1
    assert Precision()(IN_SCOPE, output(rows, gold=gold)).value == 0
