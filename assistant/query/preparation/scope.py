"""What of a request its caller may see: places outside the caller's territory are taken out, and it is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.access.principal import Principal, Role
from assistant.query.request import DataRequest, Filter
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.places import NEW_MAP, OLD_MAP


@dataclass(frozen=True, slots=True)
class Scoped:
    """The request within the territory. `own` and `outside` are names; `refused`: it makes no sense from inside."""

    request: DataRequest
    own: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    refused: bool = False

    @property
    def narrowed(self) -> bool:
        """Something that was asked for by name is missing from the answer."""
        return bool(self.outside)


def within_territory(model: SemanticModel, request: DataRequest, principal: Principal) -> Scoped:
    """Narrow `request` to the caller's provinces; the guard narrows the rows whatever this says."""
    if principal.role is Role.NATIONAL:
        return Scoped(request)
    places = model.places
    own = tuple(places.name_of(NEW_MAP, code) for code in principal.territories)
    if not all(PROVINCE in model.dimensions_of(name) for name in request.metrics):
        return Scoped(request, own)
    shared = any(one.dimension in (PROVINCE, REGION) for one in request.share)
    # "thấp hơn mức cả nước" compares with what lies outside as well.
    referring = any(one.reference for one in request.having)
    if shared or referring or request.rank_of is not None:
        return Scoped(request, own, refused=True)
    asked = next((one for one in request.filters if one.dimension == PROVINCE and not one.negated), None)
    if asked is None:
        return Scoped(request, own)
    version = request.map_version or NEW_MAP
    inside = [code for code in asked.values if _heir(model, version, code) in own]
    outside = tuple(places.name_of(version, code) for code in asked.values if code not in inside)
    if not outside:
        return Scoped(request, own)
    kept = inside or _codes(model, version, own)
    filters = tuple(replace(one, values=tuple(kept)) if one is asked else one for one in request.filters)
    return Scoped(replace(request, filters=filters), own, outside)


def _heir(model: SemanticModel, version: str, code: str) -> str:
    return model.places.successor(model.places.name_of(version, code))


def _codes(model: SemanticModel, version: str, names: Sequence[str]) -> list[str]:
    """The codes of the caller's land on this map."""
    if version != OLD_MAP:
        return [code for name in names if (code := model.places.provinces[name].code(version))]
    parts = [part for name in names for part in model.places.parts_of(name)]
    return [model.places.provinces[part].old for part in parts]


def own_places(model: SemanticModel, request: DataRequest) -> Filter | None:
    """The province filter, if any."""
    return next((one for one in request.filters if one.dimension == PROVINCE), None)
