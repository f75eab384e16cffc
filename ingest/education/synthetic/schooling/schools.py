"""Schools: where they are, which levels they teach, when they open, close or merge."""

import unicodedata
from dataclasses import dataclass
from datetime import date

import numpy as np

from ingest.education.apportion import Numbers, place
from ingest.education.communes import Communes
from ingest.education.database import Database
from ingest.education.periods import REFERENCE_DAY, YEARS, Period, dates
from ingest.education.synthetic.world import World, either, names, repeat_text

LEVELS = ("MN", "TH", "THCS", "THPT", "GDTX")
# Levels each group teaches; the last is the one the school is counted under.
GROUP_LEVELS = {
    "01": ("MN",),
    "02": ("MN",),
    "03": ("MN",),
    "04": ("MN",),
    "05": ("MN",),
    "06": ("TH",),
    "07": ("THCS",),
    "08": ("THPT",),
    "09": ("TH", "THCS"),
    "10": ("THCS", "THPT"),
    "11": ("TH", "THCS", "THPT"),
    "12": ("GDTX",),
}
GROUPS = tuple(GROUP_LEVELS)
OF_LEVEL = {"MN": "01", "TH": "06", "THCS": "07", "THPT": "08", "GDTX": "12"}
KIND = {"04": "NHOM_DOC_LAP", "05": "NHOM_DOC_LAP", "12": "TRUNG_TAM"}
NAMES = {
    "01": "Trường Mầm non",
    "02": "Trường Mẫu giáo",
    "03": "Nhà trẻ",
    "04": "Nhóm trẻ độc lập",
    "05": "Lớp mẫu giáo độc lập",
    "06": "Trường Tiểu học",
    "07": "Trường THCS",
    "08": "Trường THPT",
    "09": "Trường TH và THCS",
    "10": "Trường THCS và THPT",
    "11": "Trường TH, THCS và THPT",
    "12": "Trung tâm GDNN-GDTX",
}
SIZE = {"03": 0.3, "04": 0.12, "05": 0.25, "02": 0.8, "09": 0.75, "11": 0.8, "12": 1.0}
AREAS = names("01", "02", "03", "04")
FORMER_YEARS = 45
DECOMPOSED_EVERY = 150
NEVER = len(YEARS)


@dataclass(frozen=True, slots=True)
class Schools:
    """Columns over all schools of all years; `opens` and `closes` number school years, `closes` the first without it.

    A school that closes `mid_year` still reports at the beginning of its last year and no longer at the end.
    """

    ids: Numbers
    group: Numbers
    province: Numbers
    kind: Numbers
    ownership: Numbers
    area: Numbers
    size: Numbers
    opens: Numbers
    closes: Numbers
    mid_year: Numbers
    merged_into: Numbers
    teaches: Numbers

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def headline(self) -> Numbers:
        """The level each school is counted under."""
        return np.array([GROUP_LEVELS[group][-1] for group in self.group], dtype=object)

    @property
    def is_public(self) -> Numbers:
        public: Numbers = self.ownership == "CONG_LAP"
        return public

    def active(self, period: Period) -> Numbers:
        """Which schools exist when the period is counted."""
        last = period.index == self.closes - 1
        return (
            (self.opens <= period.index)
            & (period.index < self.closes)
            & ~(last & self.mid_year & (period.code == "CN"))
        )

    def columns(self, index: Numbers, world: World, *, profile: bool = False) -> dict[str, Numbers]:
        """What fact rows repeat of the schools numbered `index`."""
        found = {
            "school_id": self.ids[index],
            "ownership_code": self.ownership[index],
            "area_code": self.area[index],
            **world.provinces.places(self.province[index]),
        }
        if profile:
            found["level_group_code"] = self.group[index]
            found["headline_level_code"] = self.headline[index]
            found["facility_kind"] = self.kind[index]
        return found


def make_schools(world: World) -> Schools:
    """Every school there ever is, grouped by level group in the order of ref_level_group."""
    group, province, opens, closes = _life_spans(world)
    kind = np.array([KIND.get(code, "TRUONG") for code in group], dtype=object)
    lacking = _lacking(world, group, province)
    group = np.concatenate([group, names(*[OF_LEVEL[level] for level, _ in lacking])])
    province = np.concatenate([province, np.array([place for _, place in lacking], dtype=np.int64)])
    kind = np.concatenate([kind, repeat_text("DON_VI_GOP", len(lacking))])
    opens = np.concatenate([opens, np.zeros(len(lacking), dtype=np.int64)])
    closes = np.concatenate([closes, np.full(len(lacking), NEVER)])
    rng = world.rng("schools")
    size = np.array([SIZE.get(code, 1.0) for code in group]) * np.exp(rng.normal(0, 0.35, len(group)))
    closing = closes < NEVER
    return Schools(
        ids=np.array(
            [f"T{code}{number:06d}" for number, code in enumerate(world.provinces.old_code[province], 1)], object
        ),
        group=group,
        province=province,
        kind=kind,
        ownership=_ownership(world, group, kind, (opens == 0) & (closes == NEVER)),
        area=_areas(world, province),
        size=np.where(closing, size * 0.5, size),
        opens=opens,
        closes=closes,
        mid_year=closing & (rng.random(len(group)) < 0.4),
        merged_into=_mergers(world, group, province, closes),
        teaches=np.array([[level in GROUP_LEVELS[code] for level in LEVELS] for code in group]),
    )


def _life_spans(world: World) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    groups, places, opens, closes = [], [], [], []
    for code, yearly in world.series["schools"].items():
        counts = [world.scaled(value) for value in yearly]
        rng = world.rng("life", code)
        spread = place(max(counts), _school_weights(world, code), world.provinces.parent)
        where = rng.permutation(np.repeat(np.arange(len(world.provinces)), spread))
        start, end = _open_and_close(counts)
        # The most crowded provinces lose and gain schools first, so that no province loses its only one.
        order = np.argsort(spread[where], kind="stable")
        groups.append(repeat_text(code, len(where)))
        places.append(where[order])
        opens.append(start)
        closes.append(end)
    return tuple(np.concatenate(parts) for parts in (groups, places, opens, closes))  # type: ignore[return-value]  # four


def _open_and_close(counts: list[int]) -> tuple[Numbers, Numbers]:
    """Life spans of max(counts) schools so that counts[y] of them exist in year y; the last ones come and go."""
    most = max(counts)
    exists = np.arange(most)[:, None] < np.array(counts)[None, :]
    opens = np.where(exists.any(axis=1), exists.argmax(axis=1), NEVER)
    last = len(counts) - exists[:, ::-1].argmax(axis=1)
    return opens, np.where(exists.any(axis=1), np.minimum(last, NEVER), NEVER)


def _school_weights(world: World, code: str) -> Numbers:
    provinces = world.provinces
    if code in ("09", "10"):
        return provinces.weight * (0.2 + provinces.mountain)
    if code in ("04", "05", "11"):
        return provinces.weight * (0.1 + provinces.urban)
    return provinces.weight * (1 + 0.4 * provinces.mountain)


def _lacking(world: World, group: Numbers, province: Numbers) -> list[tuple[str, int]]:
    """(level, old province) without any school at this scale: one pooled unit carries their learners."""
    found = []
    for level in OF_LEVEL:
        teaching = [
            name for name, levels in GROUP_LEVELS.items() if level in levels and KIND.get(name) != "NHOM_DOC_LAP"
        ]
        has = np.bincount(province[np.isin(group, teaching)], minlength=len(world.provinces)) > 0
        found += [(level, int(place)) for place in np.flatnonzero(~has)]
    return found


def _ownership(world: World, group: Numbers, kind: Numbers, lasts: Numbers) -> Numbers:
    ownership = repeat_text("CONG_LAP", len(group))
    for code, share in world.series["private_schools"].items():
        members = np.flatnonzero((group == code) & (kind != "DON_VI_GOP"))
        count = int(np.ceil(share * len(members) - 1e-9))
        # Lasting private schools stand at the end of the list: the big provinces. Every 15th preschool is dân lập.
        chosen = members[np.argsort(lasts[members], kind="stable")][len(members) - count :]
        ownership[chosen] = "TU_THUC"
        if code in ("01", "02"):
            ownership[chosen[::15]] = "DAN_LAP"
    return ownership


def _areas(world: World, province: Numbers) -> Numbers:
    provinces = world.provinces
    border = np.where(provinces.mountain > 0.4, 0.08, np.where(provinces.mountain > 0.05, 0.03, 0.01))
    plain = np.clip(1 - provinces.urban - provinces.mountain * 0.85 - border, 0.02, None)
    shares = np.column_stack([border, provinces.urban, plain, provinces.mountain * 0.85])
    edges = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)[province]
    drawn = world.rng("areas").random(len(province))[:, None]
    areas: Numbers = AREAS[np.minimum((drawn > edges).sum(axis=1), 3)]
    return areas


def _mergers(world: World, group: Numbers, province: Numbers, closes: Numbers) -> Numbers:
    """Most closed schools go into a lasting one of the same province and level; -1 where none takes them in."""
    into = np.full(len(group), -1)
    draws = world.rng("mergers").random(len(group))
    for school in np.flatnonzero((closes < NEVER) & (draws < 0.8)):
        level = GROUP_LEVELS[group[school]][0]
        takers = [code for code, levels in GROUP_LEVELS.items() if level in levels and KIND.get(code) != "NHOM_DOC_LAP"]
        lasting = np.flatnonzero((province == province[school]) & (closes == NEVER) & np.isin(group, takers))
        if len(lasting):
            into[school] = lasting[int(draws[school] * 1000) % len(lasting)]
    return into


def load_schools(database: Database, world: World, schools: Schools, communes: Communes) -> None:
    """Fill school and school_level."""
    count = len(schools)
    rng = world.rng("school details")
    closed = schools.closes < NEVER
    merged = schools.merged_into >= 0
    opened = 2020 - rng.integers(1, FORMER_YEARS, count)
    everything = schools.columns(np.arange(count), world, profile=True)
    seat = communes.drawn(world.rng("communes"), schools.province, schools.area == "02")
    # The form of old still asks for the district, and most schools still fill it.
    fills_district = world.rng("districts").random(count) < 0.9
    details = {
        "commune_code": communes.new_code[seat],
        "commune_code_63": communes.code[seat],
        "district_code": either(fills_district, communes.district[seat], None),
        "name_vi": np.array([_name(world, schools, number) for number in range(count)], dtype=object),
        "opened_year": np.where(schools.opens > 0, 2020 + schools.opens, opened).astype(np.int32),
        "status": np.where(closed, np.where(merged, "SAP_NHAP", "GIAI_THE"), "HOAT_DONG").astype(object),
        "closed_on": np.where(closed, _closing_days(schools), np.datetime64("NaT")),
        "merged_into_school_id": either(merged, schools.ids[schools.merged_into], None),
    }
    database.insert_facts("school", {**everything, **details}, REFERENCE_DAY)
    index, level = np.nonzero(schools.teaches)
    rows = {"school_id": schools.ids[index], "level_code": names(*LEVELS)[level]}
    database.insert("school_level", {**rows, **world.provinces.places(schools.province[index])})


def _closing_days(schools: Schools) -> Numbers:
    # A mid-year closing falls in the January within the last school year, another in the summer after it.
    return dates(
        [
            date(2020 + int(close), 1, 15) if mid_year else date(2020 + int(close), 7, 31)
            for close, mid_year in zip(schools.closes, schools.mid_year, strict=True)
        ]
    )


def _name(world: World, schools: Schools, number: int) -> str:
    group, kind = schools.group[number], schools.kind[number]
    where = world.provinces.old_name[schools.province[number]]
    lead = f"Đơn vị gộp {NAMES[group].removeprefix('Trường ')}" if kind == "DON_VI_GOP" else NAMES[group]
    name = f"{lead} {where} {number + 1} (giả lập)"
    # A few offices send names with the marks apart, as spreadsheets from another system write them.
    return unicodedata.normalize("NFD", name) if number % DECOMPOSED_EVERY == DECOMPOSED_EVERY - 1 else name
