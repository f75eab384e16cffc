"""Learners of a period: how many each school teaches at each level and grade, and the classes they sit in."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ingest.education.apportion import Numbers, apportion, apportion_within
from ingest.education.periods import Period
from ingest.education.published import province_shares
from ingest.education.synthetic.schooling.schools import LEVELS, Schools
from ingest.education.synthetic.world import World

SUBLEVELS = ("NT", "MG", "TH", "THCS", "THPT", "GDTX")
LEVEL_OF = np.array([0, 0, 1, 2, 3, 4])
GRADES = {
    "NT": {"13": 0.10, "14": 0.26, "15": 0.64},
    "MG": {"16": 0.28, "17": 0.34, "18": 0.38},
    "TH": {"01": 0.203, "02": 0.201, "03": 0.199, "04": 0.198, "05": 0.199},
    "THCS": {"06": 0.259, "07": 0.253, "08": 0.248, "09": 0.240},
    "THPT": {"10": 0.345, "11": 0.332, "12": 0.323},
    "GDTX": {"10": 0.37, "11": 0.33, "12": 0.30},
}
CLASS_SIZE = {"NT": 21.0, "MG": 27.5, "TH": 30.5, "THCS": 38.5, "THPT": 41.0, "GDTX": 38.0}
# Classes are small in the mountains and crowded in towns (areas 01 to 04).
AREA_FACTOR = np.array([0.78, 1.17, 1.02, 0.74])
UNREPORTED_SHARE = 0.006


@dataclass(frozen=True, slots=True)
class Learners:
    """Columns over school × sublevel × grade of one period; `reported` over all schools × levels.

    `count` is what the school really teaches; a school that did not report is NULL wherever it is stored.
    """

    period: Period
    school: Numbers
    sublevel: Numbers
    grade: Numbers
    count: Numbers
    reported: Numbers

    @property
    def level(self) -> Numbers:
        return LEVEL_OF[self.sublevel]

    @property
    def missing(self) -> Numbers:
        """Which rows belong to a school that did not report the level."""
        return ~self.reported[self.school, self.level]

    def per_level(self, values: Numbers) -> Numbers:
        """Sums of `values` for each school (rows) and level (columns)."""
        return np.bincount(self.key, values, minlength=len(self.reported) * len(LEVELS)).reshape(-1, len(LEVELS))

    @property
    def key(self) -> Numbers:
        return self.school * len(LEVELS) + self.level


def make_learners(world: World, schools: Schools, period: Period, late: frozenset[tuple[str, str]]) -> Learners:
    """The learners of a period; `late` holds the (new province, level) whose department has not reported."""
    reported = _reported(world, schools, period)
    parts = []
    for number, sublevel in enumerate(SUBLEVELS):
        weights = _weights(world, schools, period, sublevel, reported)
        total = _national(world, period, sublevel)
        per_school = _per_school(world, schools, weights, total, sublevel)
        parts.append(_grades(world, period, number, per_school))
    school, sublevels, grade, count = (np.concatenate(part) for part in zip(*parts, strict=True))
    reported &= ~_is_late(world, schools, late)
    return Learners(period, school, sublevels, grade, count, reported)


def _national(world: World, period: Period, sublevel: str) -> int:
    total = world.series["pupils"][sublevel][period.index]
    return world.scaled(total * (world.series["year_end_share"][sublevel] if period.code == "CN" else 1.0))


def _reported(world: World, schools: Schools, period: Period) -> Numbers:
    """A few schools of provinces with several never send a period's report."""
    exists = schools.active(period)
    draws = world.rng("reported", period).random(len(schools))
    key = schools.province * 100 + schools.group.astype(np.int64)
    crowded = np.bincount(key, exists, minlength=6400)[key] >= 3
    silent = (draws < UNREPORTED_SHARE * 3) & crowded & (schools.kind != "DON_VI_GOP")
    reported: Numbers = exists[:, None] & schools.teaches & ~silent[:, None]
    return reported


def _is_late(world: World, schools: Schools, late: frozenset[tuple[str, str]]) -> Numbers:
    codes = world.provinces.new_code[schools.province]
    return np.column_stack([np.array([(code, level) in late for code in codes]) for level in LEVELS])


def _weights(world: World, schools: Schools, period: Period, sublevel: str, reported: Numbers) -> Numbers:
    level = LEVEL_OF[SUBLEVELS.index(sublevel)]
    weights = schools.size * reported[:, level]
    if sublevel == "NT":
        weights = weights * np.select(
            [np.isin(schools.group, ("04", "03")), np.isin(schools.group, ("02", "05"))], [6.0, 0.05], 1
        )
    if sublevel == "MG":
        weights = weights * np.select([np.isin(schools.group, ("04", "03")), schools.group == "05"], [0.02, 2.0], 1)
    return weights * np.exp(world.rng("weights", sublevel, period).normal(0, 0.02, len(schools)))


def _per_school(world: World, schools: Schools, weights: Numbers, total: int, sublevel: str) -> Numbers:
    """Learners of each school: provinces by their shares, schools within them, the private share as published."""
    shares = province_shares(world.provinces, sublevel)
    present = np.bincount(schools.province, weights > 0, minlength=len(shares)) > 0
    per_province = apportion(total, np.where(present, shares, 0))
    private = ~schools.is_public
    target = world.series["private_share"][sublevel] * total
    low, high = -12.0, 12.0
    for _ in range(40):
        middle = (low + high) / 2
        tried = weights * np.where(private, np.exp(middle), 1)
        sums = np.bincount(schools.province, tried, minlength=len(shares))
        held = (tried / np.where(sums > 0, sums, 1)[schools.province] * per_province[schools.province])[private].sum()
        low, high = (middle, high) if held < target else (low, middle)
    return apportion_within(per_province, weights * np.where(private, np.exp(low), 1), schools.province)


def _grades(
    world: World, period: Period, sublevel: int, per_school: Numbers
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    grades = GRADES[SUBLEVELS[sublevel]]
    teaching = np.flatnonzero(per_school)
    rng = world.rng("grades", sublevel, period)
    weights = np.array(list(grades.values())) * np.exp(rng.normal(0, 0.05, (len(teaching), len(grades))))
    if SUBLEVELS[sublevel] == "NT":
        # A small nursery keeps one group of all ages, reported as the oldest.
        weights[per_school[teaching] < 30, :-1] = 0
    group = np.repeat(np.arange(len(teaching)), len(grades))
    count = apportion_within(per_school[teaching], weights.ravel(), group)
    school = np.repeat(teaching, len(grades))
    numbers = np.tile(_grade_numbers(sublevel), len(teaching))
    keep = count > 0
    return school[keep], np.full(int(keep.sum()), sublevel), numbers[keep], count[keep]


GRADE_CODES = np.array([f"{number:02d}" for number in range(19)], dtype=object)


@lru_cache
def _grade_numbers(sublevel: int) -> Numbers:
    return np.array([int(code) for code in GRADES[SUBLEVELS[sublevel]]])


@dataclass(frozen=True, slots=True)
class Classes:
    """Columns over classes: the row of Learners each belongs to and its size."""

    row: Numbers
    size: Numbers


def make_classes(world: World, schools: Schools, learners: Learners) -> Classes:
    """Learners of each grade divided into classes of the usual size of their area."""
    rng = world.rng("classes", learners.period)
    usual = np.array([CLASS_SIZE[name] for name in SUBLEVELS])[learners.sublevel]
    usual = usual * AREA_FACTOR[schools.area[learners.school].astype(np.int64) - 1] * _reach(learners, schools)
    number = np.maximum(1, np.rint(learners.count / usual)).astype(np.int64)
    row = np.repeat(np.arange(len(number)), number)
    weights = np.clip(rng.normal(1, 0.07, len(row)), 0.6, 1.6)
    return Classes(row, apportion_within(learners.count, weights, row))


def _reach(learners: Learners, schools: Schools) -> Numbers:
    private = ~schools.is_public[learners.school]
    return np.where(private, 0.85, 1.0)
