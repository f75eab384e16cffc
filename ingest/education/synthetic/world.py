"""What every generator shares: the scale, the map, the national totals, and a random stream per purpose."""

from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import yaml

from ingest.education.apportion import Numbers, scaled
from ingest.education.geography import DATA, Provinces, read_provinces


@dataclass(frozen=True, slots=True)
class World:
    """One synthetic country at 1:`scale`."""

    scale: int
    seed: int
    provinces: Provinces
    series: dict[str, Any]
    shares: dict[str, Any]

    def rng(self, *purpose: object) -> np.random.Generator:
        """A stream of its own for each purpose, so that one table's changes never move another's rows."""
        return np.random.default_rng([self.seed, crc32("/".join(map(str, purpose)).encode())])

    def scaled(self, value: float) -> int:
        """A full-size count at this scale."""
        return scaled(value, self.scale)

    def noisy(self, rng: np.random.Generator, spread: float) -> Numbers:
        """A factor around 1 for each old province."""
        return np.exp(rng.normal(0, spread, len(self.provinces)))


def build_world(scale: int, seed: int) -> World:
    """Read the map, the national series and the shares."""
    series, shares = (
        yaml.safe_load((DATA / name).read_text(encoding="utf-8")) for name in ("national_series.yml", "shares.yml")
    )
    return World(scale, seed, read_provinces(), series, shares)


def repeat_text(text: str, count: int) -> Numbers:
    """A column with one text in every row."""
    return np.full(count, text, dtype=object)


def names(*texts: str | None) -> Numbers:
    """Texts to be picked by number; None is stored as NULL."""
    return np.array(texts, dtype=object)


def whole(values: Numbers, missing: Numbers | None = None) -> Numbers:
    """INTEGER values; where `missing`, NULL: not reported."""
    column: Numbers = values.astype(np.int32)
    return column if missing is None else np.ma.masked_array(column, mask=missing)


def either(condition: Numbers, yes: Numbers, no: object) -> Numbers:
    """Texts from `yes` where the condition holds, else `no`, which may be None."""
    column = np.full(len(condition), no, dtype=object)
    column[condition] = yes[condition]
    return column
