"""A finished draft as a DataRequest: defaults made visible, provinces resolved to the codes of one map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.query.reading.slots.draft import Draft
from assistant.query.request import TIME, Comparison, DataRequest, Filter, Having, TimeKind, TimeSpan
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.places import NEW_MAP, OLD_MAP

LEVEL = "level"
_CHANGES = (Comparison.GROWTH, Comparison.GAP)
_NEW_FROM = {TimeKind.SCHOOL_YEAR: "2025-2026", TimeKind.YEAR: "2025", TimeKind.DAY: "2025-07-01"}
_MERGER_DAY = date(2025, 7, 1)


@dataclass(slots=True)
class Built:
    """The request, what was assumed on the way, and why it cannot be built (a place that fits no map)."""

    request: DataRequest
    assumptions: list[str] = field(default_factory=list)
    impossible: str = ""


def build_request(model: SemanticModel, draft: Draft, day: date) -> Built:
    """Name the defaults, choose the map and write places as its codes."""
    places = _PlaceWriter(model, draft, day)
    filters: list[Filter] = []
    share: list[Filter] = []
    for name, chosen in draft.chosen.items():
        values = places.codes(name, chosen.kept) if name in (PROVINCE, REGION) else chosen.kept
        if draft.rank and name == PROVINCE:
            continue
        one = Filter(name, tuple(dict.fromkeys(values)), chosen.negated)
        (share if name in draft.share else filters).append(one)
    for one in draft.numeric:
        (share if one.dimension in draft.share else filters).append(one)
    defaults, defaulted = _defaults(model, draft)
    request = DataRequest(
        metrics=_with_companion(model, draft),
        time=draft.time,
        by=tuple(draft.by),
        filters=(*filters, *defaulted),
        share=tuple(share),
        distribution=draft.distribution,
        having=tuple(places.referring(one) for one in draft.having),
        order=draft.order,
        limit=draft.limit,
        compare=draft.compare,
        falls=draft.falls and draft.compare in _CHANGES and not (draft.order or draft.having),
        rank_of=places.rank_of(),
        count_of=draft.count_of,
        average_of=draft.average_of,
        within=draft.within,
        whole=draft.whole,
        together=draft.together,
        replaced=tuple(draft.replaced),
        map_version=places.version,
        defaults=(*draft.defaults, *defaults),
    )
    return Built(request, [*draft.assumptions, *places.assumptions], places.impossible)


def _defaults(model: SemanticModel, draft: Draft) -> tuple[list[str], list[Filter]]:
    """The filters a metric brings along for what nobody spoke of; shown, and marked as defaults."""
    filters: dict[str, Filter] = {}
    said = set(draft.chosen)
    for name in draft.metrics:
        for dimension, codes in model.metrics[name].edu.default.items():
            grouped = dimension in draft.by and dimension != LEVEL
            if dimension not in said and not grouped:
                filters.setdefault(dimension, Filter(dimension, _wider(model, draft, dimension) or codes))
    allowed = frozenset.intersection(*(model.dimensions_of(name) for name in draft.metrics))
    kept = {name: one for name, one in filters.items() if name in allowed and _suits_all(model, draft, one)}
    return list(kept), list(kept.values())


def _suits_all(model: SemanticModel, draft: Draft, default: Filter) -> bool:
    """Whether every metric is about some of these values: general levels are no default beside preschool children,
    and where they are not each metric keeps its own."""
    known = (model.metrics[name].edu.population.get(default.dimension) for name in draft.metrics)
    return all(one is None or set(default.values) & set(one) for one in known)


def _wider(model: SemanticModel, draft: Draft, dimension: str) -> tuple[str, ...]:
    """The values of `dimension` that those chosen of another lie in: classes of five-year-olds are of preschools."""
    known = (
        model.dimensions[name].values[code].within.get(dimension, ())
        for name, chosen in draft.chosen.items()
        for code in (() if chosen.negated else chosen.kept)
        if name not in (PROVINCE, REGION) and code in model.dimensions[name].values
    )
    return tuple(dict.fromkeys(code for codes in known for code in codes))


def _with_companion(model: SemanticModel, draft: Draft) -> tuple[str, ...]:
    """Where two counts are both right ("trường tiểu học", "trường có cấp tiểu học"), both are shown."""
    companion = model.metrics[draft.metrics[0]].edu.companion
    summed_up = draft.count_of or draft.average_of
    plain = not (draft.order or draft.having or draft.compare or draft.share or draft.distribution or summed_up)
    levelled = LEVEL in draft.chosen or LEVEL in draft.by
    if companion is None or len(draft.metrics) > 1 or not plain or not levelled:
        return draft.metrics
    needed = (set(draft.by) - {TIME}) | set(draft.chosen)
    return (*draft.metrics, companion) if needed <= model.dimensions_of(companion) else draft.metrics


class _PlaceWriter:
    """Chooses the map of one request."""

    def __init__(self, model: SemanticModel, draft: Draft, day: date) -> None:
        self._places, self._draft, self._day = model.places, draft, day
        self.assumptions: list[str] = []
        self.impossible = ""
        self._names = draft.chosen[PROVINCE].kept if PROVINCE in draft.chosen else []
        self._regions = draft.chosen[REGION].kept if REGION in draft.chosen else []
        placed = bool(self._names or self._regions or {PROVINCE, REGION} & set(draft.by))
        self.version = self._choose() if placed else None

    def codes(self, dimension: str, values: Sequence[str]) -> list[str]:
        if dimension == REGION or self.version is None:
            return list(values)
        found = []
        for name in values:
            code = self._places.provinces[name].code(self.version)
            if code is None:
                heir = self._places.successor(name)
                self.assumptions.append(f"{name} thuộc {heir} từ 01/7/2025; số liệu là của {heir}")
                code = self._places.provinces[heir].code(self.version)
            found.append(code or "")
        return found

    def rank_of(self) -> str | None:
        return self.codes(PROVINCE, self._names)[0] if self._draft.rank and self._names else None

    def referring(self, one: Having) -> Having:
        """A threshold that is another province's figure, named by its code."""
        if one.reference not in self._places.provinces:
            return one
        return replace(one, reference=self.codes(PROVINCE, [one.reference])[0])

    def _choose(self) -> str:
        wishes = self._draft.chosen[PROVINCE].wishes if self._names else set()
        if {"old", "new"} <= wishes:
            self.impossible = "map"  # "Lào Cai mới với Lào Cai và Yên Bái cũ": no one table has both
        if self._draft.map_version:
            version = self._draft.map_version
        elif "old" in wishes:
            version = OLD_MAP
        elif "new" in wishes:
            version = NEW_MAP
        else:
            version = self._needed() or self._by_time()
        return self._with_regions(version)

    def _needed(self) -> str | None:
        """The old map for a province that exists on it alone."""
        gone = [name for name in self._names if self._places.provinces[name].new is None]
        if gone and self._by_time() == NEW_MAP:
            heirs = ", ".join(f"{name} nay thuộc {self._places.successor(name)}" for name in gone)
            self.assumptions.append(f"{heirs} (từ 01/7/2025); số liệu tính trên địa bàn tỉnh cũ")
        return OLD_MAP if gone else None

    def _by_time(self) -> str:
        """Figures from before the merger on the old map; what reaches across it on the new one, one footprint."""
        span = self._draft.time
        if span.kind is None or span.every or span.since or span.last:
            return NEW_MAP if self._day >= _MERGER_DAY else OLD_MAP
        points = span.points or ((span.until,) if span.until else ())
        return NEW_MAP if any(point >= _NEW_FROM[span.kind] for point in points) else OLD_MAP

    def _with_regions(self, version: str) -> str:
        known = [set(self._places.region_versions(code)) for code in self._regions]
        possible = set.intersection(*known) if known else {OLD_MAP, NEW_MAP}
        if version in possible:
            return version
        gone = [name for name in self._names if self._places.provinces[name].new is None]
        if not possible or (gone and OLD_MAP not in possible):
            self.impossible = "region"
            return version
        return next(iter(possible))


def with_time(request: DataRequest, span: TimeSpan) -> DataRequest:
    return replace(request, time=span)


def names_of(model: SemanticModel, one: Filter, version: str | None) -> list[str]:
    """A filter's values as people write them."""
    if one.dimension == PROVINCE:
        return [model.places.name_of(version or NEW_MAP, code) for code in one.values]
    if one.dimension == REGION:
        return [model.places.region_label(version or NEW_MAP, code) for code in one.values]
    if one.operator is not None:
        return [f"{one.operator.value} {value}" for value in one.values]
    return _grouped_labels(model, one)


def share_words(model: SemanticModel, request: DataRequest) -> list[str]:
    """What a share is of, as people write it: "Nữ", "quy mô lớp > 45"."""
    said = []
    for one in request.share:
        label = model.dimensions[one.dimension].label
        lead = f"{label[:1].lower()}{label[1:]} " if one.operator is not None else ""
        said += [f"{lead}{name}" for name in names_of(model, one, request.map_version)]
    return said


def _grouped_labels(model: SemanticModel, one: Filter) -> list[str]:
    """One label for a whole group of codes ("Phổ thông") where the dictionary has it."""
    dimension = model.dimensions[one.dimension]
    whole = next(
        (value.label for value in dimension.values.values() if value.codes and _same(value.codes, one.values)), None
    )
    return [whole] if whole else [dimension.label_of(code) for code in one.values]


def _same(first: Iterable[str], second: Iterable[str]) -> bool:
    return set(first) == set(second)
