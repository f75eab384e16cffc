"""What a reader must know beside the figure: cut-off day, base, missing reports, map, withheld cells."""

from collections.abc import Iterator, Sequence

from assistant.messages import message
from assistant.query.preparation.calendar import Bound
from assistant.query.preparation.coverage import Silence
from assistant.query.presentation.chips import day_words
from assistant.query.presentation.suppression import Shown
from assistant.query.request import DataRequest, TimeKind
from assistant.query.semantic_model import SemanticModel
from assistant.query.semantics.parts import MetricEdu
from assistant.query.semantics.places import NEW_MAP

_MOST_NAMED = 8
_PERIODS = {"DN": "data_period_start", "CN": "data_period_end"}


def notices(
    model: SemanticModel, bound: Bound, shown: Shown, silences: Sequence[Silence], *, threshold: int
) -> list[str]:
    """Sentences for this answer, most important first."""
    request = bound.request
    said = []
    if bound.moved is not None:
        said.append(message("data_moved", wanted=bound.moved[0], used=bound.moved[1]))
    if bound.missing:
        said.append(message("data_points_missing", points=", ".join(bound.missing)))
    said += [_silence(one) for one in silences]
    if shown.withheld:
        said.append(message("data_withheld", cells=len(shown.withheld), limit=threshold))
    if shown.missing and not silences:
        said.append(message("data_not_reported", institutions=shown.missing))
    said += [note for name in request.metrics if (note := model.metrics[name].edu.note)]
    said += [text for name in request.metrics for text in _remarks(model.metrics[name].edu, request.time.points)]
    if request.map_version is not None:
        said.append(message("data_map", label=model.places.versions[request.map_version or NEW_MAP].label))
    said.append(_cutoff(model, request))
    return said


def _silence(one: Silence) -> str:
    named = ", ".join(one.silent[:_MOST_NAMED]) + ("…" if len(one.silent) > _MOST_NAMED else "")
    return message("data_silent", point=one.point, silent=len(one.silent), total=one.total, names=named)


def _remarks(edu: MetricEdu, points: Sequence[str]) -> Iterator[str]:
    """Breaks the shown years lie on both sides of, and other figures published for a shown year."""
    for point, text in edu.breaks.items():
        if points and points[0] < point <= points[-1]:
            yield message("data_break", point=point, text=text)
    for point, text in edu.published.items():
        if point in points:
            yield message("data_published", point=point, text=text)


def _cutoff(model: SemanticModel, request: DataRequest) -> str:
    """The day the figures hold for."""
    metric = model.metrics[request.metrics[0]]
    source = metric.edu.source or model.dataset_of(metric.name).description
    if request.time.kind is TimeKind.DAY and request.time.points:
        return message("data_snapshot", day=day_words(request.time.points[-1]), source=source)
    period = request.filter_on("period")
    if period is not None and len(period.values) == 1:
        return message(_PERIODS[period.values[0]], source=source)
    return message("data_source", source=source)
