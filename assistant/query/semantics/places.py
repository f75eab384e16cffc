"""Provinces and regions in their two versions: a place is known by its name, a code only with its map."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict

OLD_MAP, NEW_MAP = "63-2024", "34-2025"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class MapVersion(_Part):
    """One list of provinces, and the column of the education tables that carries its codes."""

    code: str
    label: str
    column: str
    effective_from: date


class Region(_Part):
    label: str
    synonyms: tuple[str, ...] = ()


class Province(_Part):
    """`new` is missing for a province that became part of another, named by `into`."""

    name: str
    old: str
    old_region: str
    new: str | None = None
    new_region: str | None = None
    into: str | None = None
    city: bool = False
    synonyms: tuple[str, ...] = ()

    def code(self, version: str) -> str | None:
        return self.old if version == OLD_MAP else self.new


class PlacesFile(_Part):
    versions: tuple[MapVersion, ...]
    regions: dict[str, dict[str, Region]]
    provinces: tuple[Province, ...]


@dataclass(frozen=True)
class Places:
    """Look-ups over the two maps."""

    file: PlacesFile

    @cached_property
    def provinces(self) -> dict[str, Province]:
        return {one.name: one for one in self.file.provinces}

    @cached_property
    def versions(self) -> dict[str, MapVersion]:
        return {one.code: one for one in self.file.versions}

    def regions(self, version: str) -> dict[str, Region]:
        return self.file.regions[version]

    def region_versions(self, code: str) -> tuple[str, ...]:
        """The maps in which a region code exists."""
        return tuple(version for version, regions in self.file.regions.items() if code in regions)

    def region_label(self, version: str, code: str) -> str:
        region = self.regions(version).get(code)
        return region.label if region else code

    def name_of(self, version: str, code: str) -> str:
        """The province a code means in this map; the code itself when the map lacks it."""
        return self._names[version].get(code, code)

    def region_of(self, version: str, code: str) -> str | None:
        """The region in which the province of this code lies."""
        province = self.provinces.get(self.name_of(version, code))
        if province is None:
            return None
        return province.old_region if version == OLD_MAP else province.new_region

    def parts_of(self, name: str) -> tuple[str, ...]:
        """The former provinces a present one is made of, itself included."""
        return tuple(one.name for one in self.file.provinces if name in (one.into, one.name))

    def successor(self, name: str) -> str:
        """The present province on whose land a former one lay."""
        return self.provinces[name].into or name

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        return {
            version: {code: one.name for one in self.file.provinces if (code := one.code(version))}
            for version in (OLD_MAP, NEW_MAP)
        }
