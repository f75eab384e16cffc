"""The interpretation spelt out: what, which, when, by what, on which map; each default marked."""

from collections.abc import Iterator

from assistant.query.reading.building import names_of, share_words
from assistant.query.request import TIME, WHOLE, Comparison, DataRequest, Having, TimeKind
from assistant.query.semantic_model import SemanticModel
from assistant.text import format_number

DEFAULT = " (mặc định)"
_TIME_WORDS = {TimeKind.SCHOOL_YEAR: "Năm học", TimeKind.YEAR: "Năm", TimeKind.DAY: "Ngày số liệu"}
_REFERENCES = {WHOLE: "mức chung"}
_COMPARED = {
    Comparison.DIFFERENCE: "đặt cạnh nhau", Comparison.GROWTH: "mức tăng, giảm", Comparison.GAP: "chênh lệch",
    Comparison.MINUS: "chỉ tiêu thứ nhất trừ chỉ tiêu thứ hai", Comparison.PLUS: "cộng hai chỉ tiêu",
    Comparison.QUOTIENT: "chỉ tiêu thứ nhất chia cho chỉ tiêu thứ hai",
}  # fmt: skip


def chips(model: SemanticModel, request: DataRequest) -> tuple[str, ...]:
    """One line per slot of the request."""
    return tuple(_lines(model, request))


def _lines(model: SemanticModel, request: DataRequest) -> Iterator[str]:
    yield "Chỉ tiêu: " + "; ".join(model.metrics[name].edu.label for name in request.metrics)
    if request.share:
        yield f"Tỷ lệ của: {', '.join(share_words(model, request))}"
    if request.distribution:
        yield "Tỷ trọng: từng nhóm trong tổng"
    for one in request.filters:
        label = model.dimensions[one.dimension].label
        values = ", ".join(names_of(model, one, request.map_version))
        mark = DEFAULT if one.dimension in request.defaults else ""
        yield f"{label}: {'trừ ' if one.negated else ''}{values}{mark}"
    if request.time.kind is not None:
        yield f"{_TIME_WORDS[request.time.kind]}: {time_words(request)}{DEFAULT if TIME in request.defaults else ''}"
    yield from _shape(model, request)
    if request.map_version is not None:
        yield f"Địa giới: {model.places.versions[request.map_version].label}"


def _shape(model: SemanticModel, request: DataRequest) -> Iterator[str]:
    if request.by:
        yield "Chia theo: " + ", ".join(dimension_words(model, request, name) for name in request.by)
    for one in request.having:
        yield f"Điều kiện: {condition_words(model, one)}"
    if request.order is not None:
        way = "từ cao xuống thấp" if request.order.descending else "từ thấp lên cao"
        what = "mức tăng, giảm" if request.order.by_change else model.metrics[request.order.metric].edu.label
        yield f"Sắp xếp: {what}, {way}"
    if request.limit is not None:
        yield f"Số dòng: {request.limit}{DEFAULT if 'limit' in request.defaults else ''}"
    if request.whole:
        yield "Kèm: tổng của tất cả"
    if request.together:
        yield "Cộng lại: các nhóm được nêu, so với tổng"
    if request.compare is not None:
        yield f"So sánh: {_COMPARED[request.compare]}"
    if request.average_of is not None:
        yield f"Bình quân: trên một {model.dimensions[request.average_of].label.lower()}"
    if request.within is not None:
        yield f"Xếp trong: từng {model.dimensions[request.within].label.lower()}"
    if request.count_of is not None:
        yield f"Đếm: số {model.dimensions[request.count_of].label.lower()} thỏa điều kiện"


def dimension_words(model: SemanticModel, request: DataRequest, name: str) -> str:
    """The name of a dimension, in lower case but for its abbreviations."""
    if name == TIME:
        return _TIME_WORDS[request.time.kind or TimeKind.SCHOOL_YEAR].lower()
    label = model.dimensions[name].label
    return label[:1].lower() + label[1:]


def condition_words(model: SemanticModel, one: Having) -> str:
    """As in "Số trường > 500", "Số học sinh tăng, giảm (%) > 5"."""
    changed = " tăng, giảm (%)" if one.by_rate else " tăng, giảm" if one.by_change else ""
    value = _REFERENCES.get(one.reference, "của địa phương được nêu") if one.reference else ""
    number = format_number(one.value, 0 if float(one.value).is_integer() else 2)
    limit = f"{value} ({number})" if value else number
    return f"{model.metrics[one.metric].edu.label}{changed} {one.operator.value} {limit}"


def time_words(request: DataRequest) -> str:
    """The points in time, first to last when there are many; days as people write them."""
    points = [day_words(point) if request.time.kind is TimeKind.DAY else point for point in request.time.points]
    if len(points) > 2:
        return f"{points[0]} đến {points[-1]}"
    return " và ".join(points)


def day_words(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)}/{int(month)}/{year}"
