"""Data questions from words to an outcome: read, bind to the data's calendar and the caller's territory, run, tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.access.principal import Principal
from assistant.messages import message
from assistant.query.chart import chart_of
from assistant.query.compiler import Compiler
from assistant.query.compiling.columns import Column, CompiledQuery
from assistant.query.narrator import Narrator
from assistant.query.outcome import DataOutcome, DataStatus, Reading
from assistant.query.preparation.calendar import Bound, Calendar, Runs
from assistant.query.preparation.coverage import Coverage
from assistant.query.preparation.references import resolve_references
from assistant.query.preparation.scope import Scoped, within_territory
from assistant.query.presentation.chips import chips
from assistant.query.presentation.definitions import definition_text
from assistant.query.presentation.notices import notices
from assistant.query.presentation.sql_reading import sql_in_words
from assistant.query.presentation.suppression import Row, Shown, ranked_only, withhold
from assistant.query.reading.building import names_of
from assistant.query.reading.planner import Planner
from assistant.query.request import DataRequest, Having, Operator
from assistant.query.runner import RunResult
from assistant.query.semantic_model import SemanticModel
from assistant.query.table import ResultTable

DEFAULT_THRESHOLD = 10


@dataclass(slots=True)
class DataQuestions:
    """Reads without a database; answers through the runner. Safe to share between threads.

    `threshold` is the policy's: cells that stand for fewer persons are withheld.
    """

    model: SemanticModel
    runner: Runs
    threshold: int = DEFAULT_THRESHOLD
    _planner: Planner = field(init=False)
    _compiler: Compiler = field(init=False)
    _calendar: Calendar = field(init=False)
    _coverage: Coverage = field(init=False)

    def __post_init__(self) -> None:
        self._planner = Planner(self.model)
        self._compiler = Compiler(self.model)
        self._calendar = Calendar(self.model, self.runner)
        self._coverage = Coverage(self.model, self.runner)

    def read(self, question: str, day: date, previous: DataRequest | None = None) -> Reading:
        """What the question means; no database is asked."""
        return self._planner.read(question, day, previous)

    def answer(
        self, asked: str | Reading, principal: Principal, day: date, previous: DataRequest | None = None
    ) -> DataOutcome:
        """Answer a question or a reading of it. The runner's errors (refused, unavailable, timed out) pass through."""
        reading = self.read(asked, day, previous) if isinstance(asked, str) else asked
        if reading.meanings and reading.request is None and reading.status is DataStatus.ANSWERED:
            return DataOutcome(DataStatus.ANSWERED, definition_text(self.model, reading.meanings), code=reading.code)
        if reading.request is None or reading.status is not DataStatus.ANSWERED:
            return _declined(reading)
        if any(self._reveals_few(one) for one in reading.request.having):
            return _refused("data_small_threshold", limit=self.threshold)
        scoped = within_territory(self.model, reading.request, principal)
        if scoped.refused:
            return _refused("data_needs_national", places=", ".join(scoped.own))
        bound = self._calendar.bind(scoped.request, day, principal)
        if bound.empty:
            return self._no_data(bound)
        resolved = resolve_references(self.model, bound.request, lambda request: self._ask(request, principal))
        if resolved.lost:
            return _refused("data_reference_unknown")
        return self._run(reading, scoped, replace(bound, request=resolved.request), principal)

    def _ask(self, request: DataRequest, principal: Principal) -> tuple[CompiledQuery, ResultTable]:
        compiled = self._compiler.compile(request)
        return compiled, self.runner.run(compiled.expression, principal).table

    def forget_data(self) -> None:
        """The education database was replaced: ask again which periods it holds."""
        self._calendar.forget()
        self._coverage.forget()

    def _run(self, reading: Reading, scoped: Scoped, bound: Bound, principal: Principal) -> DataOutcome:
        request = bound.request
        compiled = self._compiler.compile(request)
        result = self.runner.run(compiled.expression, principal)
        table = result.table
        shown = withhold(compiled.columns, table.rows, self.threshold, already=table.suppressed > 0)
        doubtful = self._may_rank_withheld(request, shown, suppressed=table.suppressed > 0)
        if request.order is not None and request.limit is not None and not request.within:
            shown = ranked_only(shown, request.order.metric)
        narrator = Narrator(self.model, self.threshold)
        text = narrator.tell(request, shown, scoped.own)
        if scoped.narrowed:
            text = f"{self._narrowing(scoped)} {text}"
        if reading.meanings:
            text = f"{text}\n{definition_text(self.model, reading.meanings)}"
        partial = doubtful or scoped.narrowed or bool(bound.missing) or table.truncated or bool(reading.not_understood)
        return DataOutcome(
            status=DataStatus.PARTIAL if partial else DataStatus.ANSWERED,
            text=text,
            request=request,
            sql=result.sql,
            table=_table(self.model, shown, table),
            interpretation=chips(self.model, request),
            not_understood=reading.not_understood,
            notices=(
                *((message("data_unranked", groups=shown.unranked or len(shown.withheld)),) if doubtful else ()),
                *self._notices(reading, scoped, bound, shown, result, principal),
            ),
            chart=chart_of(shown.columns, _named(self.model, shown.columns, shown.rows)),
            sql_reading=sql_in_words(self.model, request),
            code="data_scope_narrowed" if scoped.narrowed else "",
        )

    def _notices(
        self, reading: Reading, scoped: Scoped, bound: Bound, shown: Shown, result: RunResult, principal: Principal
    ) -> tuple[str, ...]:
        said = [message("data_assumed", text=text) for text in reading.assumptions]
        silences = self._coverage.of(bound.request, principal)
        said += notices(self.model, bound, shown, silences, threshold=self.threshold)
        if scoped.own:
            said.append(message("data_scope", places=", ".join(scoped.own)))
        if result.table.truncated:
            said.append(message("data_truncated", rows=len(shown.rows)))
        said.append(self._calendar.origin(principal))
        return tuple(one for one in said if one)

    def _may_rank_withheld(self, request: DataRequest, shown: Shown, *, suppressed: bool) -> bool:
        """Whether groups withheld for being small might stand among those a ranking lists."""
        if request.order is None or request.limit is None or not (shown.unranked or shown.withheld):
            return False
        metric = self.model.metrics[request.order.metric]
        if not (suppressed or shown.withheld) or not (metric.about_persons or metric.is_ratio):
            return False
        ratio = metric.is_ratio or bool(request.share)
        return ratio or not request.order.descending or bool(shown.withheld)

    def _narrowing(self, scoped: Scoped) -> str:
        return message("data_scope_narrowed", own=", ".join(scoped.own), outside=", ".join(scoped.outside))

    def _reveals_few(self, one: Having) -> bool:
        """A question as "dưới 5 học sinh" would name groups that small by listing them."""
        if one.by_change or one.reference:
            return False
        below = one.operator in (Operator.LESS, Operator.AT_MOST, Operator.EQUAL)
        metric = self.model.metrics[one.metric]
        return below and metric.about_persons and not metric.is_ratio and one.value <= self.threshold

    def _no_data(self, bound: Bound) -> DataOutcome:
        request = bound.request
        label = self.model.metrics[request.metrics[0]].edu.label
        held = f"{bound.held[0]} – {bound.held[-1]}" if bound.held else "…"
        wanted = ", ".join(bound.missing) or "…"
        text = message("data_no_period", metric=label, wanted=wanted, held=held)
        return DataOutcome(
            DataStatus.NO_METRIC, text, request, interpretation=chips(self.model, request), code="data_no_period"
        )


def _declined(reading: Reading) -> DataOutcome:
    words = ", ".join(f"“{word}”" for word in reading.not_understood)
    text = message(reading.code, words=words) if reading.code else ""
    return DataOutcome(
        reading.status, text, not_understood=reading.not_understood, choices=reading.choices, code=reading.code
    )


def _refused(code: str, **values: object) -> DataOutcome:
    return DataOutcome(DataStatus.REFUSED_NOT_PERMITTED, message(code, **values), code=code)


def _table(model: SemanticModel, shown: Shown, table: ResultTable) -> ResultTable:
    """The table to show: names for codes that have no list in the database."""
    labels = tuple(column.label for column in shown.columns)
    rows = tuple(_named(model, shown.columns, shown.rows))
    return replace(table, columns=labels, rows=rows, suppressed=max(table.suppressed, len(shown.withheld)))


def _named(model: SemanticModel, columns: Sequence[Column], rows: Sequence[Row]) -> list[Row]:
    """The rows with names for codes that have no list in the database."""
    names = [model.dimensions.get(column.name) if column.role == "dimension" else None for column in columns]
    return [
        tuple(
            known.label_of(str(value)) if known is not None and known.lookup is None and value is not None else value
            for value, known in zip(row, names, strict=True)
        )
        for row in rows
    ]


def filter_names(model: SemanticModel, request: DataRequest) -> Sequence[str]:
    return [name for one in request.filters for name in names_of(model, one, request.map_version)]
