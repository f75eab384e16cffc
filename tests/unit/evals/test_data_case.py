"""Data cases: what truth a line holds and whether its order matters."""

import pytest
from pydantic import ValidationError

from evals.expected.data_case import DataCase
from evals.expected.outcomes import Outcome


def case(**fields: object) -> DataCase:
    return DataCase.model_validate({"id": "a", "question": "?", **fields})


@pytest.mark.parametrize(
    ("sql", "limit"),
    [
        ("SELECT a FROM t ORDER BY a DESC LIMIT 5", 5),
        ("select a from t order by sum(coalesce(a, 0)) desc, b\nlimit 3;", 3),
        ("SELECT a FROM t ORDER BY a", None),
        ("SELECT a FROM t LIMIT 5", None),
        ("SELECT a FROM (SELECT a FROM t ORDER BY a LIMIT 2)", None),
        ("SELECT row_number() OVER (ORDER BY a) FROM t LIMIT 9", None),
    ],
)
def test_sql_ranks_when_it_ends_with_order_and_limit(sql: str, limit: int | None) -> None:
    assert case(sql=sql).limit == limit
    assert case(sql=sql).is_ordered is (limit is not None)


def test_a_limit_that_does_not_rank_stays_in_the_sql() -> None:
    assert case(sql="SELECT a FROM t LIMIT 5").gold_sql == "SELECT a FROM t LIMIT 5"
    assert case(sql="SELECT a FROM t ORDER BY a LIMIT 5").gold_sql == "SELECT a FROM t ORDER BY a"


def test_ordered_may_be_said_outright() -> None:
    assert case(sql="SELECT a FROM t ORDER BY a", ordered=True).is_ordered
    assert not case(sql="SELECT a FROM t ORDER BY a LIMIT 5", ordered=False).is_ordered


def test_rows_may_be_lists_objects_or_single_values() -> None:
    assert case(rows=[["a", 1], {"x": "b", "y": 2.5}]).rows == (("a", 1), ("b", 2.5))
    assert case(rows=[18]).rows == ((18,),)


def test_a_case_without_truth_is_malformed() -> None:
    with pytest.raises(ValidationError):
        case()


def test_scope_follows_from_the_truth() -> None:
    assert case(sql="SELECT 1").in_scope
    assert case(status="answered").in_scope
    assert case(sql="SELECT 1", status="clarification").in_scope
    assert not case(status="clarification").in_scope
    assert not case(status="unanswerable_no_metric").in_scope
    assert case(status="refused_not_permitted").expected is Outcome.DECLINED
