"""Execution match: what counts as the same table, and what does not."""

import pytest

from assistant.conversations.record import Cell
from evals.expected.tables import Gold, Table, mismatch, plain_spellings

PUPILS = Table(("tinh", "hoc_sinh"), [("Hà Nội", 900), ("Huế", 200), ("Nghệ An", 500)])


def table(*rows: tuple[Cell, ...], columns: tuple[str, ...] = ()) -> Table:
    return Table(columns or tuple(f"c{at}" for at in range(len(rows[0]) if rows else 0)), rows)


def right(gold: Gold, answer: Table) -> bool:
    return not mismatch(gold, answer)


def test_rows_and_columns_may_come_in_any_order() -> None:
    assert right(Gold(PUPILS), table((500.0, "Nghệ An"), (900.0, "Hà Nội"), (200.0, "Huế")))


def test_a_value_beside_the_wrong_label_is_wrong() -> None:
    assert not right(Gold(PUPILS), table(("Nghệ An", 900), ("Hà Nội", 500), ("Huế", 200)))


def test_extra_columns_are_allowed_and_missing_ones_are_not() -> None:
    ratio = Gold(table(("TH", 0.5), ("THCS", 0.25)))
    assert right(ratio, table(("TH", 10, 20, 0.5), ("THCS", 5, 20, 0.25)))
    assert not right(ratio, table((0.5,), (0.25,)))


@pytest.mark.parametrize("count", [2, 4])
def test_missing_and_extra_rows_are_wrong(count: int) -> None:
    rows = [("Hà Nội", 900), ("Huế", 200), ("Nghệ An", 500), ("Cà Mau", 1)][:count]
    assert not right(Gold(PUPILS), table(*rows))


def test_two_equal_gold_columns_need_two_columns_of_the_answer() -> None:
    assert not right(Gold(table((7, 7))), table((7, 8)))
    assert right(Gold(table((7, 7))), table((7, 8, 7)))


def test_ratios_agree_to_six_digits() -> None:
    assert right(Gold(table((1 / 3,))), table((0.33333333,)))
    assert not right(Gold(table((1 / 3,))), table((0.3333,)))


def test_a_gold_that_was_rounded_is_met_by_the_unrounded_figure() -> None:
    assert right(Gold(table((33.33,)), rounded=True), table((33.3333,)))
    assert not right(Gold(table((33.33,)), rounded=True), table((33.34,)))
    assert not right(Gold(table((33,)), rounded=True), table((34,)))


def test_a_percentage_equals_its_fraction_only_where_a_column_says_so() -> None:
    assert right(Gold(table((0.25,), columns=("ty_le",))), table((25.0,), columns=("Tỷ lệ (%)",)))
    assert right(Gold(table((25.0,))), table((0.25,), columns=("Tỷ lệ",)))
    assert not right(Gold(table((3,))), table((300,)))


def test_spellings_of_one_place_and_one_number_are_equal() -> None:
    assert right(Gold(table(("Thành phố Huế", "12"))), table(("huế", 12)))
    assert not right(Gold(table(("01",))), table((1,)))


def test_nothing_is_nothing() -> None:
    assert right(Gold(Table(("n",), [])), Table(("n",), []))
    assert not right(Gold(Table(("n",), [])), table((0,)))
    assert right(Gold(table((None,))), table((None,)))
    assert not right(Gold(table((0,))), table((None,)))


def test_a_withheld_cell_is_right_only_for_a_small_count() -> None:
    gold = Gold(table(("A", 4), ("B", 40)), withheld_below=10)
    assert right(gold, table(("A", None), ("B", 40)))
    assert not right(gold, table(("A", 4), ("B", None)))


RANKING = Gold(table(("a", 9), ("b", 7), ("c", 7), ("d", 5), ("e", 5), ("f", 5), ("g", 1)), ordered=True, limit=5)


def test_a_ranking_in_another_order_is_wrong() -> None:
    assert right(RANKING, table(("a", 9), ("b", 7), ("c", 7), ("d", 5), ("e", 5)))
    assert not right(RANKING, table(("b", 7), ("a", 9), ("c", 7), ("d", 5), ("e", 5)))


def test_ties_may_come_in_any_order_and_share_the_last_place() -> None:
    assert right(RANKING, table(("a", 9), ("c", 7), ("b", 7), ("f", 5), ("d", 5)))


def test_a_row_that_is_not_tied_never_takes_the_last_place() -> None:
    assert not right(RANKING, table(("a", 9), ("b", 7), ("c", 7), ("d", 5), ("g", 5)))
    assert not right(RANKING, table(("a", 9), ("b", 7), ("c", 7), ("d", 5), ("d", 5)))


def test_a_ranking_of_names_alone_is_strict() -> None:
    gold = Gold(table(("a",), ("b",)), ordered=True)
    assert right(gold, table(("a", 9), ("b", 7)))
    assert not right(gold, table(("b", 7), ("a", 9)))


def test_a_code_may_stand_for_its_name() -> None:
    gold = Gold(table(("TH", 5), ("12", 7)), spellings=plain_spellings({"TH": ["Tiểu học"], "12": ["Lớp 12"]}))
    assert right(gold, table(("Tiểu học", 5), ("Lớp 12", 7)))
    assert not right(gold, table(("Lớp 12", 5), ("Tiểu học", 7)))


WITHHELD = Gold(table(("a", 80.0), ("b", 30.0)), withheld=True, withheld_below=10)


def test_withheld_rows_may_lack_figures_or_stand_beside_the_gold_ones() -> None:
    assert right(WITHHELD, table(("a", None), ("b", 30.0)))
    assert right(WITHHELD, table(("a", 80.0), ("b", 30.0), ("c", None)))


def test_withholding_never_excuses_a_wrong_or_an_empty_answer() -> None:
    assert not right(WITHHELD, table(("a", None), ("b", 31.0)))
    assert not right(WITHHELD, table(("a", 80.0), ("b", 30.0), ("c", 5.0)))
    assert not right(WITHHELD, table(("a", 80.0)))
    assert not right(WITHHELD, table(("a", None), ("b", None)))
    assert right(Gold(table(("a", 4), ("b", 3)), withheld=True, withheld_below=10), table(("a", None), ("b", None)))


def test_rows_without_a_figure_at_the_end_of_a_ranking_leave_its_ties_free() -> None:
    whole = Table(["tinh", "so"], [("A", 5), ("B", 3), ("C", 3), ("D", None)])
    assert mismatch(Gold(whole, ordered=True, limit=3), Table(["x", "y"], [("A", 5), ("C", 3), ("B", 3)])) == ""
    assert mismatch(Gold(whole, ordered=True, limit=2), Table(["x", "y"], [("B", 3), ("A", 5)]))
