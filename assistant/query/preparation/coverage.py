"""Who has not reported: provinces all of whose institutions are silent on the measure asked for."""

from dataclasses import dataclass, field, replace
from threading import Lock

from sqlglot import exp

from assistant.access.principal import Principal
from assistant.query.compiling.facts import FactBuilder, Piece, not_reported, time_literal
from assistant.query.preparation.calendar import Runs
from assistant.query.request import TIME, DataRequest, TimeKind
from assistant.query.semantic_model import PROVINCE, SemanticModel
from assistant.query.semantics.places import NEW_MAP

PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Silence:
    """The provinces without any report for one point in time, of how many."""

    point: str
    silent: tuple[str, ...]
    total: int


@dataclass(slots=True)
class Coverage:
    """Asked of the engine once per data set, measure, point and caller, and kept."""

    model: SemanticModel
    runner: Runs
    _known: dict[tuple[str, ...], Silence | None] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, request: DataRequest, principal: Principal) -> list[Silence]:
        """Each point of the request at which a whole province is silent."""
        name = next((one for part in request.metrics for one in self.model.components(part)), None)
        if name is None or request.time.kind is None:
            return []
        found = [self._at(Piece(name), point, request, principal) for point in request.time.points]
        return [one for one in found if one is not None and one.silent]

    def forget(self) -> None:
        with self._lock:
            self._known.clear()

    def _at(self, piece: Piece, point: str, request: DataRequest, principal: Principal) -> Silence | None:
        period = request.filter_on(PERIOD)
        version = request.map_version or NEW_MAP
        key = (piece.metric.name, point, version, *(period.values if period else ()), str(principal))
        with self._lock:
            if key in self._known:
                return self._known[key]
        filters = (period,) if period else ()
        asked = DataRequest((), replace(request.time, points=(point,)), (PROVINCE,), filters, map_version=version)
        found = self._ask(piece, point, asked, principal)
        with self._lock:
            self._known[key] = found
        return found

    def _ask(self, piece: Piece, point: str, asked: DataRequest, principal: Principal) -> Silence | None:
        dataset = self.model.datasets[piece.metric.dataset]
        silent = not_reported(dataset, piece.metric)
        if silent is None or dataset.edu.institution is None or dataset.field(PROVINCE) is None:
            return None
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
        rows = [row for row in self.runner.run(select, principal).table.rows if isinstance(row[1], int) and row[2]]
        gaps = sorted((row for row in rows if row[1]), key=lambda row: -row[1] / row[2])
        version = asked.map_version or NEW_MAP
        names = [f"{self.model.places.name_of(version, str(row[0]))} ({row[1]}/{row[2]})" for row in gaps]
        return Silence(point, tuple(names), len(rows))
