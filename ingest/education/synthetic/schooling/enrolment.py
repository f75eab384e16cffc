"""The learners of a period as stored: classes, enrolment by sex and ethnicity, groups of learners."""

from dataclasses import dataclass

import numpy as np

from ingest.education.apportion import Numbers
from ingest.education.database import Database
from ingest.education.synthetic.schooling.pupils import GRADE_CODES, SUBLEVELS, Classes, Learners
from ingest.education.synthetic.schooling.schools import LEVELS, Schools
from ingest.education.synthetic.world import World, names, repeat_text, whole

SEXES = names("NAM", "NU", "KXD")
ETHNICITIES = names("KINH", "DTTS", "KXD")
GIRLS = np.array([0.478, 0.480, 0.481, 0.485, 0.523, 0.44])
UNKNOWN_SEX, UNKNOWN_ETHNICITY = 0.007, 0.005


def minority_share(world: World, schools: Schools) -> Numbers:
    """The share of ethnic-minority learners at each school: its province's, more in the mountains, less in towns."""
    factor = np.array([1.25, 0.55, 0.8, 1.25])[schools.area.astype(np.int64) - 1]
    noise = np.exp(world.rng("minority").normal(0, 0.25, len(schools)))
    shares: Numbers = np.clip(world.provinces.minority[schools.province] * factor * noise, 0, 0.985)
    return shares


def trend(world: World, name: str, learners: Learners) -> Numbers:
    """A share of each row, on the way from its first to its last year."""
    ends = np.array([world.shares[name][sublevel] for sublevel in SUBLEVELS])[learners.sublevel]
    found: Numbers = ends[:, 0] + (ends[:, 1] - ends[:, 0]) * learners.period.index / 6
    return found


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Learner rows by Kinh boys, minority boys, Kinh girls, minority girls; and which schools do not tell."""

    cells: Numbers
    no_sex: Numbers
    no_ethnicity: Numbers


def break_down(world: World, schools: Schools, learners: Learners) -> Breakdown:
    """The same answer whenever it is asked, so that every table agrees on who is a girl."""
    rng = world.rng("enrolment", learners.period)
    girls = rng.binomial(learners.count, GIRLS[learners.sublevel])
    minority = minority_share(world, schools)[learners.school]
    minority_girls = rng.binomial(girls, minority)
    minority_boys = rng.binomial(learners.count - girls, minority)
    boys = learners.count - girls
    return Breakdown(
        cells=np.stack([boys - minority_boys, minority_boys, girls - minority_girls, minority_girls], axis=1),
        no_sex=(rng.random(len(schools)) < UNKNOWN_SEX)[learners.school] | learners.missing,
        no_ethnicity=(rng.random(len(schools)) < UNKNOWN_ETHNICITY)[learners.school] | learners.missing,
    )


def load_enrolment(database: Database, world: World, schools: Schools, learners: Learners) -> None:
    """Fill enrolment: four cells a grade; a school that does not break down reports in KXD; one NULL row if silent."""
    found = break_down(world, schools, learners)
    row, cell = np.nonzero(found.cells)
    sex = np.where(found.no_sex[row], 2, cell // 2)
    ethnicity = np.where(found.no_ethnicity[row], 2, cell % 2)
    key, inverse = np.unique(row * 9 + sex * 3 + ethnicity, return_inverse=True)
    pupils = np.bincount(inverse, found.cells[row, cell])
    row = key // 9
    columns = {"sex_code": SEXES[key // 3 % 3], "ethnicity_group": ETHNICITIES[key % 3]}
    columns["pupils"] = whole(pupils, learners.missing[row])
    database.insert_facts(
        "enrolment", {**grade_columns(world, schools, learners, row), **columns}, learners.period.cutoff
    )


def load_classes(database: Database, world: World, schools: Schools, learners: Learners, classes: Classes) -> None:
    """Fill school_class; a silent school's classes are not known, so it has no row. A few sizes are typing errors."""
    rng = world.rng("class details", learners.period)
    known = ~learners.missing[classes.row]
    row, size = classes.row[known], classes.size[known].copy()
    count = len(row)
    size[rng.random(count) < 0.0004] = 0
    small = (size < 12) & np.isin(learners.sublevel[row], (1, 2))
    columns = {
        "class_id": np.array(
            [f"L{learners.period.index}{learners.period.code}{number:07d}" for number in range(count)], object
        ),
        "pupils": whole(size),
        "is_combined": small & (rng.random(count) < 0.55),
        "is_two_session": rng.random(count) < trend(world, "two_session", learners)[row],
    }
    database.insert_facts(
        "school_class", {**grade_columns(world, schools, learners, row), **columns}, learners.period.cutoff
    )


def load_groups(database: Database, world: World, schools: Schools, learners: Learners) -> None:
    """Fill pupil_group_stat."""
    rng = world.rng("groups", learners.period)
    area = schools.area[learners.school].astype(np.int64) - 1
    poor = np.array([1.7, 0.4, 0.8, 2.1])[area]
    entry = np.isin(learners.grade, (1, 6, 10, 13, 16))
    chances = {
        "two_session": trend(world, "two_session", learners),
        "day_boarding": trend(world, "day_boarding", learners) * np.array([0.8, 1.15, 0.95, 0.8])[area],
        "full_boarding": np.where(np.isin(learners.sublevel, (3, 4)) & (area == 3), 0.06, 0.0),
        "new_entrants": np.where(entry, 0.985, np.where(learners.sublevel < 2, 0.2, 0.012)),
        "right_age": trend(world, "right_age", learners),
        "repeaters": trend(world, "repeaters", learners),
        "disabled": trend(world, "disabled", learners),
        "policy": trend(world, "policy", learners) * poor,
    }
    counts = {"pupils": learners.count}
    counts |= {name: rng.binomial(learners.count, np.clip(chance, 0, 1)) for name, chance in chances.items()}
    everything = grade_columns(world, schools, learners, np.arange(len(learners.count)))
    stored = {name: whole(values, learners.missing) for name, values in counts.items()}
    database.insert_facts("pupil_group_stat", {**everything, **stored}, learners.period.cutoff)


def grade_columns(world: World, schools: Schools, learners: Learners, row: Numbers) -> dict[str, Numbers]:
    """School, period, level and grade of the learner rows numbered `row`."""
    return {
        **schools.columns(learners.school[row], world),
        **period_columns(learners, len(row)),
        "level_code": names(*LEVELS)[learners.level[row]],
        "sublevel_code": names(*SUBLEVELS)[learners.sublevel[row]],
        "grade_code": GRADE_CODES[learners.grade[row]],
    }


def period_columns(learners: Learners, count: int) -> dict[str, Numbers]:
    """The period, in every row."""
    period = learners.period
    return {"school_year": repeat_text(period.school_year, count), "period_code": repeat_text(period.code, count)}
