"""What a metric or a dimension means, in the words of the semantic model."""

from collections.abc import Iterator

from assistant.query.reading.defining import Meanings
from assistant.query.semantic_model import SemanticModel
from assistant.query.semantics.parts import Metric


def definition_text(model: SemanticModel, meanings: Meanings) -> str:
    """A paragraph for each thing asked about."""
    said = [f"{model.dimensions[name].label}: {model.dimensions[name].definition}" for name in meanings.dimensions]
    said += [" ".join(_metric(model, model.metrics[name])) for name in meanings.metrics]
    return "\n".join(said)


def _metric(model: SemanticModel, metric: Metric) -> Iterator[str]:
    edu, dataset = metric.edu, model.dataset_of(metric.name)
    yield f"{edu.label}: {metric.description.rstrip('.')}."
    if metric.is_ratio:
        top, bottom = (one.edu.label.lower() for one in model.components(metric.name))
        scale = "100 × " if edu.unit == "%" else ""
        yield f"Cách tính: {scale}{top} ÷ {bottom}, cộng riêng tử số và mẫu số rồi mới chia."
    if edu.unit:
        yield f"Đơn vị: {edu.unit}."
    if edu.indicator:
        yield f"Mã chỉ tiêu thống kê: {edu.indicator}."
    if edu.note:
        yield edu.note
    if dataset.edu.cutoff:
        yield f"Thời điểm số liệu: {dataset.edu.cutoff.rstrip('.')}."
    yield f"Nguồn: {(edu.source or dataset.description).rstrip('.')}."
