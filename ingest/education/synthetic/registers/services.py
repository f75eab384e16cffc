"""Shared services: digitised records, identity verification, civil servants, residency checks, diplomas, competency."""

from datetime import date, timedelta

import numpy as np

from ingest.education.apportion import Numbers, apportion, apportion_within, split
from ingest.education.database import Database
from ingest.education.periods import REFERENCE_DAY, YEARS, dates
from ingest.education.published import province_shares
from ingest.education.synthetic.registers.departments import affiliated_units
from ingest.education.synthetic.world import World, names, repeat_text, whole

LEVELS = ("MN", "TH", "THCS", "THPT", "GDTX")
IDENTITY_GROUPS = {"HOC_SINH": (4.85, 8.9, 6.4, 2.95, 0.39), "GIAO_VIEN": (0.383, 0.406, 0.305, 0.157, 0.016)}
# Ages per million inhabitants, and how they drift by year.
AGE_GROUPS = {"T0_2": 0.0262, "T3_5": 0.0475, "T5": 0.0160, "T6_10": 0.0905, "T11_14": 0.0665, "T15_17": 0.0435}
RESIDENCY_PURPOSES = names("UU_TIEN_KHU_VUC", "TUYEN_SINH_DAU_CAP")
COMPETENCY = names("CHUA_DAT", "CO_BAN", "TRUNG_CAP", "NANG_CAO")


def load_services(database: Database, world: World) -> None:
    """Fill the tables of the services that are not about schools or universities one by one."""
    load_population(database, world)
    load_identity(database, world)
    load_civil_servants(database, world)
    load_residency_checks(database, world)
    load_competency(database, world)


def load_population(database: Database, world: World) -> None:
    """Fill population_age_group: an estimate, so that enrolment rates have a denominator."""
    for index, year in enumerate(YEARS):
        for group, share in AGE_GROUPS.items():
            drift = 1 + (index - 3) * (-0.022 if group in ("T0_2", "T3_5", "T5") else 0.004)
            counts = np.rint(world.provinces.weight * 1000 * share * drift * 1.03 / world.scale)
            columns = {
                "school_year": repeat_text(year, len(counts)),
                **world.provinces.places(np.arange(len(counts))),
                "age_group": repeat_text(group, len(counts)),
                "population": whole(counts),
            }
            database.insert_facts("population_age_group", columns, date(2020 + index, 9, 30))


def load_identity(database: Database, world: World) -> None:
    """Fill identity_verification: matched persons as published, the rest pending or mismatched."""
    known = world.series["services"]["identity"]
    cells = [
        (group, level, size)
        for group, sizes in IDENTITY_GROUPS.items()
        for level, size in zip(LEVELS, sizes, strict=True)
    ]
    base = np.concatenate([province_shares(world.provinces, level) * size for _, level, size in cells])
    province = np.tile(np.arange(len(world.provinces)), len(cells))
    cell = np.repeat(np.arange(len(cells)), len(world.provinces))
    behind = np.exp(world.rng("identity").normal(0, 0.5, len(base)))
    for day, matched, rate in zip(known["days"], known["matched"], known["rate"], strict=True):
        total = apportion(world.scaled(matched / rate), base)
        open_cases = np.minimum(apportion(int(total.sum()) - world.scaled(matched), base * behind), total)
        mismatched = np.rint(open_cases * 0.37).astype(np.int64)
        columns = {
            "snapshot_date": dates([day] * len(base)),
            **world.provinces.places(province),
            "person_group": names(*[group for group, _, _ in cells])[cell],
            "level_code": names(*[level for _, level, _ in cells])[cell],
            "persons_total": whole(total),
            "persons_matched": whole(total - open_cases),
            "persons_mismatched": whole(mismatched),
            "persons_pending": whole(open_cases - mismatched),
        }
        database.insert_facts("identity_verification", columns, date.fromisoformat(day))


def load_civil_servants(database: Database, world: World) -> None:
    """Fill civil_servant_sync: units under the Ministry only, so no province owns a row."""
    known = world.series["services"]["civil_servants"]
    units = affiliated_units()
    sizes = np.array([{"TRUONG_DAI_HOC": 8.0, "CO_QUAN_BO": 0.6}.get(kind, 2.0) for _, kind, _ in units])
    sizes *= np.exp(world.rng("units").normal(0, 0.5, len(units)))
    behind = np.exp(world.rng("unit backlog").normal(0, 0.8, len(units)))
    for day, total, synced in zip(known["days"], known["total"], known["synced"], strict=True):
        records = apportion(world.scaled(total), sizes)
        backlog = _at_most(int(records.sum()) - world.scaled(synced), sizes * behind, records)
        columns = {
            "snapshot_date": dates([day] * len(units)),
            "org_id": names(*[unit for unit, _, _ in units]),
            "unit_kind": names(*[kind for _, kind, _ in units]),
            "province_code": names(*[None] * len(units)),
            "province_code_63": names(*[None] * len(units)),
            "records_total": whole(records),
            "records_synced": whole(records - backlog),
            "records_rejected": whole(np.floor(backlog * 0.4)),
        }
        database.insert_facts("civil_servant_sync", columns, date.fromisoformat(day))


def _at_most(total: int, weights: Numbers, limits: Numbers) -> Numbers:
    """Apportion without any part going over its limit."""
    parts = np.minimum(apportion(total, weights), limits)
    while (rest := total - int(parts.sum())) > 0:
        parts = np.minimum(parts + apportion(rest, (limits - parts) * weights), limits)
    return parts


def load_residency_checks(database: Database, world: World) -> None:
    """Fill residency_check_daily: the weeks around registration, days without a check left out."""
    known = world.series["services"]["residency_checks"]
    for year, checks in zip(known["years"], known["checks"], strict=True):
        rng = world.rng("residency", year)
        first = date(year, 4, 20)
        days = [first + timedelta(days=number) for number in range(85)]
        busy = np.exp(-(((np.arange(85) - 25) / 18) ** 2)) + 0.1
        per_day = np.outer(busy, world.provinces.weight)
        weights = np.stack([per_day, per_day * 0.35], axis=2)
        counts = split(rng, np.array([world.scaled(checks)]), weights.ravel()[None, :])[0].reshape(weights.shape)
        day, province, purpose = np.nonzero(counts)
        number = counts[day, province, purpose]
        failed = rng.binomial(number, 0.024)
        when = dates(days)[day]
        columns = {
            "snapshot_date": when,
            **world.provinces.places(province),
            "purpose_code": RESIDENCY_PURPOSES[purpose],
            "checks": whole(number),
            "succeeded": whole(number - failed),
            "failed": whole(failed),
            "as_of_date": when,
        }
        database.insert_facts("residency_check_daily", columns)


def load_competency(database: Database, world: World) -> None:
    """Fill digital_competency_stat: learners since Thông tư 02/2025, teachers and managers beside them."""
    for number, school_year in enumerate(("2024-2025", "2025-2026")):
        for group, levels in world.shares["competency_assessed"].items():
            for level, assessed in levels.items():
                _load_competency(database, world, (school_year, group, level), assessed[number])


def _load_competency(database: Database, world: World, what: tuple[str, str, str], assessed: int) -> None:
    school_year, group, level = what
    rng = world.rng("competency", *what)
    shares = province_shares(world.provinces, level)
    girls = 0.49 if group in ("HOC_SINH", "SINH_VIEN") else 0.74
    province = np.repeat(np.arange(len(shares)), 2)
    weights = (shares[:, None] * np.array([1 - girls, girls])).ravel() * np.repeat(world.noisy(rng, 0.5), 2)
    persons = apportion_within(np.array([world.scaled(assessed)]), weights, np.zeros(len(weights), dtype=np.int64))
    levels = np.array([0.16, 0.47, 0.28, 0.09]) * np.exp(
        0.35 * np.outer(world.provinces.attainment[province], [-1, 0, 1, 1.5])
    )
    counts = split(rng, persons, levels)
    row, band = np.nonzero(counts)
    columns = {
        "school_year": repeat_text(school_year, len(row)),
        **world.provinces.places(province[row]),
        "person_group": repeat_text(group, len(row)),
        "level_code": repeat_text(level, len(row)),
        "sex_code": names("NAM", "NU")[row % 2],
        "competency_level": COMPETENCY[band],
        "persons": whole(counts[row, band]),
    }
    database.insert_facts("digital_competency_stat", columns, min(REFERENCE_DAY, date(int(school_year[5:]), 6, 30)))
