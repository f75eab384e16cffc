"""School facilities of a period: rooms, water, internet, national standard."""

import numpy as np

from ingest.education.apportion import Numbers
from ingest.education.database import Database
from ingest.education.synthetic.schooling.enrolment import period_columns
from ingest.education.synthetic.schooling.pupils import Classes, Learners
from ingest.education.synthetic.schooling.schools import Schools
from ingest.education.synthetic.world import World, whole

# By area 01 to 04.
SOLID = np.array([0.80, 0.985, 0.93, 0.78])
# Shares of schools in the first and the last school year.
EQUIPPED = {
    "has_internet": (0.93, 0.995),
    "has_clean_water": (0.91, 0.975),
    "has_standard_toilets": (0.78, 0.92),
    "has_library": (0.74, 0.86),
}
STANDARD = (0.52, 0.66)


def load_profiles(database: Database, world: World, schools: Schools, learners: Learners, classes: Classes) -> None:
    """Fill school_year_profile: one row a school and period, counts NULL where the school is silent."""
    period = learners.period
    exists = np.flatnonzero(schools.active(period))
    reported = np.any(learners.reported[exists], axis=1)
    loads = learners.per_level(np.bincount(classes.row, minlength=len(learners.count))).sum(axis=1)
    counts = {name: values[exists] for name, values in _counts(world, schools, period.index, loads).items()}
    flags = {
        name: np.ma.masked_array(values[exists], mask=~reported)
        for name, values in _flags(world, schools, period.index).items()
    }
    columns = {
        **schools.columns(exists, world, profile=True),
        **period_columns(learners, len(exists)),
        "has_reported": reported,
        **{name: whole(values, ~reported) for name, values in counts.items()},
        **flags,
        "is_ethnic_boarding": _ethnic_boarding(world, schools)[exists],
    }
    database.insert_facts("school_year_profile", columns, period.cutoff)


def _counts(world: World, schools: Schools, year: int, loads: Numbers) -> dict[str, Numbers]:
    rng = world.rng("facilities")
    area = schools.area.astype(np.int64) - 1
    total = np.maximum(1, np.rint(loads * (0.9 + 0.02 * year) * np.exp(rng.normal(0.04, 0.06, len(loads)))))
    solid = np.rint(total * _solid_share(world, year, SOLID[area] + rng.normal(0, 0.03, len(loads)), total))
    semi = np.rint((total - solid) * 0.78)
    private, standard = ~schools.is_public, rng.random(len(loads))
    reach = (
        np.where(private, 0.18, STANDARD[0] + (STANDARD[1] - STANDARD[0]) * year / 6)
        * np.array([0.7, 1.1, 1.15, 0.75])[area]
    )
    level = np.where(standard < reach * 0.28, 2, np.where(standard < reach, 1, 0))
    accredited = np.select([level == 2, level == 1], [3, 2], (rng.random(len(loads)) < 0.4).astype(np.int64))
    official = schools.kind != "NHOM_DOC_LAP"
    return {
        "sites": np.where(official, rng.poisson(np.array([1.6, 0.1, 0.4, 2.1])[area]), 0),
        "rooms_total": total,
        "rooms_solid": solid,
        "rooms_semi": semi,
        "rooms_temp": total - solid - semi,
        "computers": np.where(
            schools.headline == "MN", 0, np.rint(loads * (1.3 + 0.25 * year) * rng.uniform(0.7, 1.4, len(loads)))
        ),
        "national_standard_level": np.where(official, level, 0),
        "accreditation_level": np.where(official, accredited, 0),
    }


def _solid_share(world: World, year: int, share: Numbers, rooms: Numbers) -> Numbers:
    """Shares moved together until the country has its published share of solid rooms."""
    target = world.series["solid_rooms"][year]
    for _ in range(20):
        share = np.clip(share + target - float((share * rooms).sum() / rooms.sum()), 0.3, 1)
    return share


def _flags(world: World, schools: Schools, year: int) -> dict[str, Numbers]:
    rng = world.rng("equipment")
    harder = np.array([0.97, 1.02, 1.0, 0.95])[schools.area.astype(np.int64) - 1]
    return {
        name: rng.random(len(schools)) < (first + (last - first) * year / 6) * harder
        for name, (first, last) in EQUIPPED.items()
    }


def _ethnic_boarding(world: World, schools: Schools) -> Numbers:
    minority = world.provinces.minority[schools.province]
    general = np.isin(schools.headline, ("THCS", "THPT")) & (schools.kind == "TRUONG") & schools.is_public
    boarding: Numbers = general & (world.rng("boarding").random(len(schools)) < minority * 0.35)
    return boarding
