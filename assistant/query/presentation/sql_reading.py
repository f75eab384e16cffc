"""What the SQL of a request does, said in words for somebody who does not read SQL."""

from collections.abc import Iterator

from assistant.query.presentation.chips import condition_words, dimension_words, time_words
from assistant.query.reading.building import names_of
from assistant.query.request import TIME, Comparison, DataRequest, Filter
from assistant.query.semantic_model import SemanticModel

_COMPUTED = {
    Comparison.GAP: "Chênh lệch = số thứ nhất − số thứ hai.",
    Comparison.MINUS: "Chênh lệch = chỉ tiêu thứ nhất − chỉ tiêu thứ hai.",
    Comparison.PLUS: "Cộng = chỉ tiêu thứ nhất + chỉ tiêu thứ hai.",
    Comparison.QUOTIENT: "Thương = chỉ tiêu thứ nhất ÷ chỉ tiêu thứ hai.",
}


def sql_in_words(model: SemanticModel, request: DataRequest) -> str:
    """One sentence a step: what is added up, of which rows, in which groups, in which order."""
    return " ".join(_sentences(model, request))


def _sentences(model: SemanticModel, request: DataRequest) -> Iterator[str]:
    for name in request.metrics:
        yield _metric(model, name)
    kept = [_filter(model, one, request) for one in request.filters]
    if request.time.points:
        kept.insert(0, f"{dimension_words(model, request, TIME)} {time_words(request)}")
    if kept:
        yield f"Chỉ tính các dòng có: {'; '.join(kept)}."
    if request.share:
        part = "; ".join(_filter(model, one, request) for one in request.share)
        yield f"Tử số chỉ lấy phần có {part}; mẫu số lấy tất cả; tỷ lệ = 100 × tử số ÷ mẫu số."
    if request.by:
        yield f"Gộp theo {', '.join(dimension_words(model, request, name) for name in request.by)}."
    if request.distribution:
        yield "Tỷ trọng = 100 × số của nhóm ÷ tổng các nhóm."
    if request.compare is Comparison.GROWTH:
        yield "Mức tăng, giảm = số kỳ sau − số kỳ trước."
    if request.compare in _COMPUTED:
        yield _COMPUTED[request.compare]
    if request.having:
        yield f"Chỉ giữ nhóm có {' và '.join(condition_words(model, one) for one in request.having)}."
    if request.order is not None:
        way = "cao xuống thấp" if request.order.descending else "thấp lên cao"
        where = f" trong từng {model.dimensions[request.within].label.lower()}" if request.within else ""
        yield f"Xếp từ {way}{where}{f', lấy {request.limit} dòng đầu' if request.limit else ''}."


def _metric(model: SemanticModel, name: str) -> str:
    metric = model.metrics[name]
    if metric.is_ratio:
        top, bottom = (one.edu.label.lower() for one in model.components(name))
        scale = "100 × " if metric.edu.unit == "%" else ""
        return f"{metric.edu.label} = {scale}{top} ÷ {bottom}, cộng tử số và mẫu số riêng rồi mới chia."
    return f"{metric.edu.label}: cộng từ bảng {model.dataset_of(name).source}."


def _filter(model: SemanticModel, one: Filter, request: DataRequest) -> str:
    label = model.dimensions[one.dimension].label
    words = ", ".join(names_of(model, one, request.map_version))
    return f"{label[:1].lower()}{label[1:]} {'khác ' if one.negated else ''}{words}"
