"""Questions for a meaning: "đạt chuẩn nghĩa là gì", "sĩ số bình quân được tính thế nào"."""

from dataclasses import dataclass

from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.semantic_model import SemanticModel

MOST_MEANINGS = 3
_FIGURES = (Sign.HIGHEST, Sign.LOWEST, Sign.MOST, Sign.TOP, Sign.WHICH, Sign.GROWTH, Sign.RANK)
_HOW_MANY = ("bao nhiêu", "bao nhieu", "mấy")


@dataclass(frozen=True, slots=True)
class Meanings:
    """Names of the metrics and dimensions whose meaning is asked for; `alone`: no figure is asked beside it."""

    metrics: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    alone: bool = False

    def __bool__(self) -> bool:
        return bool(self.metrics or self.dimensions)


NO_MEANINGS = Meanings()


def meanings_of(model: SemanticModel, parsed: Parsed, drafts: list[Draft]) -> Meanings:
    """What the question wants explained; empty when it wants nothing of the kind."""
    if not any(chunk.is_sign(Sign.DEFINE) for chunk in parsed.chunks):
        return NO_MEANINGS
    # "Theo Thông tư … điều kiện xét … là gì" asks what is written; what is not wholly understood is not explained.
    strange = any(not chunk.known and any(map(str.isalnum, chunk.text)) for chunk in parsed.chunks)
    if strange or any(chunk.is_sign(Sign.REGULATION) for chunk in parsed.chunks):
        return NO_MEANINGS
    figure = any(chunk.is_sign(*_FIGURES) or any(w in chunk.text for w in _HOW_MANY) for chunk in parsed.chunks)
    dimensions = _defined(model, parsed)
    metrics = () if dimensions else drafts[0].metrics if drafts else _sharing(model, parsed)
    return Meanings(metrics[:MOST_MEANINGS], dimensions[:MOST_MEANINGS], alone=not figure)


def _defined(model: SemanticModel, parsed: Parsed) -> tuple[str, ...]:
    """Dimensions with a definition of their own whose name or value the question says."""
    said = (item.name for chunk in parsed.chunks for item in chunk.of(Kind.VALUE, Kind.DIMENSION))
    return tuple(dict.fromkeys(name for name in said if model.dimensions[name].definition))


def _sharing(model: SemanticModel, parsed: Parsed) -> tuple[str, ...]:
    """Metrics that have every term of the question in one of their phrasings."""
    terms = {item.name for chunk in parsed.chunks for item in chunk.of(Kind.TERM)}
    terms |= {chunk_word for chunk_word in ("tỷ lệ",) if any(chunk.is_sign(Sign.RATIO) for chunk in parsed.chunks)}
    return tuple(
        metric.name
        for metric in model.metrics.values()
        if terms and any(terms <= set(phrasing.split(" + ")) for phrasing in metric.edu.phrasings)
    )
