"""How surely a question asks for figures: the share of its words that are explained, and whether it asks "how many"."""

from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.vocabulary import Sign

_CUES = (
    Sign.COUNT, Sign.TOTAL, Sign.RATIO, Sign.SHARE, Sign.STRUCTURE, Sign.AVERAGE, Sign.BY, Sign.TOP, Sign.HIGHEST,
    Sign.LOWEST, Sign.MOST, Sign.RANK, Sign.COMPARE, Sign.GROWTH, Sign.RISE, Sign.FALL, Sign.CHART, Sign.MERGER,
)  # fmt: skip
_HOW_MANY = ("bao nhiêu", "bao nhieu", "mấy")
_UNCUED, _REGULATION = 0.6, 0.4


def is_cued(parsed: Parsed) -> bool:
    """Whether the question has a word of counting, comparing or listing."""
    return any(chunk.is_sign(*_CUES) or any(word in chunk.text for word in _HOW_MANY) for chunk in parsed.chunks)


def confidence(parsed: Parsed, draft: Draft) -> float:
    """Between 0 and 1."""
    content = [
        (index, chunk.size)
        for index, chunk in enumerate(parsed.chunks)
        if not parsed.is_mark(index) and (not chunk.known or any(item.kind is not Kind.FILLER for item in chunk.items))
    ]
    total = sum(size for _, size in content) or 1
    explained = sum(size for index, size in content if index not in draft.unexplained)
    value = explained / total
    if not is_cued(parsed):
        value *= _UNCUED
    if any(chunk.is_sign(Sign.REGULATION, Sign.DEFINE) for chunk in parsed.chunks):
        value *= _REGULATION
    return round(value, 3)
