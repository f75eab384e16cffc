"""Registers: digitised records of the component databases, and diplomas and certificates."""

from datetime import date

import numpy as np

from ingest.education.apportion import Numbers, apportion
from ingest.education.database import Database
from ingest.education.periods import REFERENCE_DAY, dates
from ingest.education.published import province_shares
from ingest.education.synthetic.registers.examinations import graduates_by_year
from ingest.education.synthetic.registers.universities import Universities
from ingest.education.synthetic.world import World, repeat_text, whole

UNSCALED = {("HEMIS", "CO_SO"), ("HEMIS", "CHUONG_TRINH")}
DIPLOMA_YEARS = range(2019, 2027)
# Yearly numbers at full size; diplomas of upper secondary follow the examination.
DIPLOMAS = {"BANG_THCS": 1_390_000, "BANG_CD": 6_600, "BANG_DH": 250_000, "BANG_THS": 45_000, "BANG_TS": 2_000}
CERTIFICATES = {"CC_NGOAI_NGU": 310_000, "CC_TIN_HOC": 420_000}
LAST_LOWER_SECONDARY = 2025
DIGITISED = {2019: 0.21, 2020: 0.34, 2021: 0.47, 2022: 0.63, 2023: 0.78, 2024: 0.91, 2025: 0.974, 2026: 0.988}


def load_records(database: Database, world: World, universities: Universities) -> None:
    """Fill digital_record_stat and diploma_registry_stat."""
    by_university = np.bincount(universities.province, universities.size + 0.05, minlength=len(world.provinces))
    _load_digital_records(database, world, universities, by_university)
    _load_diplomas(database, world, by_university)


def _load_digital_records(database: Database, world: World, universities: Universities, by_university: Numbers) -> None:
    known = dict(world.series["services"]["digital_records"])
    days = known.pop("days")
    institutions = np.bincount(universities.province, minlength=len(world.provinces)).astype(float)
    for system, kinds in known.items():
        shares = (
            by_university
            if system == "HEMIS"
            else province_shares(world.provinces, "MN" if system == "MAM_NON" else "TH")
        )
        for kind, totals in kinds.items():
            for day, total in zip(days, totals, strict=True):
                exact = (system, kind) in UNSCALED
                weights = institutions if (system, kind) == ("HEMIS", "CO_SO") else shares
                _load_snapshot(
                    database, world, (day, system, kind), apportion(total if exact else world.scaled(total), weights)
                )


def _load_snapshot(database: Database, world: World, what: tuple[str, str, str], records: Numbers) -> None:
    day, system, kind = what
    province = np.flatnonzero(records)
    columns = {
        "snapshot_date": dates([day] * len(province)),
        **world.provinces.places(province),
        "system_code": repeat_text(system, len(province)),
        "record_kind": repeat_text(kind, len(province)),
        "records": whole(records[province]),
    }
    database.insert_facts("digital_record_stat", columns, date.fromisoformat(day))


def _load_diplomas(database: Database, world: World, by_university: Numbers) -> None:
    graduates = graduates_by_year(database)
    people = province_shares(world.provinces, "THCS")
    for year in DIPLOMA_YEARS:
        issued = {"BANG_THPT": np.array([graduates.get((year, code), 0) for code in world.provinces.old_code])}
        for kind, total in {**DIPLOMAS, **CERTIFICATES}.items():
            weights = people if kind in ("BANG_THCS", *CERTIFICATES) else by_university
            drift = 1 + 0.012 * (year - 2023)
            issued[kind] = apportion(world.scaled(total * drift), weights)
        if year > LAST_LOWER_SECONDARY:
            # The lower-secondary diploma ended with Luật 123/2025/QH15 on 1 January 2026.
            del issued["BANG_THCS"]
        for kind, counts in issued.items():
            _load_diploma_kind(database, world, year, kind, counts)


def _load_diploma_kind(database: Database, world: World, year: int, kind: str, issued: Numbers) -> None:
    rng = world.rng("diplomas", year, kind)
    reach = np.clip(
        DIGITISED[year] * np.exp(rng.normal(0, 0.06, len(issued))) * (1 if kind == "BANG_THPT" else 0.82), 0, 1
    )
    province = np.flatnonzero(issued)
    columns = {
        "year": whole(np.full(len(province), year)),
        **world.provinces.places(province),
        "diploma_kind": repeat_text(kind, len(province)),
        "issued": whole(issued[province]),
        "digitised": whole(rng.binomial(issued, reach)[province]),
        "revoked": whole(rng.binomial(issued, 0.00012)[province]),
    }
    database.insert_facts("diploma_registry_stat", columns, min(REFERENCE_DAY, date(year, 12, 31)))
