"""School years and reporting periods: which exist, when they are cut off, and which the database holds."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from ingest.education.database import Database
from ingest.education.geography import MAP_34, MAP_63, NEW_MAP_FROM

REFERENCE_DAY = date(2026, 11, 23)
FIRST_YEAR, LAST_YEAR = 2020, 2026


@dataclass(frozen=True, slots=True)
class Period:
    """A report: ĐN counts on 30 September, CN on 31 May (Thông tư 25/2024/TT-BGDĐT)."""

    school_year: str
    code: str
    index: int

    @property
    def start_year(self) -> int:
        return FIRST_YEAR + self.index

    @property
    def cutoff(self) -> date:
        return date(self.start_year, 9, 30) if self.code == "DN" else date(self.start_year + 1, 5, 31)

    @property
    def due(self) -> date:
        return date(self.start_year, 10, 31) if self.code == "DN" else date(self.start_year + 1, 6, 30)

    @property
    def is_available(self) -> bool:
        return self.due < REFERENCE_DAY

    @property
    def admin_version(self) -> str:
        return MAP_34 if self.cutoff >= NEW_MAP_FROM else MAP_63

    def __str__(self) -> str:
        return f"{self.school_year} {self.code}"


YEARS = tuple(f"{year}-{year + 1}" for year in range(FIRST_YEAR, LAST_YEAR + 1))
ALL_PERIODS = tuple(Period(name, code, index) for index, name in enumerate(YEARS) for code in ("DN", "CN"))
PERIODS = tuple(period for period in ALL_PERIODS if period.is_available)
YEAR_ENDS = tuple(period for period in PERIODS if period.code == "CN")


def load_periods(database: Database) -> None:
    """Fill dim_school_year and dim_report_period."""
    for period in ALL_PERIODS[::2]:
        start, end = date(period.start_year, 9, 5), date(period.start_year + 1, 5, 31)
        versions = [MAP_34 if day >= NEW_MAP_FROM else MAP_63 for day in (start, end)]
        row = [period.school_year, period.start_year, start, end, *versions]
        database.execute("INSERT INTO dim_school_year VALUES (?, ?, ?, ?, ?, ?)", row)
    for period in ALL_PERIODS:
        words = "Đầu năm học" if period.code == "DN" else "Cuối năm học"
        row = [period.school_year, period.code, f"{words} {period.school_year}", period.cutoff, period.due]
        database.execute("INSERT INTO dim_report_period VALUES (?, ?, ?, ?, ?, ?)", [*row, period.is_available])


def dates(days: list[date] | list[str]) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    """Days in the resolution DuckDB reads."""
    return np.array(days, dtype="datetime64[us]")
