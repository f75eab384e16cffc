"""A request as a Vietnamese question that reads back to the same request: the text of a choice."""

from collections.abc import Sequence

from assistant.query.reading.building import names_of
from assistant.query.request import TIME, Comparison, DataRequest, Filter, Having, Operator, TimeKind, TimeSpan
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.places import OLD_MAP

_COMPARED = {
    Operator.MORE: "trên",
    Operator.AT_LEAST: "không dưới",
    Operator.LESS: "dưới",
    Operator.AT_MOST: "không quá",
    Operator.EQUAL: "bằng",
}


def restate(model: SemanticModel, request: DataRequest) -> str:
    """Say `request` in words the reader knows; defaults stay unsaid."""
    said = [one for one in request.filters if one.dimension not in request.defaults]
    words = filter_words(model, said, request.map_version)
    parts = [_subject(model, request), *words]
    shown = [name for name in request.by if name != TIME]
    if shown and request.order is None and not request.distribution:
        parts.append("theo " + ", theo ".join(_dimension(model, name) for name in shown))
    parts += [_threshold(model, one) for one in request.having if _is_sayable(one)]
    time = "" if TIME in request.defaults else _time(request.time)
    return ", ".join(part for part in (*parts, time) if part)


def unsaid(request: DataRequest) -> tuple[str, ...]:
    """What `restate` has no words for."""
    computed = {
        Comparison.GROWTH: "mức tăng, giảm",
        Comparison.GAP: "chênh lệch",
        Comparison.MINUS: "chênh lệch",
        Comparison.QUOTIENT: "chia cho nhau",
    }
    parts = [
        computed.get(request.compare) if request.compare is not None else None,
        "thứ hạng" if request.rank_of else None,
        "ngưỡng" if not all(map(_is_sayable, request.having)) else None,
    ]
    return tuple(part for part in parts if part)


def _is_sayable(one: Having) -> bool:
    return not (one.by_change or one.by_rate or one.reference)


def _threshold(model: SemanticModel, one: Having) -> str:
    """As in "không dưới 3", "dưới 99%"."""
    sign = "%" if model.metrics[one.metric].edu.unit == "%" else ""
    return f"{_COMPARED[one.operator]} {one.value:g}".replace(".", ",") + sign


def _subject(model: SemanticModel, request: DataRequest) -> str:
    metrics = [_metric(model, name) for name in request.metrics if not _is_companion(model, request.metrics, name)]
    subject = " và ".join(metrics)
    if request.share:
        part = ", ".join(filter_words(model, request.share, request.map_version))
        return f"tỷ lệ {part} trong tổng {subject}"
    shown = next((name for name in request.by if name != TIME), None)
    if request.distribution and shown:
        return f"cơ cấu {subject} theo {_dimension(model, shown)}"
    if request.order is not None and shown:
        best = "nhiều nhất" if request.order.descending else "ít nhất"
        many = f"top {request.limit} " if request.limit and request.limit > 1 else ""
        which = "" if many else " nào"
        return f"{many}{_dimension(model, shown)}{which} có {subject} {best}"
    return subject


def _metric(model: SemanticModel, name: str) -> str:
    metric = model.metrics[name]
    words = metric.edu.phrasings[0].replace(" + ", " ")
    return words if metric.is_ratio else f"số {words}"


def _is_companion(model: SemanticModel, metrics: Sequence[str], name: str) -> bool:
    return any(model.metrics[other].edu.companion == name for other in metrics if other != name)


def _dimension(model: SemanticModel, name: str) -> str:
    return {PROVINCE: "tỉnh", REGION: "vùng"}.get(name, model.dimensions[name].label.lower())


def filter_words(model: SemanticModel, filters: Sequence[Filter], version: str | None) -> list[str]:
    """Each filter in words."""
    said = []
    for one in filters:
        names = names_of(model, one, version)
        if one.dimension == PROVINCE and version == OLD_MAP:
            names = [f"{name} cũ" if _grew(model, name) else name for name in names]
        if one.operator is not None:
            said.append(f"sĩ số {names[0]}")
        else:
            said.append(("không " if one.negated else "") + " và ".join(names))
    return said


def _grew(model: SemanticModel, name: str) -> bool:
    """Whether the province kept its name and took in others."""
    return model.places.provinces[name].new is not None and len(model.places.parts_of(name)) > 1


def _time(span: TimeSpan) -> str:
    if span.points:
        word = "năm học" if span.kind is TimeKind.SCHOOL_YEAR else "năm" if span.kind is TimeKind.YEAR else "ngày"
        return f"{word} {' và '.join(span.points)}"
    if span.until:
        year, month, day = span.until.split("-")
        return f"đến ngày {day}/{month}/{year}"
    if span.since:
        return f"từ năm {span.since} đến nay"
    if span.every:
        return "qua các năm"
    return f"{span.last} năm gần đây" if span.last > 1 else "hiện nay"
