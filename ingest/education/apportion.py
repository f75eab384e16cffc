"""Whole numbers out of shares: totals divided by weights so that the parts always add up."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[Any]


def scaled(value: float, scale: int) -> int:
    """A full-size number at 1:`scale`, rounded half up."""
    return int(value / scale + 0.5)


def apportion(total: int, weights: Numbers) -> Numbers:
    """`total` divided by `weights` with the largest-remainder method."""
    return apportion_within(np.array([total]), weights, np.zeros(len(weights), dtype=np.int64))


def apportion_within(totals: Numbers, weights: Numbers, group: Numbers) -> Numbers:
    """Each group's total divided among its members; a group whose weights are all zero gets nothing."""
    sums = np.bincount(group, weights, minlength=len(totals))
    share = np.divide(totals, sums, out=np.zeros(len(totals)), where=sums > 0)
    quota = weights * share[group]
    parts = np.floor(quota + 1e-9).astype(np.int64)
    missing = np.where(sums > 0, totals, 0) - np.bincount(group, parts, minlength=len(totals)).astype(np.int64)
    order = np.lexsort((np.arange(len(quota)), -(quota - parts), group))
    parts[order] += _rank_within(group[order]) < missing[group[order]]
    return parts


def _rank_within(sorted_group: Numbers) -> Numbers:
    starts = np.r_[True, sorted_group[1:] != sorted_group[:-1]] if len(sorted_group) else np.array([], dtype=bool)
    position = np.arange(len(sorted_group))
    return position - np.maximum.accumulate(np.where(starts, position, 0))


def split(rng: np.random.Generator, totals: Numbers, shares: Numbers) -> Numbers:
    """Each total drawn into categories: a row per total, a column per share; rows add up to their total."""
    return rng.multinomial(totals, shares / shares.sum(axis=-1, keepdims=True))


def place(total: int, weights: Numbers, parents: Numbers) -> Numbers:
    """Institutions put on the map: one each while they last (provinces, then their parts), the rest by weight."""
    of_parent = np.bincount(parents, weights)
    count = len(of_parent)
    if total <= count:
        chosen = np.argsort(-of_parent, kind="stable")[:total]
        per_parent = np.zeros(count, dtype=np.int64)
        per_parent[chosen] = 1
    else:
        per_parent = 1 + apportion(total - count, of_parent)
    return _one_each_then_by_weight(per_parent, weights, parents)


def _one_each_then_by_weight(totals: Numbers, weights: Numbers, group: Numbers) -> Numbers:
    order = np.lexsort((np.arange(len(weights)), -weights, group))
    first = np.zeros(len(weights), dtype=np.int64)
    first[order] = _rank_within(group[order]) < totals[group[order]]
    rest = totals - np.bincount(group, first, minlength=len(totals)).astype(np.int64)
    return first + apportion_within(rest, weights, group)
