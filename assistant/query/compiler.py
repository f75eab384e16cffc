"""DataRequest to SQL: every fact is added up at its own grain in a CTE, then joined on the asked dimensions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from assistant.query.compiling.columns import Column, CompiledQuery, Role
from assistant.query.compiling.facts import MISSING, FactBuilder, Piece, counts_missing, key_alias
from assistant.query.compiling.final import FinalSelect
from assistant.query.compiling.summaries import averaged, counted, first_of_each, pooled, ranked
from assistant.query.request import Comparison, DataRequest, Filter
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.parts import Metric

MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing asked for: a plain number, or a ratio of two; indexes point into the pieces."""

    metric: Metric
    value: int
    denominator: int | None = None
    scale: float = 1
    label: str = ""
    """Of the numerator, where it differs from its metric's own."""
    reported: int | None = None
    """The whole without those that have not reported, where both are worth showing."""


class Compiler:
    """Writes the SQL of requests over one semantic model; the only author of SQL in the service."""

    def __init__(self, model: SemanticModel) -> None:
        self._model = model

    def compile(self, request: DataRequest) -> CompiledQuery:
        """The query and what its columns hold. The request's time must be bound to points the data have."""
        self._refuse_nonsense(request)
        pieces, figures = self._figures(request)
        builder = FactBuilder(self._model, request)
        groups = _grouped(builder, pieces)
        has_missing = counts_missing(self._model.datasets[pieces[0].metric.dataset], pieces[0].metric)
        facts = [
            builder.build(
                [pieces[index] for index in group],
                [f"m{index}" for index in group],
                with_missing=not number and has_missing,
            )
            for number, group in enumerate(groups)
        ]
        names = [f"fact_{number + 1}" for number in range(len(facts))]
        ctes = list(zip(names, facts, strict=True))
        source = names[0]
        if len(facts) > 1:
            merge = _Merge(request.by, names, groups, _parts_of_whole(request, figures))
            ctes.append((MERGED, merge.build(has_missing=has_missing)))
            source = MERGED
        final = FinalSelect(self._model, request, source)
        select, columns = final.build(figures, pieces, has_missing=has_missing)
        for name, query in ctes:
            select = select.with_(name, as_=query)
        if request.count_of is not None:
            return counted(self._model, select, request.count_of)
        if request.together and request.limit is not None:
            return pooled(select, columns)
        if request.average_of is not None:
            return averaged(self._model, select, columns, request.average_of)
        if request.rank_of is not None and request.order is not None:
            return ranked(request, select, columns)
        if request.within is not None and request.order is not None:
            return first_of_each(request, select, columns)
        return CompiledQuery(select, tuple(columns))

    def _figures(self, request: DataRequest) -> tuple[list[Piece], list[Figure]]:
        pieces: list[Piece] = []
        figures: list[Figure] = []
        for name in request.metrics:
            metric = self._model.metrics[name]
            parts = self._model.components(name)
            at = len(pieces)
            if metric.is_ratio:
                pieces += [Piece(parts[0], request.share), Piece(parts[1])]
                figures.append(Figure(metric, at, at + 1, metric.edu.scale))
            elif request.share:
                known = self._may_be_silent(request)
                ranked = bool(request.order or request.having or request.rank_of)
                pieces += [Piece(metric, request.share), Piece(metric, known=known if ranked else ())]
                beside = request.compare in (None, Comparison.DIFFERENCE)
                both = bool(known) and beside and not (ranked or metric.about_persons)
                if both:
                    pieces.append(Piece(metric, known=known))
                label = self._share_label(metric, request)
                figures.append(Figure(metric, at, at + 1, 100, label, at + 2 if both else None))
            else:
                pieces.append(Piece(metric))
                figures.append(Figure(metric, at))
        return pieces, figures

    def _may_be_silent(self, request: DataRequest) -> tuple[str, ...]:
        """Achievements a share is of. Groups are ranked among those that have reported: silence is not the lowest;
        else institutions are shown over all of them and, where some are silent, over those that have reported."""
        said = (one.dimension for one in request.share)
        return tuple(name for name in said if self._model.dimensions[name].achievement)

    def _share_label(self, metric: Metric, request: DataRequest) -> str:
        """As in "Số học sinh (Nữ)": the numerator of a share names its filters."""
        said = [self._filter_words(one, request.map_version) for one in request.share]
        return f"{metric.edu.label} ({', '.join(said)})"

    def _filter_words(self, one: Filter, version: str | None) -> str:
        """The labels of filter values, as people read them."""
        places, known = self._model.places, self._model.dimensions[one.dimension]
        if one.operator is not None:
            return f"{known.label[:1].lower()}{known.label[1:]} {one.operator.value} {one.values[0]}"
        if one.dimension == PROVINCE:
            return ", ".join(places.name_of(version or "", value) for value in one.values)
        if one.dimension == REGION:
            return ", ".join(places.region_label(version or "", value) for value in one.values)
        return ", ".join(known.label_of(value) for value in one.values)

    def _refuse_nonsense(self, request: DataRequest) -> None:
        """What a planner must never ask for: figures over a time that is not pinned, or by what a metric lacks."""
        for name in request.metrics:
            dimensions = self._model.dimensions_of(name)
            time = self._model.time_of(name)
            if time is not None and not request.time.bound:
                raise ValueError(f"{name}: the time is not bound")
            summed = len(request.time.points) > 1 and "time" not in request.by
            if time is not None and summed and not self._model.metrics[name].edu.additive_over_time:
                raise ValueError(f"{name} must not be added up over time")
            unknown = {one for one in request.by if one != "time"} - dimensions
            unknown |= {one.dimension for one in request.filters if one.dimension not in request.defaults} - dimensions
            if unknown:
                raise ValueError(f"{name} is not known by {min(unknown)!r}")


def _grouped(builder: FactBuilder, pieces: Sequence[Piece]) -> list[list[int]]:
    """Pieces added up in one pass, by index, in order of first use."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, piece in enumerate(pieces):
        groups.setdefault(builder.signature(piece), []).append(index)
    return list(groups.values())


def _parts_of_whole(request: DataRequest, figures: Sequence[Figure]) -> frozenset[int]:
    """The numerators of shares: where the whole has a group and its part has none, the part is zero."""
    return frozenset(figure.value for figure in figures if request.share and figure.denominator is not None)


@dataclass(frozen=True, slots=True)
class _Merge:
    """The facts side by side; a group that one fact lacks stays, with NULL, or zero for the part of a whole."""

    by: Sequence[str]
    names: Sequence[str]
    groups: Sequence[Sequence[int]]
    zero: frozenset[int]

    def build(self, *, has_missing: bool) -> exp.Select:
        keys = [key_alias(name) for name in self.by]
        columns: list[exp.Expr] = [exp.alias_(_first_of(self.names, key), key) for key in keys]
        for name, group in zip(self.names, self.groups, strict=True):
            columns += [self._value(name, index, keys) for index in group]
        if has_missing:
            columns.append(exp.column(MISSING, table=self.names[0]))
        select = exp.select(*columns).from_(self.names[0])
        for position, name in enumerate(self.names[1:], start=1):
            select = self._joined(select, self.names[:position], name, keys)
        return select

    def _value(self, name: str, index: int, keys: Sequence[str]) -> exp.Expr:
        value = exp.column(f"m{index}", table=name)
        if index not in self.zero or not keys:
            return value
        absent = exp.column(keys[0], table=name).is_(exp.null())
        return exp.alias_(exp.case().when(absent, exp.Literal.number(0)).else_(value), f"m{index}")

    def _joined(self, select: exp.Select, before: Sequence[str], name: str, keys: Sequence[str]) -> exp.Select:
        pairs = [_first_of(before, key).eq(exp.column(key, table=name)) for key in keys]
        if not pairs:
            return select.join(name, join_type="cross")
        return select.join(name, on=exp.and_(*pairs), join_type="full")


def _first_of(names: Sequence[str], key: str) -> exp.Expr:
    columns = [exp.column(key, table=name) for name in names]
    return exp.Coalesce(this=columns[0], expressions=columns[1:]) if len(columns) > 1 else columns[0]


__all__ = ["Column", "CompiledQuery", "Compiler", "Role"]
