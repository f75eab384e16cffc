"""The graduation examination and university admission: candidates, scores drawn paper by paper, and applications."""

from datetime import date

import numpy as np

from ingest.education.apportion import Numbers, apportion, apportion_within
from ingest.education.database import Database
from ingest.education.published import province_shares
from ingest.education.synthetic.registers.score_profiles import load_combinations, load_histogram, macro_regions
from ingest.education.synthetic.world import World, names, repeat_text, whole

EXAM_DAYS = {
    2020: date(2020, 8, 9),
    2021: date(2021, 7, 7),
    2022: date(2022, 7, 7),
    2023: date(2023, 6, 28),
    2024: date(2024, 6, 27),
    2025: date(2025, 6, 26),
    2026: date(2026, 6, 11),
}
KINDS = names("THPT", "GDTX", "TU_DO")
SEXES = names("NAM", "NU")
# Published rates of entrants to graduates by old region in 2023.
REGION_ENTRY = {"DBSH": 0.6444, "DNB": 0.6424, "BTBDHMT": 0.5265, "DBSCL": 0.5245, "TN": 0.4856, "TDMNPB": 0.4028}
# How strongly a province's attainment shows in a subject.
PULL = {"GDCD": 0.5, "GDKTPL": 0.5, "VAN": 0.9, "NGOAI_NGU": 1.1, "TOAN": 1.1}


def load_examinations(database: Database, world: World) -> None:
    """Fill the tables of examinations and admissions by province."""
    for number, year in enumerate(world.series["exam_years"]):
        programme = "CT2018" if year >= 2025 else "CT2006"
        row = [f"TN{year}", year, programme, f"Kỳ thi tốt nghiệp trung học phổ thông năm {year}", EXAM_DAYS[year]]
        database.execute("INSERT INTO exam_round VALUES (?, ?, ?, ?, ?)", row)
        graduates = _load_candidates(database, world, number, year)
        for subject, known in world.series["exam_subjects"].items():
            if known["papers"][number]:
                _load_subject(database, world, year, subject, {name: values[number] for name, values in known.items()})
        load_combinations(database, world, (f"TN{year}", year, EXAM_DAYS[year]), number)
        if year in world.series["admission_years"]:
            _load_applications(database, world, year, graduates)


def _load_candidates(database: Database, world: World, number: int, year: int) -> Numbers:
    """Fill exam_candidate_stat; the answer is the graduates of each old province."""
    totals = {name: values[number] for name, values in world.series["exam"].items()}
    rng = world.rng("candidates", year)
    registered = world.scaled(totals["registered"])
    free = world.scaled(totals["free"])
    gdtx = round((registered - free) * 0.095)
    shares = province_shares(world.provinces, "THPT")
    counts = np.stack(
        [apportion(n, shares * world.noisy(rng, 0.04)) for n in (registered - free - gdtx, gdtx, free)], axis=1
    )
    women = rng.binomial(counts, np.array([0.525, 0.44, 0.40]))
    cells = np.stack([counts - women, women], axis=2)
    flat = cells.ravel()
    weak = (
        np.exp(-world.provinces.attainment * 0.8)[:, None, None] * np.array([1, 2.2, 3.0])[None, :, None] * np.ones(2)
    )
    absent = _fewer(flat, registered - world.scaled(totals["sat"]), weak * [[[1], [2.5], [9]]])
    sat = flat - absent
    failed = _fewer(sat, int(sat.sum()) - round(totals["pass_rate"] * sat.sum()), weak)
    exempt = _exempt(world, rng, cells, world.scaled(totals["exempt"]), year)
    province, kind, sex = (axis.ravel() for axis in np.indices(cells.shape))
    keep = flat > 0
    columns = {
        **_exam_columns(year, int(keep.sum())),
        **world.provinces.places(province[keep]),
        "candidate_kind": KINDS[kind[keep]],
        "sex_code": SEXES[sex[keep]],
        "registered": whole(flat[keep]),
        "registered_online": whole(rng.binomial(flat, 0.9992 if year > 2021 else 0.62 if year == 2021 else 0)[keep]),
        "sat": whole(sat[keep]),
        "graduated": whole((sat - failed)[keep]),
        "language_exempt": whole(exempt[keep]),
    }
    database.insert_facts("exam_candidate_stat", columns, EXAM_DAYS[year])
    return np.bincount(province, sat - failed, minlength=len(world.provinces)).astype(np.int64)


def _fewer(counts: Numbers, total: int, factor: Numbers) -> Numbers:
    return np.minimum(apportion(max(0, total), counts * np.broadcast_to(factor, (63, 3, 2)).ravel()), counts)


def _exempt(world: World, rng: np.random.Generator, cells: Numbers, total: int, year: int) -> Numbers:
    """Exemptions from the language paper: Hà Nội has a third of them (21.554 of 66.927 in 2024)."""
    weights = cells * np.exp(world.provinces.attainment * 2.4)[:, None, None] * np.array([1, 0.1, 0.1])[None, :, None]
    hanoi = world.provinces.named("01")
    weights[hanoi] *= 0.322 / 0.678 * (weights.sum() - weights[hanoi].sum()) / weights[hanoi].sum()
    return np.minimum(apportion(total, weights.ravel()), cells.ravel())


def _load_subject(database: Database, world: World, year: int, subject: str, known: dict[str, float]) -> None:
    """Fill the tables of a subject's results from scores drawn one by one."""
    rng = world.rng("scores", year, subject)
    shares = province_shares(world.provinces, "THPT") * world.noisy(rng, 0.06 if subject in ("TOAN", "VAN") else 0.2)
    papers = apportion(world.scaled(known["papers"]), shares)
    province = np.repeat(np.arange(len(papers)), papers)
    pull = world.provinces.attainment[province] * PULL.get(subject, 0.8)
    score = _scores(rng, pull - pull.mean(), known["mean"], known["sd"])
    stats = {
        "score_sum": score,
        "score_square_sum": score**2,
        "n_le1": score <= 1,
        "n_lt5": score < 5,
        "n_ge7": score >= 7,
        "n_ge8": score >= 8,
        "n_ge9": score >= 9,
        "n_ten": score == 10,
    }
    sums = {name: np.bincount(province, values, minlength=len(papers)) for name, values in stats.items()}
    columns = {
        **_exam_columns(year, len(papers)),
        **world.provinces.places(np.arange(len(papers))),
        "subject_code": repeat_text(subject, len(papers)),
        "macro_region": macro_regions(world),
        "registered": whole(np.rint(papers * 1.0107)),
        "papers": whole(papers),
        **{name: whole(values) if name.startswith("n_") else np.round(values, 4) for name, values in sums.items()},
    }
    keep = papers > 0
    database.insert_facts(
        "exam_subject_stat", {name: values[keep] for name, values in columns.items()}, EXAM_DAYS[year]
    )
    load_histogram(database, world, (f"TN{year}", year, EXAM_DAYS[year]), subject, (province, score))
    _load_national(database, year, subject, score)


def _load_national(database: Database, year: int, subject: str, score: Numbers) -> None:
    """Fill exam_subject_national: what cannot be added up from provinces."""
    national = {
        **_exam_columns(year, 1),
        "subject_code": repeat_text(subject, 1),
        "province_code": names(None),
        "province_code_63": names(None),
        "papers": whole(np.array([len(score)])),
        "mean_score": np.array([round(float(score.mean()), 3)]),
        "median_score": np.array([float(np.median(score))]),
        "sd_score": np.array([round(float(score.std()), 3)]),
    }
    database.insert_facts("exam_subject_national", national, EXAM_DAYS[year])


def _scores(rng: np.random.Generator, pull: Numbers, mean: float, spread: float) -> Numbers:
    """Scores in steps of a quarter whose national mean is the published one."""
    raw = pull + rng.normal(0, np.sqrt(max(spread**2 - float(pull.var()), 0.3)), len(pull))
    shift = mean
    for _ in range(12):
        score = np.clip(np.rint((raw + shift) * 4) / 4, 0, 10)
        shift += mean - float(score.mean())
    return score


def _load_applications(database: Database, world: World, year: int, graduates: Numbers) -> None:
    """Fill adm_application_stat: who applied, was admitted and enrolled, by home province."""
    number = world.series["admission_years"].index(year)
    totals = {name: world.scaled(values[number]) for name, values in world.series["admission"].items()}
    rate = _entry_rates(world, graduates)
    keen = graduates * rate * world.noisy(world.rng("applications", year), 0.03)
    entrants = apportion(totals["entrants"], keen)
    one = np.zeros(len(graduates), dtype=np.int64)
    applicants = np.maximum(apportion(totals["applicants"], graduates * (0.35 + 0.6 * rate)), entrants)
    admitted = apportion_within(np.array([totals["admitted"]]), applicants * (0.8 + 0.3 * rate), one)
    columns = {
        "year": whole(np.full(len(graduates), year)),
        **world.provinces.places(np.arange(len(graduates))),
        "thpt_graduates": whole(graduates),
        "applicants": whole(applicants),
        "wishes": whole(apportion(totals["wishes"], applicants * (0.8 + 0.4 * rate))),
        "fee_paid": whole(np.maximum(admitted, np.rint(applicants * 0.962))),
        "admitted": whole(admitted),
        "confirmed": whole(apportion(totals["confirmed"], keen)),
        "entrants": whole(entrants),
    }
    database.insert_facts("adm_application_stat", columns, date(year, 10, 31))


def _entry_rates(world: World, graduates: Numbers) -> Numbers:
    """Published rates where known; the other provinces of a region make up its published average."""
    rates = world.provinces.entry_rate.copy()
    for code, average in REGION_ENTRY.items():
        members = world.provinces.old_region == code
        known = members & ~np.isnan(world.provinces.entry_rate)
        others = members & ~known
        needed = average * graduates[members].sum() - (rates[known] * graduates[known]).sum()
        rates[others] = np.clip(needed / max(1, graduates[others].sum()), 0.25, 0.8)
    return rates


def _exam_columns(year: int, count: int) -> dict[str, Numbers]:
    return {"exam_id": repeat_text(f"TN{year}", count), "year": whole(np.full(count, year))}


def graduates_by_year(database: Database) -> dict[tuple[int, str], int]:
    """(year, old province) → graduates, as stored."""
    sql = "SELECT year, province_code_63, sum(graduated) FROM exam_candidate_stat GROUP BY ALL"
    return {(year, code): int(count) for year, code, count in database.execute(sql)}
