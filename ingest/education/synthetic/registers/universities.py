"""Higher education: institutions and programmes one to one, their people at scale."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ingest.education.apportion import Numbers, apportion, split
from ingest.education.codes import read_codes
from ingest.education.database import Database
from ingest.education.periods import REFERENCE_DAY, YEARS, dates
from ingest.education.synthetic.world import World, names, repeat_text, whole

KIND_NAMES = {
    "DAI_HOC": "Đại học",
    "TRUONG_DAI_HOC": "Trường Đại học",
    "HOC_VIEN": "Học viện",
    "CAO_DANG_SU_PHAM": "Trường Cao đẳng Sư phạm",
    "VIEN": "Viện",
    "KHAC": "Cơ sở đào tạo",
}
PRIVATE_UNIVERSITIES = 67
PROGRAMMES = 25_000
SIZE = {"DAI_HOC": 6.0, "TRUONG_DAI_HOC": 1.5, "HOC_VIEN": 1.3}
FLOW = {"CD": (0.34, 0.31), "DH": (0.262, 0.121), "THS": (0.47, 0.42), "TS": (0.26, 0.17)}


@dataclass(frozen=True, slots=True)
class Universities:
    """Columns over the institutions of HEMIS, and how much of each field each one teaches (rows × fields)."""

    ids: Numbers
    kind: Numbers
    is_university: Numbers
    ownership: Numbers
    province: Numbers
    size: Numbers
    fields: Numbers

    def columns(self, index: Numbers, world: World) -> dict[str, Numbers]:
        """What fact rows repeat of the institutions numbered `index`."""
        places = world.provinces.places(self.province[index])
        return {"hei_id": self.ids[index], "ownership_code": self.ownership[index], **places}


def field_codes() -> Numbers:
    """The fields of training in order."""
    return names(*read_codes()["ref_field"])


def make_universities(world: World) -> Universities:
    """The institutions, largest kinds first."""
    rng = world.rng("universities")
    kind = np.concatenate([repeat_text(name, count) for name, count in world.shares["universities"]["kinds"].items()])
    count = len(kind)
    is_university = np.isin(kind, ("DAI_HOC", "TRUONG_DAI_HOC", "HOC_VIEN"))
    known = world.shares["universities"]
    seats = np.array([float(known["seats"].get(code, 1)) for code in world.provinces.old_code])
    province = np.concatenate(
        [
            rng.permutation(np.repeat(np.arange(len(seats)), apportion(int(part.sum()), seats)))
            for part in (is_university, ~is_university)
        ]
    )
    ownership = repeat_text("CONG_LAP", count)
    universities = np.flatnonzero(kind == "TRUONG_DAI_HOC")
    ownership[rng.choice(universities, PRIVATE_UNIVERSITIES, replace=False)] = "TU_THUC"
    size = np.array([SIZE.get(name, 0.0) for name in kind]) * np.exp(rng.normal(0, 0.7, count))
    field_shares = np.array([known["fields"][code] for code in field_codes()])
    teaches = rng.random((count, len(field_shares))) < (0.12 + 0.55 * field_shares / field_shares.max())
    teaches[:, 0] |= kind == "CAO_DANG_SU_PHAM"
    teaches[:, 5] |= ~teaches.any(axis=1)
    weights = teaches * field_shares * np.exp(rng.normal(0, 0.4, teaches.shape))
    ids = np.array([f"DH{number:03d}" for number in range(1, count + 1)], dtype=object)
    return Universities(ids, kind, is_university, ownership, province, size, weights)


def load_universities(database: Database, world: World) -> Universities:
    """Fill the higher-education tables."""
    found = make_universities(world)
    _load_institutions(database, world, found)
    _load_programmes(database, world, found)
    for index in range(len(YEARS)):
        _load_students(database, world, found, index)
        _load_staff(database, world, found, index)
    for year in world.series["admission_years"]:
        _load_admissions(database, world, found, year)
    for year in range(2020, 2026):
        _load_employment(database, world, found, year)
    return found


def _load_institutions(database: Database, world: World, found: Universities) -> None:
    rng = world.rng("institution details")
    count = len(found.ids)
    public = rng.choice(names("BO_GDDT", "BO_NGANH_KHAC", "UBND_TINH"), count, p=[0.24, 0.51, 0.25])
    titles = [f"{KIND_NAMES[kind]} {number} (giả lập)" for number, kind in enumerate(found.kind, start=1)]
    columns = {
        **found.columns(np.arange(count), world),
        "name_vi": names(*titles),
        "kind_code": found.kind,
        "is_university": found.is_university.astype(bool),
        "governing_body": np.where(found.ownership == "TU_THUC", "TU_THUC", public).astype(object),
        "founded_year": whole(rng.integers(1951, 2018, count)),
        "is_accredited": found.is_university & (rng.random(count) < 0.79),
    }
    database.insert_facts("hei", columns, REFERENCE_DAY)


def _load_programmes(database: Database, world: World, found: Universities) -> None:
    rng = world.rng("programmes")
    weights = (found.fields > 0) * (found.size + 0.15)[:, None]
    counts = apportion(PROGRAMMES, weights.ravel())
    hei, field = np.divmod(np.repeat(np.arange(counts.size), counts), weights.shape[1])
    degree = np.where(
        found.kind[hei] == "CAO_DANG_SU_PHAM",
        "CD",
        np.where(found.kind[hei] == "VIEN", "TS", rng.choice(names("DH", "THS", "TS"), len(hei), p=[0.62, 0.26, 0.12])),
    ).astype(object)
    fields = field_codes()[field]
    digit = {"CD": "6", "DH": "7", "THS": "8", "TS": "9"}
    code = np.array(
        [f"{digit[d]}{f[1:]}{n:04d}" for d, f, n in zip(degree, fields, rng.integers(101, 499, len(hei)), strict=True)]
    )
    until = [REFERENCE_DAY + timedelta(days=int(days)) for days in rng.integers(-500, 1300, len(hei))]
    columns = {
        **found.columns(hei, world),
        "programme_id": np.array([f"CT{number:05d}" for number in range(1, len(hei) + 1)], dtype=object),
        "code": code.astype(object),
        "degree_code": degree,
        "field_code": fields,
        "opened_year": whole(rng.integers(1990, 2026, len(hei))),
        "accredited_until": np.where(rng.random(len(hei)) < 0.118, dates(until), np.datetime64("NaT")),
    }
    database.insert_facts("programme", columns, REFERENCE_DAY)


def _load_students(database: Database, world: World, found: Universities, index: int) -> None:
    women = np.array([world.shares["universities"]["women"].get(code, 0.48) for code in field_codes()])
    for degree in ("CD", "DH", "THS", "TS"):
        rng = world.rng("students", degree, index)
        wanted = (
            found.kind == "CAO_DANG_SU_PHAM"
            if degree == "CD"
            else found.is_university | (found.kind == "VIEN") * (degree == "TS")
        )
        size = np.where(wanted, np.maximum(found.size, 0.3), 0)
        weights = found.fields / found.fields.sum(axis=1, keepdims=True) * size[:, None]
        if degree == "CD":
            weights[:, 1:] = 0
        students = apportion(world.scaled(world.series["students"][degree][index]), weights.ravel())
        female = rng.binomial(students, np.tile(women, len(found.ids)))
        cells = np.stack([students - female, female], axis=1)
        cell, sex = np.nonzero(cells)
        number = cells[cell, sex]
        entry, leaving = FLOW[degree]
        columns = {
            **found.columns(cell // weights.shape[1], world),
            "school_year": repeat_text(YEARS[index], len(cell)),
            "degree_code": repeat_text(degree, len(cell)),
            "field_code": field_codes()[cell % weights.shape[1]],
            "sex_code": names("NAM", "NU")[sex],
            "students": whole(number),
            "new_entrants": whole(rng.binomial(number, entry)),
            # Not known before the year has ended.
            "graduates": whole(rng.binomial(number, leaving), np.full(len(cell), index == len(YEARS) - 1)),
        }
        database.insert_facts("hei_student_stat", columns, date(2020 + index, 12, 31) if index < 6 else REFERENCE_DAY)


def _load_staff(database: Database, world: World, found: Universities, index: int) -> None:
    rng = world.rng("lecturers", index)
    known = {
        name: world.scaled(world.series[name][index]) for name in ("lecturers", "lecturers_phd", "lecturers_professor")
    }
    size = np.where(found.is_university, found.size, 0)
    blocks = []
    professors = apportion(known["lecturers_professor"], size * np.exp(rng.normal(0, 0.5, len(size))))
    doctors = np.maximum(apportion(known["lecturers_phd"], size), professors)
    others = np.maximum(apportion(known["lecturers"], size) - doctors, 0)
    full = rng.binomial(professors, 0.11)
    blocks += [("GIANG_VIEN", "TS", "GS", full), ("GIANG_VIEN", "TS", "PGS", professors - full)]
    blocks += [("GIANG_VIEN", "TS", "KHONG", doctors - professors)]
    masters = rng.binomial(others, 0.93)
    blocks += [("GIANG_VIEN", "THS", "KHONG", masters), ("GIANG_VIEN", "DH", "KHONG", others - masters)]
    offices = apportion(world.scaled(world.series["he_administration"][index]), size)
    blocks += [("HANH_CHINH", "THS", "KHONG", offices // 3), ("HANH_CHINH", "DH", "KHONG", offices - offices // 3)]
    for position, qualification, title, persons in blocks:
        women = rng.binomial(persons, 0.28 if title != "KHONG" else 0.5)
        cells = np.stack([persons - women, women], axis=1)
        hei, sex = np.nonzero(cells)
        columns = {
            **found.columns(hei, world),
            "school_year": repeat_text(YEARS[index], len(hei)),
            "position_code": repeat_text(position, len(hei)),
            "qualification_code": repeat_text(qualification, len(hei)),
            "title_code": repeat_text(title, len(hei)),
            "sex_code": names("NAM", "NU")[sex],
            "persons": whole(cells[hei, sex]),
        }
        database.insert_facts("hei_staff_stat", columns, date(2020 + index, 12, 31) if index < 6 else REFERENCE_DAY)


def _load_admissions(database: Database, world: World, found: Universities, year: int) -> None:
    rng = world.rng("admissions", year)
    number = world.series["admission_years"].index(year)
    admitted, confirmed = (world.scaled(world.series["admission"][name][number]) for name in ("admitted", "confirmed"))
    size = np.where(found.is_university, found.size, 0)
    methods = world.shares["universities"]["methods"]
    weights = found.fields / found.fields.sum(axis=1, keepdims=True) * size[:, None]
    cells = weights[:, :, None] * np.array(list(methods.values()))
    counts = split(rng, np.array([admitted]), cells.ravel()[None, :])[0]
    present = np.flatnonzero(counts)
    number_in = counts[present]
    taken = np.minimum(apportion(confirmed, number_in * np.exp(rng.normal(0, 0.1, len(present)))), number_in)
    hei, field, method = np.unravel_index(present, cells.shape)
    columns = {
        **found.columns(hei, world),
        "year": whole(np.full(len(present), year)),
        "field_code": field_codes()[field],
        "method_code": names(*methods)[method],
        "quota": whole(np.rint(number_in * 0.98 + rng.random(len(present)))),
        "admitted": whole(number_in),
        "confirmed": whole(taken),
    }
    database.insert_facts("adm_result_stat", columns, date(year, 9, 30))


def _load_employment(database: Database, world: World, found: Universities, year: int) -> None:
    """Fill graduate_employment; the shared records add up to the published yearly number."""
    rng = world.rng("employment", year)
    size = np.where(found.is_university, found.size, 0)
    weights = (found.fields / found.fields.sum(axis=1, keepdims=True) * size[:, None]).ravel()
    graduates = apportion(round(world.scaled(world.series["students"]["DH"][year - 2020]) * FLOW["DH"][1]), weights)
    shared = np.minimum(apportion(world.scaled(world.series["shared_graduates"]), graduates), graduates)
    responded = rng.binomial(shared, 0.82)
    employed = rng.binomial(responded, 0.902 if year != 2021 else 0.861)
    present = np.flatnonzero(graduates)
    counts = {
        "graduates": graduates,
        "shared_records": shared,
        "responded": responded,
        "employed_12m": employed,
        "employed_in_field": rng.binomial(employed, 0.71),
        "further_study": rng.binomial(responded - employed, 0.41),
    }
    columns = {
        **found.columns(present // found.fields.shape[1], world),
        "year": whole(np.full(len(present), year)),
        "field_code": field_codes()[present % found.fields.shape[1]],
        **{name: whole(values[present]) for name, values in counts.items()},
    }
    database.insert_facts("graduate_employment", columns, date(year + 1, 12, 31) if year < 2025 else REFERENCE_DAY)
