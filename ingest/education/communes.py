"""Districts and communes on both maps. How many each province has is real; names and codes are made up.

A commune of the old map goes into one of the new, in order, towns first; every fortieth is split between two.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from ingest.education.apportion import Numbers
from ingest.education.database import Database
from ingest.education.geography import MAP_34, MAP_63, read_mapping

DISTRICTS_ENDED = date(2025, 6, 30)
TYPES = ("PHUONG", "THI_TRAN", "XA", "DAC_KHU")
WORDS = {"PHUONG": "Phường", "THI_TRAN": "Thị trấn", "XA": "Xã", "DAC_KHU": "Đặc khu"}
# Numbers of the new map start here, so that a code means one commune whichever the map.
NEW_FROM = 700
SPLIT_EVERY, SPLIT_SHARE = 40, 0.6


@dataclass(frozen=True, slots=True)
class Communes:
    """Columns over the old communes in order of province, towns first within each."""

    code: Numbers
    kind: Numbers
    province: Numbers
    district: Numbers
    new_code: Numbers

    def drawn(self, rng: np.random.Generator, province: Numbers, urban: Numbers) -> Numbers:
        """The number of a commune for each place: of its province, a town's where `urban` and there is one."""
        starts = np.searchsorted(self.province, np.arange(self.province.max() + 2))
        towns = np.bincount(self.province[self.kind != "XA"], minlength=len(starts) - 1)[province]
        size = np.diff(starts)[province]
        low = np.where(urban | (towns == size), 0, towns)
        high = np.where(urban & (towns > 0), towns, size)
        found: Numbers = starts[province] + low + (rng.random(len(province)) * (high - low)).astype(np.int64)
        return found


def make_communes() -> Communes:
    """Every commune of the old map, with its district and the commune of the new map it became."""
    rows = read_mapping()
    parts = [_of_province(number, row) for number, row in enumerate(rows)]
    code, kind, province, district = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return Communes(code, kind, province, district, _successors(rows, kind, province))


def _of_province(number: int, row: dict[str, str]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    count, districts = int(row["old_communes"]), int(row["old_districts"])
    wards = round(count * int(row["new_phuong"]) / int(row["new_communes"]) * 0.8)
    kinds = np.repeat(np.array(TYPES[:3], dtype=object), [wards, districts // 2, count - wards - districts // 2])
    seat = np.arange(count) * districts // count + 1
    codes = np.array([f"{row['old_code']}{place:03d}" for place in range(1, count + 1)], dtype=object)
    names = np.array([f"{row['old_code']}{place:02d}" for place in seat], dtype=object)
    return codes, kinds, np.full(count, number), names


def _successors(rows: list[dict[str, str]], kind: Numbers, province: Numbers) -> Numbers:
    found = np.empty(len(kind), dtype=object)
    rank = np.array([TYPES.index(name) for name in kind])
    parent = np.array([row["new_code"] for row in rows], dtype=object)[province]
    for row in rows:
        members = np.flatnonzero(parent == row["new_code"])
        ordered = members[np.argsort(rank[members], kind="stable")]
        place = np.arange(len(ordered)) * int(row["new_communes"]) // len(ordered) + 1
        found[ordered] = [f"{row['new_code']}{NEW_FROM + number}" for number in place]
    return found


def load_communes(database: Database, communes: Communes) -> None:
    """Fill the tables of districts and communes and the bridge between the maps."""
    rows = read_mapping()
    for row in rows:
        for number in range(1, int(row["old_districts"]) + 1):
            district = [f"{row['old_code']}{number:02d}", f"Huyện số {number} {row['old_short']} (giả lập)"]
            database.execute(
                "INSERT INTO dim_district_legacy VALUES (?, ?, ?, ?)", [*district, row["old_code"], DISTRICTS_ENDED]
            )
    names = [row["old_short"] for row in rows]
    codes = np.array([row["old_code"] for row in rows], dtype=object)
    old = {
        "admin_version_id": np.full(len(communes.code), MAP_63, dtype=object),
        "code": communes.code,
        "name_vi": _names(communes.code, communes.kind, [names[number] for number in communes.province]),
        "unit_type": communes.kind,
        "parent_code": codes[communes.province],
        "district_code": communes.district,
    }
    database.insert("dim_commune", old)
    database.insert("dim_commune", _new_communes(rows))
    database.insert("bridge_commune", _bridge(communes))


def _names(codes: Numbers, kinds: Numbers, places: list[str]) -> Numbers:
    words = [
        f"{WORDS[kind]} số {int(code[2:])} {place} (giả lập)"
        for code, kind, place in zip(codes, kinds, places, strict=True)
    ]
    return np.array(words, dtype=object)


def _new_communes(rows: list[dict[str, str]]) -> dict[str, Numbers]:
    provinces = {row["new_code"]: row for row in rows}
    codes, kinds, parents, places = [], [], [], []
    for code, row in provinces.items():
        counts = [int(row["new_phuong"]), 0, int(row["new_xa"]), int(row["new_dac_khu"])]
        kinds += [name for name, count in zip(TYPES, counts, strict=True) for _ in range(count)]
        codes += [f"{code}{NEW_FROM + number}" for number in range(1, sum(counts) + 1)]
        parents += [code] * sum(counts)
        places += [row["new_short"]] * sum(counts)
    code_column, kind_column = np.array(codes, dtype=object), np.array(kinds, dtype=object)
    return {
        "admin_version_id": np.full(len(codes), MAP_34, dtype=object),
        "code": code_column,
        "name_vi": _names(code_column, kind_column, places),
        "unit_type": kind_column,
        "parent_code": np.array(parents, dtype=object),
        "district_code": np.full(len(codes), None, dtype=object),
    }


def _bridge(communes: Communes) -> dict[str, Numbers]:
    """One row for a commune that moved whole; two for a split one, when a neighbour of its new province follows."""
    following = np.roll(communes.new_code, -1)
    same = np.array([one[:2] == other[:2] for one, other in zip(communes.new_code, following, strict=True)])
    split = (np.arange(len(communes.code)) % SPLIT_EVERY == SPLIT_EVERY - 1) & same & (communes.new_code != following)
    return {
        "old_code": np.concatenate([communes.code, communes.code[split]]),
        "new_code": np.concatenate([communes.new_code, following[split]]),
        "share": np.concatenate([np.where(split, SPLIT_SHARE, 1.0), np.full(int(split.sum()), 1 - SPLIT_SHARE)]),
    }
