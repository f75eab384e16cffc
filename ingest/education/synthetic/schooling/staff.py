"""Teachers, managers and employees of a period, and how schools stand against the staffing norm."""

from dataclasses import dataclass

import numpy as np

from ingest.education.apportion import Numbers, apportion
from ingest.education.codes import read_codes
from ingest.education.database import Database
from ingest.education.synthetic.schooling.enrolment import minority_share, period_columns
from ingest.education.synthetic.schooling.pupils import Classes, Learners
from ingest.education.synthetic.schooling.schools import LEVELS, Schools
from ingest.education.synthetic.world import World, names, whole

POSITIONS = names("HT", "PHT", "GV", "NV")
SEXES = names("NAM", "NU")
ETHNICITIES = names("KINH", "DTTS")
QUALIFICATIONS = names("TC", "CD", "DH", "THS", "TS")
STANDARDS = names("CHUA_DAT", "DAT", "TREN_CHUAN", "KAD")
CONTRACTS = names("BIEN_CHE", "HOP_DONG")
AGE_BANDS = names("D30", "T30_39", "T40_49", "T50")
PROF_GRADES = names(None, "I", "II", "III")
LANGUAGE_LEVELS = names("0", "1", "2", "3", "4", "5", "6", None)
IT = names("KHONG", "CO", None)
WOMEN = np.array([0.995, 0.79, 0.69, 0.64, 0.52])
ABOVE_STANDARD = np.array([0.64, 0.021, 0.038, 0.215, 0.12])


@dataclass(frozen=True, slots=True)
class Staff:
    """How many teachers each school (row) has at each level (column), and its managers and employees."""

    teachers: Numbers
    managers: Numbers
    employees: Numbers


def make_staff(world: World, schools: Schools, learners: Learners, classes: Classes) -> Staff:
    """National totals spread over the schools by their classes. Year-end counts are a little lower."""
    loads = learners.per_level(np.bincount(classes.row, minlength=len(learners.count)))
    noise = np.exp(world.rng("teachers", learners.period.school_year).normal(0, 0.08, len(schools)))
    noise *= np.where(schools.is_public, 1.0, 0.93)
    seen = loads * noise[:, None]
    index, end = learners.period.index, 0.9955 if learners.period.code == "CN" else 1.0
    teachers = np.column_stack(
        [
            apportion(world.scaled(world.series["teachers"][name][index] * end), seen[:, n])
            for n, name in enumerate(LEVELS)
        ]
    )
    has_head = (teachers.sum(axis=1) > 0) & (schools.kind != "NHOM_DOC_LAP")
    total = world.scaled(world.series["managers"][index])
    managers = has_head + apportion(max(0, total - int(has_head.sum())), has_head * np.sqrt(loads.sum(axis=1)))
    preschool = schools.headline == "MN"
    employees = sum(
        apportion(world.scaled(world.series["employees"][name][index]), loads.sum(axis=1) * members)
        for name, members in (("MN", preschool), ("PT", ~preschool))
    )
    return Staff(teachers, managers, np.asarray(employees))


def load_level_profiles(
    database: Database, world: World, schools: Schools, learners: Learners, classes: Classes, staff: Staff
) -> None:
    """Fill school_level_profile."""
    period = learners.period
    exists = learners.per_level(learners.count) > 0
    school, level = np.nonzero(exists)
    missing = ~learners.reported[school, level]
    loads = learners.per_level(np.bincount(classes.row, minlength=len(learners.count)))
    public = schools.is_public[:, None] & exists
    norm, assigned = _norms(world, learners, np.where(public, loads, 0), np.where(public, staff.teachers, 0))
    counts = {"classes": loads, "pupils": learners.per_level(learners.count), "teachers": staff.teachers}
    columns = {name: whole(values[school, level], missing) for name, values in counts.items()}
    not_public = missing | ~schools.is_public[school]
    columns["norm_teachers"] = whole(norm[school, level], not_public)
    columns["assigned_posts"] = whole(assigned[school, level], not_public)
    everything = {**schools.columns(school, world, profile=True), **period_columns(learners, len(school))}
    rows = {**everything, "level_code": names(*LEVELS)[level], **columns}
    database.insert_facts("school_level_profile", rows, period.cutoff)


def _norms(world: World, learners: Learners, loads: Numbers, teachers: Numbers) -> tuple[Numbers, Numbers]:
    """Teachers by the norm: those present plus the published shortage; posts assigned lie in between."""
    weights = loads * np.array([world.series["norm_per_class"][name] for name in LEVELS])
    weights[:, LEVELS.index("GDTX")] = 0
    shortage = world.scaled(world.series["shortage"][learners.period.index])
    present = teachers.copy()
    present[:, LEVELS.index("GDTX")] = 0
    norm = apportion(int(present.sum()) + shortage, weights.ravel()).reshape(weights.shape)
    assigned = np.maximum(teachers - 1, np.rint(teachers + (norm - teachers) * 0.45)).astype(np.int64)
    gdtx = LEVELS.index("GDTX")
    norm[:, gdtx], assigned[:, gdtx] = teachers[:, gdtx], teachers[:, gdtx]
    return norm, assigned


def load_staff(database: Database, world: World, schools: Schools, learners: Learners, staff: Staff) -> None:
    """Fill staff_stat: every member drawn once, then counted by equal description."""
    school, level, position = _members(schools, staff)
    rng = world.rng("staff", learners.period)
    described = _describe(world, schools, rng, learners.period.index, (school, level, position))
    packed = np.stack([school, level, position, *described])
    unique, persons = np.unique(packed, axis=1, return_counts=True)
    school, level, position, sex, ethnicity, qualification, standard, contract, age, subject, grade, language, it = (
        unique
    )
    columns = {
        **schools.columns(school, world),
        **period_columns(learners, len(school)),
        "level_code": names(*LEVELS)[level],
        "position_code": POSITIONS[position],
        "sex_code": SEXES[sex],
        "ethnicity_group": ETHNICITIES[ethnicity],
        "qualification_code": QUALIFICATIONS[qualification],
        "standard_code": STANDARDS[standard],
        "contract_code": CONTRACTS[contract],
        "age_band": AGE_BANDS[age],
        "subject_code": names(*read_codes()["ref_subject"], None)[subject],
        "prof_grade": PROF_GRADES[grade],
        "language_level": LANGUAGE_LEVELS[language],
        "it_certified": IT[it],
        "persons": whole(persons, ~learners.reported[school, level]),
    }
    database.insert_facts("staff_stat", columns, learners.period.cutoff)


def _members(schools: Schools, staff: Staff) -> tuple[Numbers, Numbers, Numbers]:
    """School, level and position of every member; managers and employees belong to the school's highest level."""
    headline = np.array([LEVELS.index(name) for name in schools.headline])
    everybody = np.arange(len(schools))
    heads = (staff.managers > 0).astype(np.int64)
    blocks = [(everybody, headline, 0, heads), (everybody, headline, 1, staff.managers - heads)]
    blocks += [(everybody, np.full(len(schools), n), 2, staff.teachers[:, n]) for n in range(len(LEVELS))]
    blocks.append((everybody, headline, 3, staff.employees))
    school = np.concatenate([np.repeat(who, count) for who, _, _, count in blocks])
    level = np.concatenate([np.repeat(where, count) for _, where, _, count in blocks])
    position = np.concatenate([np.full(int(count.sum()), what) for _, _, what, count in blocks])
    return school, level, position


def _describe(
    world: World, schools: Schools, rng: np.random.Generator, year: int, members: tuple[Numbers, Numbers, Numbers]
) -> list[Numbers]:
    school, level, position = members
    count = len(school)
    teaches, manages = position == 2, position < 2
    women = np.where(manages & (level > 0), 0.57, np.where(position == 3, 0.72, WOMEN[level]))
    standard = _standards(world, rng, year, level, teaches)
    contract = np.where(schools.is_public[school], rng.random(count) < np.where(manages, 0, 0.065), True)
    grade = np.where(teaches & ~contract, rng.choice(4, count, p=[0.05, 0.03, 0.42, 0.50]), 0)
    age = rng.choice(4, count, p=[0.13, 0.35, 0.37, 0.15])
    language = rng.choice(8, count, p=[0.37, 0.13, 0.27, 0.13, 0.05, 0.03, 0.01, 0.01])
    it = rng.choice(3, count, p=[0.18, 0.81, 0.01])
    return [
        (rng.random(count) < women).astype(np.int64),
        (rng.random(count) < minority_share(world, schools)[school] * 0.68).astype(np.int64),
        _qualifications(rng, level, position, standard),
        standard,
        contract.astype(np.int64),
        np.where(manages, np.maximum(age, 1), age),
        _subjects(world, rng, level, teaches),
        grade,
        language,
        it,
    ]


def _standards(world: World, rng: np.random.Generator, year: int, level: Numbers, teaches: Numbers) -> Numbers:
    """0 below, 1 at, 2 above the standard, 3 not applicable; each level keeps its published share exactly."""
    standard = np.full(len(level), 3)
    for number, name in enumerate(LEVELS):
        members = rng.permutation(np.flatnonzero(teaches & (level == number)))
        below = len(members) - round(world.series["qualified"][name][year] * len(members))
        above = round(ABOVE_STANDARD[number] * len(members))
        standard[members] = 1
        standard[members[:below]] = 0
        standard[members[below : below + above]] = 2
    return standard


def _qualifications(rng: np.random.Generator, level: Numbers, position: Numbers, standard: Numbers) -> Numbers:
    preschool = level == 0
    at_level = np.where(preschool, 1, 2)
    above = np.where(
        preschool, np.where(rng.random(len(level)) < 0.03, 3, 2), np.where(rng.random(len(level)) < 0.02, 4, 3)
    )
    teachers = np.select([standard == 0, standard == 1], [at_level - 1, at_level], above)
    managers = np.where(rng.random(len(level)) < 0.25, 3, 2)
    employees = rng.choice(3, len(level), p=[0.42, 0.28, 0.30])
    return np.select([position < 2, position == 3], [managers, employees], teachers)


def _subjects(world: World, rng: np.random.Generator, level: Numbers, teaches: Numbers) -> Numbers:
    codes = list(read_codes()["ref_subject"])
    subject = np.full(len(level), len(codes))
    for number, name in enumerate(LEVELS):
        if shares := world.shares["subjects"].get(name):
            members = np.flatnonzero(teaches & (level == number))
            weights = np.array(list(shares.values()), dtype=float)
            subject[members] = rng.choice(
                [codes.index(code) for code in shares], len(members), p=weights / weights.sum()
            )
    return subject
