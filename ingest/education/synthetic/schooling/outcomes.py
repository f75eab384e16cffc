"""What a school year brings its learners: moves, results, completion, and the way after lower secondary school."""

import numpy as np

from ingest.education.apportion import Numbers, split
from ingest.education.database import Database
from ingest.education.synthetic.schooling.enrolment import ETHNICITIES, SEXES, Breakdown, break_down
from ingest.education.synthetic.schooling.pupils import GRADE_CODES, Learners
from ingest.education.synthetic.schooling.schools import LEVELS, Schools
from ingest.education.synthetic.world import World, names, repeat_text, whole

MOVEMENTS = names("CHUYEN_DEN", "CHUYEN_DI", "THOI_HOC")
TERMS = names("HK1", "HK2", "HE")
REASONS = names("01", "02", "03", "04", "05", "06", "07", "08", None)
REASON_SHARES = [0.27, 0.20, 0.06, 0.01, 0.01, 0.17, 0.06, 0.22]
DROPOUT = np.array([0.0, 0.0004, 0.0040, 0.0096, 0.031])
TRANSFER = np.array([0.012, 0.011, 0.009, 0.006, 0.004])
FINAL_GRADES = (18, 5, 9, 12)
COMPLETION = np.array([0.9988, 0.9962, 0.9935, 0.9945, 0.962])
AFTER_LOWER_SECONDARY = {"THPT": 0.745, "GDTX": 0.098, "GDNN": 0.112, "KHAC": 0.045}


def load_outcomes(database: Database, world: World, schools: Schools, learners: Learners) -> None:
    """Fill the year-end tables from the learners of a CN period."""
    found = break_down(world, schools, learners)
    load_movements(database, world, schools, learners, found)
    load_results(database, world, schools, learners, found)
    load_completion(database, world, schools, learners, found)


def load_movements(database: Database, world: World, schools: Schools, learners: Learners, found: Breakdown) -> None:
    """Fill pupil_movement: one draw per event, counted by equal description."""
    rng = world.rng("movements", learners.period)
    poor = 0.5 + 1.6 * world.provinces.minority[schools.province[learners.school]]
    dropout = DROPOUT[learners.level] * poor * (1 - 0.04 * learners.period.index)
    rates = [TRANSFER[learners.level], TRANSFER[learners.level], dropout]
    counts = np.stack([rng.binomial(learners.count, rate) for rate in rates], axis=1) * ~learners.missing[:, None]
    row, movement = np.nonzero(counts)
    times = counts[row, movement]
    row, movement = np.repeat(row, times), np.repeat(movement, times)
    shares = found.cells[row] * np.where(movement == 2, 1, 0)[:, None] + found.cells[row]
    cell = (rng.random(len(row))[:, None] * shares.sum(axis=1, keepdims=True) >= np.cumsum(shares, axis=1)).sum(axis=1)
    reason = np.where(movement == 2, rng.choice(8, len(row), p=REASON_SHARES), 8)
    term = rng.choice(3, len(row), p=[0.38, 0.30, 0.32])
    sex = np.where(found.no_sex[row], 2, cell // 2)
    ethnicity = np.where(found.no_ethnicity[row], 2, cell % 2)
    unique, pupils = np.unique(np.stack([row, movement, sex, ethnicity, reason, term]), axis=1, return_counts=True)
    row, movement, sex, ethnicity, reason, term = unique
    columns = {
        **_year_columns(world, schools, learners, row),
        "movement_code": MOVEMENTS[movement],
        "sex_code": SEXES[sex],
        "ethnicity_group": ETHNICITIES[ethnicity],
        "reason_code": REASONS[reason],
        "term": TERMS[term],
        "pupils": whole(pupils),
    }
    database.insert_facts("pupil_movement", columns, learners.period.cutoff)


def load_results(database: Database, world: World, schools: Schools, learners: Learners, found: Breakdown) -> None:
    """Fill pupil_result under the scheme each grade was assessed by that year."""
    schemes = _schemes(learners)
    for scheme, domains in world.shares["results"].items():
        rows = np.flatnonzero((schemes == scheme) & ~learners.missing)
        for domain, shares in domains.items():
            if len(rows):
                _load_scheme(database, world, schools, (learners, found, rows), (scheme, domain, shares))


def _load_scheme(
    database: Database,
    world: World,
    schools: Schools,
    pupils: tuple[Learners, Breakdown, Numbers],
    assessed: tuple[str, str, dict[str, float]],
) -> None:
    learners, found, rows = pupils
    scheme, domain, shares = assessed
    rng = world.rng("results", learners.period, scheme, domain)
    boys = found.cells[rows, :2].sum(axis=1)
    girls = found.cells[rows, 2:].sum(axis=1)
    ability = np.exp(
        rng.normal(0, 0.12, len(rows)) + 0.25 * world.provinces.attainment[schools.province[learners.school[rows]]]
    )
    position = np.linspace(0.5, -0.5, len(shares))
    counts = []
    for number, totals in enumerate((boys, girls)):
        tilt = (ability * (1.0, 1.35)[number])[:, None] ** (2 * position)[None, :]
        counts.append(split(rng, totals, np.array(list(shares.values())) * tilt))
    row, result = np.nonzero(np.concatenate(counts))
    values = np.concatenate(counts)[row, result]
    sex = np.where(found.no_sex[rows[row % len(rows)]], 2, row // len(rows))
    unique, inverse = np.unique(np.stack([rows[row % len(rows)], sex, result]), axis=1, return_inverse=True)
    columns = {
        **_year_columns(world, schools, learners, unique[0]),
        "sex_code": SEXES[unique[1]],
        "scheme_code": repeat_text(scheme, unique.shape[1]),
        "domain_code": repeat_text(domain, unique.shape[1]),
        "result_code": names(*shares)[unique[2]],
        "pupils": whole(np.bincount(inverse, values)),
    }
    database.insert_facts("pupil_result", columns, learners.period.cutoff)


def _schemes(learners: Learners) -> Numbers:
    """TT 27/2020 from grade 1 in 2020-2021, TT 22/2021 from 6 in 2021-2022 and 10 in 2022-2023, a grade a year."""
    year, grade = learners.period.index, learners.grade
    level = np.array(LEVELS, dtype=object)[learners.level]
    return np.select(
        [
            (level == "TH") & (grade <= 1 + year),
            level == "TH",
            (level == "THCS") & (grade <= 5 + year),
            (level == "THPT") & (grade <= 8 + year),
            np.isin(level, ("THCS", "THPT")),
        ],
        ["TT27", "TT30", "TT22", "TT22", "TT58"],
        "",
    )


def load_completion(database: Database, world: World, schools: Schools, learners: Learners, found: Breakdown) -> None:
    """Fill completion_stat and, from it, lower_secondary_transition."""
    rng = world.rng("completion", learners.period)
    rows = np.flatnonzero(np.isin(learners.grade, FINAL_GRADES))
    sexes = [found.cells[rows, :2].sum(axis=1), found.cells[rows, 2:].sum(axis=1)]
    number, row = np.nonzero(np.stack(sexes))
    finals, both = np.stack(sexes)[number, row], rows[row]
    sex = np.where(found.no_sex[both], 2, number)
    completed = rng.binomial(finals, COMPLETION[learners.level[both]])
    unique, inverse = np.unique(np.stack([both, sex]), axis=1, return_inverse=True)
    row = unique[0]
    missing = learners.missing[row]
    columns = _year_columns(world, schools, learners, row)
    del columns["grade_code"]
    columns["sex_code"] = SEXES[unique[1]]
    columns["final_year_pupils"] = whole(np.bincount(inverse, finals), missing)
    columns["completed"] = whole(np.bincount(inverse, completed), missing)
    database.insert_facts("completion_stat", columns, learners.period.cutoff)
    lower_secondary = learners.level[both] == LEVELS.index("THCS")
    province = schools.province[learners.school[both]]
    finished = np.bincount(province, completed * lower_secondary, minlength=len(world.provinces)).astype(np.int64)
    _load_transition(database, world, learners, finished)


def _load_transition(database: Database, world: World, learners: Learners, finished: Numbers) -> None:
    rng = world.rng("transition", learners.period)
    shares = np.array(list(AFTER_LOWER_SECONDARY.values())) * np.exp(rng.normal(0, 0.08, (len(finished), 4)))
    shares[:, 0] += 0.01 * (learners.period.index - 3)
    counts = split(rng, finished, shares)
    province, destination = np.nonzero(counts)
    columns = {
        "school_year": repeat_text(learners.period.school_year, len(province)),
        **world.provinces.places(province),
        "destination_code": names(*AFTER_LOWER_SECONDARY)[destination],
        "pupils": whole(counts[province, destination]),
    }
    database.insert_facts("lower_secondary_transition", columns, learners.period.cutoff)


def _year_columns(world: World, schools: Schools, learners: Learners, row: Numbers) -> dict[str, Numbers]:
    return {
        **schools.columns(learners.school[row], world),
        "school_year": repeat_text(learners.period.school_year, len(row)),
        "level_code": names(*LEVELS)[learners.level[row]],
        "grade_code": GRADE_CODES[learners.grade[row]],
    }
