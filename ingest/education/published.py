"""Published figures: the pinned shares of provinces, and the comparison of generated totals with what was published."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import yaml

from ingest.education.apportion import Numbers
from ingest.education.database import Database
from ingest.education.geography import DATA, Provinces

# Learners by old province and sublevel, as a share of the national total of the same year and source kind.
# THPT: year-end report 2023-2024. Quảng Trị: provincial yearbook 2023. Hòa Bình: provincial yearbook 2021.
PINNED = {
    ("01", "THPT"): 293825 / 2978000,
    ("79", "THPT"): 251930 / 2978000,
    ("38", "THPT"): 103636 / 2978000,
    ("40", "THPT"): 109764 / 2978000,
    ("75", "THPT"): 88899 / 2978000,
    ("45", "TH"): 64944 / 8919198,
    ("45", "THCS"): 46817 / 6500000,
    ("45", "THPT"): 25166 / 2978000,
    ("17", "TH"): 86413 / 9080000,
    ("17", "THCS"): 57804 / 6020000,
    ("17", "THPT"): 26498 / 2820000,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published figure beside the generated one at full size."""

    year: str
    level: str
    indicator: str
    scope: str
    unit: str
    source: str
    published: float
    generated: float
    tolerance: float
    rounding: float

    @property
    def difference(self) -> float:
        """Relative difference, signed."""
        return self.generated / self.published - 1

    @property
    def within(self) -> bool:
        """Close enough, or off by no more than the one that rounding at this scale may cost."""
        gap = abs(self.generated - self.published)
        return gap <= max(self.tolerance * self.published, self.rounding)


def province_shares(provinces: Provinces, sublevel: str) -> Numbers:
    """The share of each old province in the national learners of a sublevel; pinned where published."""
    pinned = {provinces.named(code): share for (code, name), share in PINNED.items() if name == sublevel}
    shares = provinces.weight.copy()
    index = np.array(list(pinned), dtype=np.int64)
    shares[index] = 0
    shares *= (1 - sum(pinned.values())) / shares.sum()
    shares[index] = list(pinned.values())
    return shares


@lru_cache(maxsize=1)
def published_figures() -> dict[tuple[str, str, str, str], dict[str, str]]:
    """(year, level, indicator, scope) → the row of published_figures.csv."""
    with (DATA / "published_figures.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {(row["year"], row["level"], row["indicator"], row["scope"]): row for row in rows}


def read_checks() -> list[dict[str, Any]]:
    """Which published figures are compared, and the query that gives the generated one."""
    loaded: list[dict[str, Any]] = yaml.safe_load((DATA / "calibration.yml").read_text(encoding="utf-8"))
    return loaded


def compare(database: Database) -> list[Comparison]:
    """Every compared figure. Counts are multiplied by the scale; ratios and 1:1 lists are taken as they are."""
    scale = int(database.execute("SELECT value FROM meta WHERE key = 'scale'")[0][0])
    real = bool(database.execute("SELECT 1 FROM meta WHERE key = 'exam_scores'"))
    found = []
    for check in read_checks():
        figure = published_figures()[tuple(check["figure"])]
        published_scores = real and "FROM exam_subject_" in check["sql"]
        factor = scale if check.get("scaled", True) and not published_scores else 1
        value = float(database.execute(check["sql"])[0][0])
        found.append(_comparison(figure, check, value * factor, factor))
    return found


def _comparison(figure: dict[str, str], check: dict[str, Any], generated: float, factor: int) -> Comparison:
    return Comparison(
        year=figure["year"],
        level=figure["level"],
        indicator=figure["indicator"],
        scope=figure["scope"],
        unit=figure["unit"],
        source=figure["source"],
        published=float(figure["value"]),
        generated=generated,
        tolerance=check.get("tolerance", 0.01),
        rounding=factor if factor > 1 else 0.0,
    )
