"""What a school year brings its staff: moves and evaluations."""

import numpy as np

from ingest.education.apportion import Numbers, apportion, split
from ingest.education.database import Database
from ingest.education.synthetic.schooling.pupils import Learners
from ingest.education.synthetic.schooling.schools import LEVELS, Schools
from ingest.education.synthetic.schooling.staff import Staff
from ingest.education.synthetic.world import World, names, repeat_text, whole

RATINGS = {
    "CHUAN_NGHE_NGHIEP": {"TOT": 0.39, "KHA": 0.55, "DAT": 0.055, "CHUA_DAT": 0.005},
    "XEP_LOAI_VIEN_CHUC": {"HTXSNV": 0.185, "HTTNV": 0.735, "HTNV": 0.075, "KHTNV": 0.005},
}
# Who leaves: preschool teachers more than others.
PULL = {"THOI_VIEC": np.array([1.6, 0.9, 0.9, 0.6, 0.5]), "NGHI_HUU": np.array([0.9, 1.15, 1.1, 0.8, 0.8])}


def load_careers(database: Database, world: World, schools: Schools, learners: Learners, staff: Staff) -> None:
    """Fill staff_movement and staff_evaluation from the staff of a CN period."""
    _load_moves(database, world, schools, learners, staff)
    _load_ratings(database, world, schools, learners, staff)


def _load_moves(database: Database, world: World, schools: Schools, learners: Learners, staff: Staff) -> None:
    at_public = staff.teachers * schools.is_public[:, None] * learners.reported
    for movement, yearly in world.series["staff_movement"].items():
        rng = world.rng("staff moves", movement, learners.period)
        weights = at_public * PULL.get(movement, np.ones(len(LEVELS))) * np.exp(rng.normal(0, 0.9, at_public.shape))
        counts = apportion(world.scaled(yearly[learners.period.index]), weights.ravel()).reshape(weights.shape)
        school, level = np.nonzero(counts)
        columns = _columns(world, schools, learners, school, level)
        columns["movement_code"] = repeat_text(movement, len(school))
        columns["persons"] = whole(counts[school, level])
        database.insert_facts("staff_movement", columns, learners.period.cutoff)


def _load_ratings(database: Database, world: World, schools: Schools, learners: Learners, staff: Staff) -> None:
    school, level = np.nonzero(staff.teachers * learners.reported)
    teachers = staff.teachers[school, level]
    for kind, shares in RATINGS.items():
        rng = world.rng("ratings", kind, learners.period)
        drawn = split(
            rng, teachers, np.array(list(shares.values())) * np.exp(rng.normal(0, 0.25, (len(school), len(shares))))
        )
        row, rating = np.nonzero(drawn)
        columns = _columns(world, schools, learners, school[row], level[row])
        columns["evaluation_kind"] = repeat_text(kind, len(row))
        columns["rating_code"] = names(*shares)[rating]
        columns["persons"] = whole(drawn[row, rating])
        database.insert_facts("staff_evaluation", columns, learners.period.cutoff)


def _columns(world: World, schools: Schools, learners: Learners, school: Numbers, level: Numbers) -> dict[str, Numbers]:
    return {
        **schools.columns(school, world),
        "school_year": repeat_text(learners.period.school_year, len(school)),
        "level_code": names(*LEVELS)[level],
    }
