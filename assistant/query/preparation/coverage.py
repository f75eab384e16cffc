"""Who has not reported: provinces all of whose institutions are silent on the measure asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from sqlglot import exp

from assistant.access.principal import Principal
from assistant.query.compiling.facts import FactBuilder, Piece, not_reported, time_literal
from assistant.query.preparation.calendar import Runs
from assistant.query.request import TIME, DataRequest, TimeKind
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.places import NEW_MAP

PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Silence:
    """The provinces without any report for one point in time, of how many."""

    point: str
    silent: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Reports:
    """Of one province: how many institutions have not reported, of how many."""

    code: str
    silent: int
    total: int


@dataclass(slots=True)
class Coverage:
    """Asked of the engine once per data set, measure, point and caller, and kept."""

    model: SemanticModel
    runner: Runs
    _known: dict[tuple[str, ...], Sequence[Reports]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, request: DataRequest, principal: Principal) -> list[Silence]:
        """Each point of the request at which institutions in the places asked about are silent."""
        name = next((one for part in request.metrics for one in self.model.components(part)), None)
        if name is None or request.time.kind is None:
            return []
        version = request.map_version or NEW_MAP
        found = []
        for point in request.time.points:
            known = self._at(Piece(name), point, request, principal)
            among = [one for one in known if self._concerns(request, version, one.code)]
            gaps = sorted((one for one in among if one.silent), key=lambda one: -one.silent / one.total)
            names = [f"{self.model.places.name_of(version, one.code)} ({one.silent}/{one.total})" for one in gaps]
            found.append(Silence(point, tuple(names), len(among)))
        return [one for one in found if one.silent]

    def _concerns(self, request: DataRequest, version: str, code: str) -> bool:
        """Whether the request looks at this province."""
        for dimension, value in ((PROVINCE, code), (REGION, self.model.places.region_of(version, code))):
            asked = request.filter_on(dimension)
            if asked is not None and (value in asked.values) == asked.negated:
                return False
        return True

    def forget(self) -> None:
        with self._lock:
            self._known.clear()

    def _at(self, piece: Piece, point: str, request: DataRequest, principal: Principal) -> Sequence[Reports]:
        period = request.filter_on(PERIOD)
        version = request.map_version or NEW_MAP
        key = (piece.metric.name, point, version, *(period.values if period else ()), principal.scope)
        with self._lock:
            if key in self._known:
                return self._known[key]
        filters = (period,) if period else ()
        asked = DataRequest((), replace(request.time, points=(point,)), (PROVINCE,), filters, map_version=version)
        found = self._ask(piece, point, asked, principal)
        with self._lock:
            self._known[key] = found
        return found

    def _ask(self, piece: Piece, point: str, asked: DataRequest, principal: Principal) -> Sequence[Reports]:
        dataset = self.model.datasets[piece.metric.dataset]
        silent = not_reported(dataset, piece.metric)
        if silent is None or dataset.edu.institution is None or dataset.field(PROVINCE) is None:
            return ()
        builder = FactBuilder(self.model, asked)
        everyone = exp.Count(this=exp.Distinct(expressions=[exp.column(dataset.edu.institution, table=dataset.name)]))
        place, time = builder.key(dataset, PROVINCE), builder.key(dataset, TIME)
        select = exp.select(place, exp.alias_(silent, "silent"), exp.alias_(everyone, "total"))
        select = select.from_(builder.table(dataset)).group_by(place.copy())
        select = select.where(time.eq(time_literal(asked.time.kind or TimeKind.SCHOOL_YEAR, point)))
        for one in asked.filters:
            if dataset.field(one.dimension) is not None:
                codes = [exp.Literal.string(code) for code in one.values]
                select = select.where(exp.In(this=builder.key(dataset, one.dimension), expressions=codes))
        rows = self.runner.run(select, principal).table.rows
        return [Reports(str(row[0]), row[1], int(row[2])) for row in rows if isinstance(row[1], int) and row[2]]
