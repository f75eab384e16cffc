"""Management bodies and their reports: the Ministry, departments on both maps, and who has not submitted what."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ingest.education.apportion import Numbers
from ingest.education.database import Database
from ingest.education.geography import MAP_34, NEW_MAP_FROM
from ingest.education.periods import PERIODS, REFERENCE_DAY, Period, dates
from ingest.education.synthetic.world import World, either, names, repeat_text

MINISTRY = "BO"
FORMS = {"MN": "01.{}-MN", "TH": "02.{}-TH", "THCS": "03.{}-THCS", "THPT": "04.{}-THPT", "GDTX": "05.{}-GDTX"}
AFFILIATED = {"CO_QUAN_BO": 22, "TRUONG_DAI_HOC": 36, "VIEN_TRUONG_KHAC": 9}
AFFILIATED_NAMES = {
    "CO_QUAN_BO": "Cục, vụ thuộc Bộ",
    "TRUONG_DAI_HOC": "Trường đại học trực thuộc Bộ",
    "VIEN_TRUONG_KHAC": "Viện, trường khác trực thuộc Bộ",
}
LATE_SHARE = 0.05
REASONS = names("Số liệu chênh lệch giữa các biểu", "Thiếu chữ ký số của lãnh đạo Sở", "Chưa đủ số trường báo cáo")


@dataclass(frozen=True, slots=True)
class Departments:
    """The departments in force on a day: ids, new province codes, and old codes where they cover just one."""

    ids: Numbers
    new_code: Numbers
    old_code: Numbers


def departments_on(world: World, day: date) -> Departments:
    """63 departments before 1 July 2025, 34 since."""
    provinces = world.provinces
    if day < NEW_MAP_FROM:
        return Departments(
            np.array([f"SO63-{c}" for c in provinces.old_code], object), provinces.new_code, provinces.old_code
        )
    _, first, parts = np.unique(provinces.parent, return_index=True, return_counts=True)
    codes = provinces.new_code[first]
    return Departments(
        np.array([f"SO34-{c}" for c in codes], object), codes, either(parts == 1, provinces.old_code[first], None)
    )


def department_of(world: World, province: Numbers, day: Numbers) -> Numbers:
    """The department in charge of old provinces on days (a column of datetime64)."""
    old = np.array([f"SO63-{code}" for code in world.provinces.old_code], dtype=object)
    new = np.array([f"SO34-{code}" for code in world.provinces.new_code], dtype=object)
    return np.where(day < np.datetime64(NEW_MAP_FROM), old[province], new[province])


def affiliated_units() -> list[tuple[str, str, str]]:
    """(id, kind, name) of the units under the Ministry."""
    kinds = [kind for kind, count in AFFILIATED.items() for _ in range(count)]
    return [(f"DV-{n:03d}", kind, f"{AFFILIATED_NAMES[kind]} {n} (giả lập)") for n, kind in enumerate(kinds, start=1)]


def load_units(database: Database, world: World) -> None:
    """Fill org_unit."""
    insert = "INSERT INTO org_unit VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    database.execute(insert, [MINISTRY, "BO", "Bộ Giáo dục và Đào tạo", None, None, None, date(1990, 3, 31), None])
    last_day = NEW_MAP_FROM - timedelta(days=1)
    found = database.execute("SELECT admin_version_id, code, name_vi FROM dim_province ORDER BY ALL")
    new_of = dict(zip(world.provinces.old_code, world.provinces.new_code, strict=True))
    parts = world.provinces.new_code.tolist()
    for version, code, name in found:
        title = f"Sở Giáo dục và Đào tạo {name.removeprefix('Tỉnh ')}"
        if version == MAP_34:
            only = next((old for old, new in new_of.items() if new == code), None) if parts.count(code) == 1 else None
            database.execute(insert, [f"SO34-{code}", "SO", title, MINISTRY, code, only, NEW_MAP_FROM, None])
        else:
            row = [f"SO63-{code}", "SO", title, MINISTRY, new_of[code], code, date(2008, 8, 1), last_day]
            database.execute(insert, row)
    for unit, _, name in affiliated_units():
        row = [unit, "DON_VI_TRUC_THUOC", name, MINISTRY, None, None, date(1990, 3, 31), None]
        database.execute(insert, row)


def late_reports(world: World, period: Period) -> frozenset[tuple[str, str]]:
    """(new province, level) still missing on the reference day: only the latest period has any."""
    if period is not PERIODS[-1]:
        return frozenset()
    found = departments_on(world, period.cutoff)
    draws = world.rng("late", period).random((len(found.ids), len(FORMS)))
    late = {(found.new_code[d], list(FORMS)[f]) for d, f in zip(*np.nonzero(draws < LATE_SHARE), strict=True)}
    return frozenset(late)


def load_submissions(database: Database, world: World, period: Period, late: frozenset[tuple[str, str]]) -> None:
    """Fill report_submission for every form of a period."""
    found = departments_on(world, period.cutoff)
    department = np.repeat(np.arange(len(found.ids)), len(FORMS))
    level = np.tile(np.arange(len(FORMS)), len(found.ids))
    level_code = names(*FORMS)[level]
    rng = world.rng("submissions", period)
    is_missing = np.array([(found.new_code[d], code) in late for d, code in zip(department, level_code, strict=True)])
    offset = np.minimum(np.rint(rng.normal(-4, 6, len(department))), (REFERENCE_DAY - period.due).days).astype(int)
    latest = period is PERIODS[-1]
    draws = rng.random(len(department))
    returned = draws < (0.06 if latest else 0.0)
    state = np.select([is_missing, returned, latest & (draws < 0.5)], ["CHUA_NOP", "TRA_LAI", "DA_NOP"], "DA_KHOA")
    days = dates([period.due + timedelta(days=int(days)) for days in offset])
    columns = {
        "org_id": found.ids[department],
        "province_code": found.new_code[department],
        "province_code_63": found.old_code[department],
        "school_year": repeat_text(period.school_year, len(department)),
        "period_code": repeat_text(period.code, len(department)),
        "form_code": np.array(
            [FORMS[code].format("ĐN" if period.code == "DN" else "CN") for code in level_code], object
        ),
        "level_code": level_code,
        "state_code": state.astype(object),
        "due_date": dates([period.due] * len(department)),
        "submitted_on": np.where(is_missing, np.datetime64("NaT"), days),
        "days_late": np.ma.masked_array(np.maximum(offset, 0).astype(np.int32), mask=is_missing),
        "returned_reason": either(state == "TRA_LAI", REASONS[level % 3], None),
    }
    database.insert_facts("report_submission", columns, REFERENCE_DAY if latest else period.due)
