"""A document ends on the eve of the one that replaces or repeals it, whichever arrived first."""

from datetime import date
from itertools import permutations

import pytest

from assistant.corpus.document import Relation, RelationKind
from ingest.validity import Standing, effective_ends, ending_relations

OLD = Standing("old", "4/2021/TT-BGDĐT", date(2021, 8, 25), date(2021, 10, 15), None, False, ())


def newer(
    target: str = OLD.number, path: str = "", begins: date | None = date(2026, 9, 7), draft: bool = False
) -> Standing:
    edges = ending_relations([Relation(RelationKind.REPLACES, target, path, "thay thế … ngày 06/8/2025")])
    return Standing("new", "5/2026/TT-BGDĐT", date(2026, 7, 22), begins, None, draft, edges)


def test_the_order_of_arrival_does_not_matter() -> None:
    third = Standing("third", "9/2027/TT-BGDĐT", None, date(2028, 1, 1), None, False, newer("5/2026/TT-BGDĐT").endings)
    expected = {"old": date(2026, 9, 6), "new": date(2027, 12, 31), "third": None}
    for order in permutations((OLD, newer(), third)):
        assert effective_ends(order) == expected


@pytest.mark.parametrize(
    "other",
    [
        newer(path="khoản 2 Điều 5"),
        newer(begins=None),
        newer(begins=date(2020, 1, 1)),
        newer(draft=True),
        newer(target="4/2021/TT-BTC"),
    ],
)
def test_a_part_a_draft_an_unknown_day_or_another_number_ends_nothing(other: Standing) -> None:
    assert effective_ends([OLD, other])["old"] is None


def test_the_earlier_of_two_ends_holds() -> None:
    stated = Standing("old", OLD.number, OLD.issued_on, OLD.effective_from, date(2025, 12, 31), False, ())
    assert effective_ends([stated, newer()])["old"] == date(2025, 12, 31)


def test_a_number_without_a_year_needs_the_day_of_issue() -> None:
    for issued, end in ((date(2025, 8, 6), date(2026, 9, 6)), (date(2024, 8, 6), None), (None, None)):
        held = Standing("plan", "2308/QĐ-BGDĐT", issued, None, None, False, ())
        assert effective_ends([held, newer("2308/QĐ-BGDĐT")])["plan"] == end
