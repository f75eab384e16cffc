"""Proof that the semantic model holds: every metric compiles by every dimension it claims, and may run."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from assistant.access.principal import Principal
from assistant.errors import QueryRefused, UpstreamError
from assistant.query.compiler import Compiler
from assistant.query.request import TIME, DataRequest, TimeKind, TimeSpan
from assistant.query.runner import Runner
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.places import NEW_MAP

_SAMPLE_POINTS = {TimeKind.SCHOOL_YEAR: "2024-2025", TimeKind.YEAR: "2025", TimeKind.DAY: "2026-06-30"}


@dataclass(frozen=True, slots=True)
class ModelFault:
    """A metric and a dimension that do not go together, and why."""

    metric: str
    dimension: str
    reason: str


def check_model(
    model: SemanticModel, runner: Runner | None = None, principal: Principal | None = None
) -> list[ModelFault]:
    """Compile every metric × allowed dimension; with a runner, put each through the guard as well."""
    compiler = Compiler(model)
    faults = []
    for request in all_requests(model):
        dimension = request.by[0] if request.by else ""
        try:
            compiled = compiler.compile(request)
            if runner is not None and principal is not None:
                runner.check(compiled.expression, principal)
        except ValueError as error:
            faults.append(ModelFault(request.metrics[0], dimension, str(error)))
        except QueryRefused as refusal:
            faults.append(ModelFault(request.metrics[0], dimension, f"{refusal.rule}: {refusal.code}"))
    return faults


@dataclass(frozen=True, slots=True)
class ModelRun:
    """How many of the model's queries were run, of how many, and which failed."""

    ran: int
    of: int
    faults: tuple[ModelFault, ...]


def run_model(model: SemanticModel, runner: Runner, principal: Principal, seconds: float | None = None) -> ModelRun:
    """Run every metric × allowed dimension; with `seconds`, as many as fit, spread evenly over the model."""
    compiler = Compiler(model)
    requests = list(all_requests(model))
    faults = []
    until = monotonic() + seconds if seconds is not None else None
    ran = 0
    for request in _spread(requests):
        if until is not None and monotonic() > until:
            break
        ran += 1
        try:
            runner.run(compiler.compile(request).expression, principal)
        except (ValueError, QueryRefused, UpstreamError) as error:
            faults.append(ModelFault(request.metrics[0], request.by[0] if request.by else "", str(error)))
    return ModelRun(ran, len(requests), tuple(faults))


def _spread(requests: list[DataRequest], strides: int = 97) -> Iterator[DataRequest]:
    """All of them, in an order that soon visits every part of the model."""
    return (requests[index] for start in range(strides) for index in range(start, len(requests), strides))


def all_requests(model: SemanticModel) -> Iterator[DataRequest]:
    """One request per metric alone, over time, and by each dimension it allows."""
    for name in model.metrics:
        time = model.time_of(name)
        span = TimeSpan(time.kind, (_SAMPLE_POINTS[time.kind],)) if time else TimeSpan()
        groups: list[tuple[str, ...]] = [(), *([(TIME,)] if time else [])]
        groups += [(one,) for one in sorted(model.dimensions_of(name)) if model.dimensions[one].groupable]
        for by in groups:
            placed = by and by[0] in (PROVINCE, REGION)
            yield DataRequest((name,), span, by=by, map_version=NEW_MAP if placed else None)
