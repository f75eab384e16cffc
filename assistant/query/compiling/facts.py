"""One fact at its own grain: the CTE that adds up a data set by the asked keys, joined to nothing that multiplies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from assistant.query.request import TIME, DataRequest, Filter, Operator, TimeKind
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.parts import Dataset, Metric, Relationship, parse_fragment
from assistant.query.semantics.places import NEW_MAP

PLACE_TABLE = "dim_province"
MISSING = "missing"
_COMPARE = {
    Operator.MORE: exp.GT,
    Operator.AT_LEAST: exp.GTE,
    Operator.LESS: exp.LT,
    Operator.AT_MOST: exp.LTE,
    Operator.EQUAL: exp.EQ,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One number to add up: a metric that is no ratio, with the filters of a numerator on top of the request's."""

    metric: Metric
    extra: tuple[Filter, ...] = ()
    known: tuple[str, ...] = ()
    """Dimensions in which rows without a value do not count."""


def key_alias(name: str) -> str:
    return f"{name}_key"


class FactBuilder:
    """Writes the CTEs of one request."""

    def __init__(self, model: SemanticModel, request: DataRequest) -> None:
        self._model = model
        self._request = request
        self._map = request.map_version or NEW_MAP

    def signature(self, piece: Piece) -> tuple[object, ...]:
        """Pieces that agree in this are added up in one pass."""
        predicate = piece.metric.predicate
        sql = predicate.sql(dialect="duckdb") if predicate is not None else ""
        return (piece.metric.dataset, sql, self._filters(piece), piece.known)

    def build(self, pieces: Sequence[Piece], aliases: Sequence[str], *, with_missing: bool = False) -> exp.Select:
        """SELECT keys, sums FROM the data set WHERE … GROUP BY keys."""
        first = pieces[0]
        dataset = self._model.datasets[first.metric.dataset]
        keys = [(key_alias(name), self.key(dataset, name)) for name in self._request.by]
        columns = [exp.alias_(expression, alias) for alias, expression in keys]
        for piece, alias in zip(pieces, aliases, strict=True):
            columns.append(exp.alias_(piece.metric.aggregate.copy(), alias))
        if with_missing and (silent := not_reported(dataset, first.metric)) is not None:
            columns.append(exp.alias_(silent, MISSING))
        select = exp.select(*columns).from_(self.table(dataset))
        select = self._joined(select, dataset, first)
        for condition in self._conditions(dataset, first):
            select = select.where(condition)
        return select.group_by(*(expression.copy() for _, expression in keys)) if keys else select

    def table(self, dataset: Dataset) -> exp.Table:
        """The data set's table, under the data set's name."""
        return exp.to_table(dataset.source, alias=None if dataset.name == dataset.source else dataset.name)

    def key(self, dataset: Dataset, dimension: str) -> exp.Expr:
        """The expression of a dimension in this data set, or in one it is joined to."""
        if dimension == TIME:
            return self._time(dataset)
        if dimension == PROVINCE:
            return exp.column(self._model.places.versions[self._map].column, table=dataset.name)
        if dimension == REGION:
            return exp.column("region_code", table=PLACE_TABLE)
        home, field = self._home(dataset, dimension)
        return _qualified(field, home.name)

    def _home(self, dataset: Dataset, dimension: str) -> tuple[Dataset, str]:
        joined = [self._model.datasets[join.to] for join in self._model.joins_from(dataset.name)]
        for home in (dataset, *joined):
            field = home.field(dimension)
            if field is not None:
                return home, field.expression.sql
        raise ValueError(f"{dataset.name} has no dimension {dimension!r}")

    def _filters(self, piece: Piece) -> tuple[Filter, ...]:
        """The request's filters, a numerator's own, and the metric's defaults for what nobody spoke of."""
        reachable = self._model.dimensions_of(piece.metric.name)
        asked = [*self._request.filters, *piece.extra]
        kept = [one for one in asked if one.dimension in reachable or one.dimension not in self._request.defaults]
        spoken = {one.dimension for one in kept} | set(self._request.by)
        for dimension, codes in piece.metric.edu.default.items():
            if dimension not in spoken:
                kept.append(Filter(dimension, codes))
        return tuple(dict.fromkeys(kept))

    def _conditions(self, dataset: Dataset, piece: Piece) -> Iterable[exp.Expr]:
        if piece.metric.predicate is not None:
            yield piece.metric.predicate.copy()
        if dataset.edu.time is not None and self._request.time.points:
            column = self.key(dataset, TIME)
            yield among(column, [self._time_literal(dataset, point) for point in self._request.time.points])
        for one in self._filters(piece):
            yield self._condition(dataset, one)
        for name in piece.known:
            yield exp.Not(this=self.key(dataset, name).is_(exp.null()))
        if dataset.edu.national_rows:
            for name in self._request.by:
                if name != TIME and self._model.dimensions[name].known_only:
                    yield exp.Not(this=self.key(dataset, name).is_(exp.null()))

    def _condition(self, dataset: Dataset, one: Filter) -> exp.Expr:
        key = self.key(dataset, one.dimension)
        if one.operator is not None:
            return _COMPARE[one.operator](this=key, expression=number(float(one.values[0])))
        condition = among(key, [exp.Literal.string(value) for value in one.values])
        if not one.negated:
            return condition
        # A row whose attribute is not known is not one of the others.
        return exp.Not(this=exp.Paren(this=condition) if isinstance(condition, exp.Or) else condition)

    def _joined(self, select: exp.Select, dataset: Dataset, piece: Piece) -> exp.Select:
        wanted = {*self._request.by, *piece.known, *(one.dimension for one in self._filters(piece))}
        for join in self._model.joins_from(dataset.name):
            home = self._model.datasets[join.to]
            if any(dataset.field(name) is None and home.field(name) is not None for name in wanted):
                select = select.join(self.table(home), on=_pairs(dataset, home, join), join_type="left")
        if REGION in wanted:
            select = select.join(exp.to_table(PLACE_TABLE), on=self._place_pair(dataset), join_type="left")
        return select

    def _place_pair(self, dataset: Dataset) -> exp.Expr:
        version = exp.column("admin_version_id", table=PLACE_TABLE).eq(exp.Literal.string(self._map))
        return exp.and_(version, exp.column("code", table=PLACE_TABLE).eq(self.key(dataset, PROVINCE)))

    def _time(self, dataset: Dataset) -> exp.Expr:
        """The field a data set tells time by: a column, or an expression as YEAR(snapshot_date)."""
        field = dataset.field(dataset.edu.time.column) if dataset.edu.time else None
        if field is None:
            raise ValueError(f"{dataset.name} knows no time")
        return _qualified(field.expression.sql, dataset.name)

    def _time_literal(self, dataset: Dataset, point: str) -> exp.Expr:
        kind = dataset.edu.time.kind if dataset.edu.time else TimeKind.SCHOOL_YEAR
        return time_literal(kind, point)


def counts_missing(dataset: Dataset, metric: Metric) -> bool:
    """Whether NULLs of the measure tell which institutions have not reported."""
    return not_reported(dataset, metric) is not None


def not_reported(dataset: Dataset, metric: Metric) -> exp.Expr | None:
    """How many institutions are silent on a measure; None where silence is not told from absence."""
    measure = metric.aggregate.this if isinstance(metric.aggregate, exp.Sum) else None
    if dataset.edu.institution is None or not isinstance(measure, exp.Column):
        return None
    institution = exp.column(dataset.edu.institution, table=dataset.name)
    silent = exp.case().when(measure.copy().is_(exp.null()), institution)
    return exp.Count(this=exp.Distinct(expressions=[silent]))


def time_literal(kind: TimeKind, point: str) -> exp.Expr:
    if kind is TimeKind.YEAR:
        return exp.Literal.number(int(point))
    text = exp.Literal.string(point)
    return exp.cast(text, "date") if kind is TimeKind.DAY else text


def among(column: exp.Expr, values: Sequence[exp.Expr]) -> exp.Expr:
    """column = v, or column IN (v, …)."""
    if len(values) == 1:
        return exp.EQ(this=column, expression=values[0])
    return exp.In(this=column, expressions=list(values))


def number(value: float) -> exp.Expr:
    return exp.Literal.number(int(value) if value.is_integer() else value)


def _qualified(sql: str, table: str) -> exp.Expr:
    """A field's expression with its columns named with their table."""
    expression = parse_fragment(sql).copy()
    for column in list(expression.find_all(exp.Column)):
        column.set("table", exp.to_identifier(table))
    return expression


def _pairs(dataset: Dataset, home: Dataset, join: Relationship) -> exp.Expr:
    return exp.and_(
        *(
            exp.column(theirs, table=home.name).eq(exp.column(mine, table=dataset.name))
            for mine, theirs in zip(join.from_columns, join.to_columns, strict=True)
        )
    )
