"""The figures that may be asked for, told in words."""

from dataclasses import dataclass

from assistant.query.semantic_model import SemanticModel
from assistant.text import fold


@dataclass(frozen=True, slots=True)
class MetricHead:
    """A figure: what it is called, means and is counted in, and by what it can be divided."""

    name: str
    label: str
    description: str
    unit: str
    dimensions: tuple[str, ...]
    legal_basis: str


def list_metrics(model: SemanticModel, contains: str = "") -> list[MetricHead]:
    """Every figure whose name holds those words, with marks or without."""
    wanted = fold(contains).split()
    return [
        MetricHead(
            metric.name,
            metric.edu.label,
            metric.description,
            metric.edu.unit,
            tuple(sorted(model.dimensions[name].label for name in model.dimensions_of(metric.name))),
            model.legal_basis(metric.name),
        )
        for metric in model.metrics.values()
        if all(word in fold(f"{metric.edu.label} {metric.description}") for word in wanted)
    ]
