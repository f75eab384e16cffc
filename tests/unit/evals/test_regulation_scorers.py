"""The regulation scorers, each on outputs written by hand."""

import pytest

from evals.expected.provisions import ProvisionCase
from evals.scorers.regulation.citation_precision import CitationPrecision
from evals.scorers.regulation.citation_recall import CitationRecall
from evals.scorers.regulation.declined_right import DeclinedRight
from evals.scorers.regulation.false_refusal import FalseRefusal
from evals.scorers.regulation.invented_citation import InventedCitation
from evals.scorers.regulation.not_in_force import NotInForce
from evals.suite import Output

NUMBER = "901/2021/TT-MAU"
FAILED = Output("a", "", "", error="ValueError")


def case(*gold: str, status: str = "") -> ProvisionCase:
    places = [{"document_number": NUMBER, "path": path} for path in gold]
    return ProvisionCase.model_validate({"id": "a", "question": "?", "gold": places, "status": status})


def cited(path: str, *, in_store: bool = True, verified: bool = True, in_force: bool = True) -> dict[str, object]:
    checks = {"in_store": in_store, "verified": verified, "in_force": in_force}
    return {"names": [NUMBER, "", ""], "path": path, "contains": [], **checks}


def output(*citations: dict[str, object], status: str = "answered") -> Output:
    return Output("a", "", "", {"status": status, "code": "", "citations": list(citations)})


def test_recall_is_the_share_of_gold_that_is_cited() -> None:
    score = CitationRecall()(case("Điều 3", "Điều 5"), output(cited("khoản 1 Điều 3")))
    assert score.value == 0.5
    assert "Điều 5" in score.reason


def test_declining_an_answerable_question_recalls_nothing() -> None:
    assert CitationRecall()(case("Điều 3"), output(status="unanswerable_no_evidence")).value == 0
    assert CitationRecall()(case("Điều 3"), FAILED).value == 0
    assert CitationRecall()(case(), output(cited("Điều 3"))).value is None


def test_precision_is_the_share_of_citations_that_are_gold() -> None:
    assert CitationPrecision()(case("Điều 3"), output(cited("khoản 1 Điều 3"), cited("Điều 4"))).value == 0.5
    assert CitationPrecision()(case("Điều 3"), output()).value is None
    assert CitationPrecision()(case("Điều 3"), FAILED).value == 0


@pytest.mark.parametrize("flaw", [{"in_store": False}, {"verified": False}])
def test_a_citation_is_invented_when_the_store_or_the_check_says_so(flaw: dict[str, bool]) -> None:
    score = InventedCitation()(case(), output(cited("Điều 3"), cited("Điều 4", **flaw)))
    assert (score.value, score.weight) == (0.5, 2)


def test_citations_are_counted_over_all_cases() -> None:
    assert InventedCitation()(case(), output()).value is None
    assert NotInForce()(case(), output(cited("Điều 3", in_force=False))).value == 1
    assert NotInForce()(case(), FAILED).value is None


@pytest.mark.parametrize(
    ("expected", "did", "right"),
    [
        ("unanswerable_no_evidence", "unanswerable_out_of_scope", 1.0),
        ("refused_unsafe", "refused_not_permitted", 1.0),
        ("clarification", "clarification", 1.0),
        ("clarification", "unanswerable_no_evidence", 0.0),
        ("unanswerable_no_evidence", "answered", 0.0),
        ("unanswerable_no_evidence", "failed_index", 0.0),
        ("answered", "answered", None),
    ],
)
def test_a_decline_counts_by_its_family(expected: str, did: str, right: float | None) -> None:
    assert DeclinedRight()(case(status=expected), output(status=did)).value == right


@pytest.mark.parametrize(
    ("did", "refused"), [("answered", 0.0), ("partial", 0.0), ("clarification", 1.0), ("failed_index", 1.0)]
)
def test_an_answerable_question_without_an_answer_is_a_false_refusal(did: str, refused: float) -> None:
    assert FalseRefusal()(case("Điều 3", status="answered"), output(status=did)).value == refused
    assert FalseRefusal()(case(status="refused_unsafe"), output(status=did)).value is None


def test_a_case_without_a_status_is_answerable_when_it_has_gold() -> None:
    assert FalseRefusal()(case("Điều 3"), FAILED).value == 1
    assert DeclinedRight()(case(), output(status="unanswerable_no_evidence")).value == 1
