"""Ranking what was found: passages, or articles by their best passage."""

import pytest

from evals.expected.provisions import Gold, Located, ProvisionCase
from evals.scorers.retrieval.recall import Recall
from evals.scorers.retrieval.reciprocal_rank import ReciprocalRank
from evals.suite import Output
from evals.suites.retrieval import best_of_each_article, rank_of

CASE = ProvisionCase(id="a", question="?")


def place(path: str, number: str = "1/2026/TT-MAU") -> Located:
    return Located((number, "", ""), path)


def output(*ranks: int | None) -> Output:
    return Output("a", "", "", {"ranks": list(ranks)})


def test_an_article_stands_where_its_best_passage_stands() -> None:
    found = [
        place("khoản 2 Điều 5"),
        place("khoản 1 Điều 5"),
        place("khoản 1 Điều 9"),
        place("Điều 5", "2/2026/TT-MAU"),
    ]
    gold = Gold(document_number="1/2026/TT-MAU", path="Điều 9")
    assert rank_of(gold, found) == 3
    assert rank_of(gold, best_of_each_article(found)) == 2
    assert len(best_of_each_article(found)) == 3


def test_what_is_not_found_has_no_rank() -> None:
    assert rank_of(Gold(document_number="1/2026/TT-MAU", path="Điều 1"), [place("Điều 5")]) is None


@pytest.mark.parametrize(("k", "value"), [(1, 0.0), (5, 0.5), (10, 1.0)])
def test_recall_is_the_share_of_gold_among_the_first_k(k: int, value: float) -> None:
    assert Recall(k)(CASE, output(2, 10)).value == value


def test_the_first_gold_found_decides_the_reciprocal_rank() -> None:
    assert ReciprocalRank()(CASE, output(None, 4)).value == 0.25
    assert ReciprocalRank()(CASE, output(None)).value == 0.0


def test_a_case_without_gold_is_left_out_and_a_failed_one_is_zero() -> None:
    failed = Output("a", "", "", error="ValueError")
    for scorer in (Recall(1), ReciprocalRank()):
        assert scorer(CASE, output()).value is None
        assert scorer(CASE, failed).value == 0.0
