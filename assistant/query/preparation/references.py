"""Thresholds that are figures themselves: "cao hơn mức cả nước" is compared with the cell that says what that is."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.query.compiling.columns import CompiledQuery, Role
from assistant.query.request import TIME, WHOLE, DataRequest, Filter, Having
from assistant.query.semantic_model import PROVINCE, SemanticModel
from assistant.query.table import ResultTable

Ask = Callable[[DataRequest], tuple[CompiledQuery, ResultTable]]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The request with its thresholds as numbers; `lost` when one of them is not known."""

    request: DataRequest
    lost: bool = False


def resolve_references(model: SemanticModel, request: DataRequest, ask: Ask) -> Resolved:
    """Ask for every figure a threshold refers to, with the request's own filters and time."""
    if not any(one.reference for one in request.having):
        return Resolved(request)
    found = [_number(model, request, one, ask) if one.reference else one.value for one in request.having]
    if any(value is None for value in found):
        return Resolved(request, lost=True)
    pairs = zip(request.having, found, strict=True)
    return Resolved(replace(request, having=tuple(replace(one, value=value or 0.0) for one, value in pairs)))


def _number(model: SemanticModel, request: DataRequest, one: Having, ask: Ask) -> float | None:
    compiled, table = ask(_referred(model, request, one))
    role = Role.RATIO if any(column.role is Role.RATIO for column in compiled.columns) else Role.MEASURE
    at = next(index for index, column in enumerate(compiled.columns) if column.role is role)
    value = table.rows[0][at] if table.rows else None
    return float(value) if isinstance(value, int | float) else None


def _referred(model: SemanticModel, request: DataRequest, one: Having) -> DataRequest:
    plain = replace(request, having=(), order=None, limit=None, count_of=None, within=None, compare=None)
    groups = tuple(name for name in request.by if name != TIME)
    if one.reference != WHOLE:
        here = Filter(PROVINCE, (one.reference,))
        others = tuple(other for other in plain.filters if other.dimension != PROVINCE)
        return replace(plain, by=(), filters=(*others, here))
    is_count = not model.metrics[one.metric].is_ratio and not request.share
    return replace(plain, by=groups, average_of=groups[0]) if is_count else replace(plain, by=())
