"""Provinces on both maps: the 63 of before 1 July 2025, the 34 since, and which became part of which."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from ingest.education.apportion import Numbers
from ingest.education.database import Database

DATA = Path(__file__).with_name("data")
MAP_63, MAP_34 = "63-2024", "34-2025"
NEW_MAP_FROM = date(2025, 7, 1)
REGIONS = {
    MAP_63: {
        "TDMNPB": "Trung du và miền núi phía Bắc",
        "DBSH": "Đồng bằng sông Hồng",
        "BTBDHMT": "Bắc Trung Bộ và Duyên hải miền Trung",
        "TN": "Tây Nguyên",
        "DNB": "Đông Nam Bộ",
        "DBSCL": "Đồng bằng sông Cửu Long",
    },
    MAP_34: {
        "TDMNPB": "Trung du và miền núi phía Bắc",
        "DBSH": "Đồng bằng sông Hồng",
        "BTB": "Bắc Trung Bộ",
        "DHNTB_TN": "Duyên hải Nam Trung Bộ và Tây Nguyên",
        "DNB": "Đông Nam Bộ",
        "DBSCL": "Đồng bằng sông Cửu Long",
    },
}
VERSIONS = (
    (MAP_63, "63 tỉnh, thành phố", date(2008, 8, 1), date(2025, 6, 30), "Nghị quyết 15/2008/QH12"),
    (MAP_34, "34 tỉnh, thành phố", NEW_MAP_FROM, None, "Nghị quyết 202/2025/QH15"),
)


@dataclass(frozen=True, slots=True)
class Provinces:
    """Columns over the 63 old provinces, in code order; `parent` numbers their new province from 0."""

    old_code: Numbers
    old_name: Numbers
    old_region: Numbers
    new_code: Numbers
    new_name: Numbers
    parent: Numbers
    population: Numbers
    weight: Numbers
    urban: Numbers
    mountain: Numbers
    minority: Numbers
    attainment: Numbers
    entry_rate: Numbers

    def __len__(self) -> int:
        return len(self.old_code)

    def places(self, index: Numbers) -> dict[str, Numbers]:
        """Both codes of the provinces numbered `index`."""
        return {"province_code": self.new_code[index], "province_code_63": self.old_code[index]}

    def named(self, code: str) -> int:
        """The number of the old province with that code."""
        return int(np.flatnonzero(self.old_code == code)[0])


def read_mapping() -> list[dict[str, str]]:
    """The table of old and new provinces (Nghị quyết 202/2025/QH15), in order of old code."""
    with (DATA / "provinces_63_to_34.csv").open(encoding="utf-8") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["old_code"])


def read_provinces() -> Provinces:
    """The map with the priors of each old province. The priors are modelling assumptions, not statistics."""
    mapping = read_mapping()
    with (DATA / "province_priors.csv").open(encoding="utf-8") as file:
        priors = {row["code"]: row for row in csv.DictReader(file)}

    def text(column: str) -> Numbers:
        return np.array([row[column] for row in mapping], dtype=object)

    def prior(column: str) -> Numbers:
        return np.array([float(priors[row["old_code"]][column] or "nan") for row in mapping])

    return Provinces(
        old_code=text("old_code"),
        old_name=text("old_short"),
        old_region=text("old_region"),
        new_code=text("new_code"),
        new_name=text("new_short"),
        parent=np.unique(text("new_code"), return_inverse=True)[1],
        population=prior("population_k") * 1000,
        weight=prior("population_k") * prior("pupil_factor"),
        urban=prior("urban_share"),
        mountain=prior("mountain_share"),
        minority=prior("dtts_share"),
        attainment=prior("attainment"),
        entry_rate=prior("entry_rate") / 100,
    )


def load_geography(database: Database) -> None:
    """Fill the tables of versions, regions and provinces and the bridge between the maps."""
    for version in VERSIONS:
        database.execute("INSERT INTO dim_admin_version VALUES (?, ?, ?, ?, ?)", list(version))
    for version_id, regions in REGIONS.items():
        for order, (code, name) in enumerate(regions.items(), start=1):
            database.execute("INSERT INTO dim_region VALUES (?, ?, ?, ?)", [version_id, code, name, order])
    seen = set()
    for row in read_mapping():
        _add_province(database, MAP_63, _old_province(row))
        if row["new_code"] not in seen:
            seen.add(row["new_code"])
            _add_province(database, MAP_34, _new_province(row))
        flags = [row["merged"] == "Y", row["code_trap"] == "Y"]
        database.execute("INSERT INTO bridge_province VALUES (?, ?, ?, ?)", [row["old_code"], row["new_code"], *flags])


def _add_province(database: Database, version: str, values: list[object]) -> None:
    database.execute(f"INSERT INTO dim_province VALUES (?{', ?' * 10})", [version, *values])


def _unit_type(name: str) -> str:
    return "THANH_PHO" if name.startswith("Thành phố") else "TINH"


def _old_province(row: dict[str, str]) -> list[object]:
    name = row["old_name"]
    counts = [int(row["old_communes"]), None, None, None, int(row["old_districts"])]
    return [row["old_code"], name, row["old_short"], _unit_type(name), row["old_region"], *counts]


def _new_province(row: dict[str, str]) -> list[object]:
    name = row["new_name"]
    counts = [int(row[key]) for key in ("new_communes", "new_phuong", "new_xa", "new_dac_khu")]
    return [row["new_code"], name, row["new_short"], _unit_type(name), row["new_region_34"], *counts, None]
