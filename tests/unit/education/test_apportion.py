"""Shares become whole numbers that add up."""

import numpy as np
import pytest

from ingest.education.apportion import apportion, apportion_within, place, scaled, split


@pytest.mark.parametrize("seed", range(50))
def test_the_parts_add_up_to_the_total(seed: int) -> None:
    rng = np.random.default_rng(seed)
    total, weights = int(rng.integers(0, 10_000)), rng.uniform(0.01, 100, rng.integers(1, 40))
    parts = apportion(total, weights)
    assert parts.sum() == total
    assert (np.abs(parts - total * weights / weights.sum()) < 1).all()


def test_each_group_keeps_its_own_total() -> None:
    parts = apportion_within(np.array([5, 7, 3]), np.array([1.0, 2.0, 1.0, 1.0, 0.0]), np.array([0, 0, 1, 1, 2]))
    assert parts.tolist()[:4] == [2, 3, 4, 3]
    assert parts[4] == 0, "a group without weight gets nothing"


def test_no_members_is_not_an_error() -> None:
    assert apportion(0, np.array([])).tolist() == []


def test_every_province_gets_an_institution_before_any_gets_a_second() -> None:
    counts = place(3, np.array([50.0, 1.0, 9.0]), np.array([0, 0, 1]))
    assert counts.tolist() == [1, 1, 1]
    assert place(1, np.array([50.0, 1.0, 9.0]), np.array([0, 0, 1])).tolist() == [1, 0, 0]


def test_rows_drawn_into_categories_keep_their_totals() -> None:
    drawn = split(np.random.default_rng(1), np.array([10, 0, 3]), np.array([[0.5, 0.5], [1, 1], [0.9, 0.3]]))
    assert drawn.sum(axis=1).tolist() == [10, 0, 3]


def test_a_number_is_scaled_half_up() -> None:
    assert [scaled(250, 100), scaled(249, 100), scaled(8919198, 100)] == [3, 2, 89192]
