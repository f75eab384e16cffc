"""The direct answer: the one sentence of a quote that says the number, the day, the permission or the office asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.quoting import Weights, carried_by, worth
from assistant.conversations.answer import Citation
from assistant.text import fold, match_form

_ENOUGH = 0.45
"""Share of what the whole quote carries that the sentence must carry by itself."""
_SHORTER = 0.7
# A label belongs to what follows it on its line: "a) Hỗ trợ tiền ăn: mỗi tháng 936.000 đồng".
_SENTENCE_END = re.compile(r"(?<=[.;])\s+|\n+")
# What is asked → what a sentence that answers must hold. The first that is asked decides.
_KINDS = (
    (r"\b(khi nao|ngay nao|thang nao|nam nao|bao gio|thoi han|bao lau|han (nop|gui|chot))\b",
     r"\b(ngày|tháng|năm|tuần|giờ|quý|vĩnh viễn|lâu dài|không thời hạn)\b"),
    (r"\b(bao nhieu|bn|may|muc (luong|thu|phat|chi|ho tro)|toi da|toi thieu|ty le|ti le)\b",
     r"\d|\b(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nửa)\b"),
    (r"\b(ai|co quan nao|don vi nao|cap nao|tham quyen|nguoi nao)\b",
     r"\b(bộ trưởng|giám đốc|chủ tịch|hiệu trưởng|thủ trưởng|chính phủ|ủy ban|sở|bộ|hội đồng|người đứng đầu)\b"),
    (r"\b(co (duoc|dc|phai|bat buoc|can)|duoc khong|duoc k|phai khong|dung khong)\b|\b(khong|ko|k)\W*$",
     r"\b(được|không|phải|cấm|bắt buộc)\b"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Direct:
    """Words of the quote, unchanged, and the number of the citation they stand in."""

    sentence: str
    citation: int


def direct_answer(question: str, citations: Sequence[Citation], weights: Weights) -> Direct | None:
    """The sentence to show first; None where no sentence alone says what was asked, or the quote is short anyway."""
    needed = _wanted(question)
    if needed is None or not citations:
        return None
    quote = citations[0].quote
    sentences = [one.strip() for one in _SENTENCE_END.split(quote) if one.strip()]
    fitting = [one for one in sentences if needed.search(match_form(one)) and len(one) <= _SHORTER * len(quote)]
    if not fitting:
        return None
    # What the first line names, all that follows is about.
    title = carried_by(quote.partition("\n")[0], weights)

    def carries(sentence: str) -> float:
        return round(worth(carried_by(sentence, weights) | title, weights), 6)

    best = max(fitting, key=lambda one: (carries(one), worth(carried_by(one, weights), weights), -len(one)))
    if worth(carried_by(best, weights), weights) < max(_ENOUGH * worth(carried_by(quote, weights), weights), 0.01):
        return None
    return Direct(best, 1)


def _wanted(question: str) -> re.Pattern[str] | None:
    folded = " ".join(fold(question).split())
    return next((re.compile(holds) for asks, holds in _KINDS if re.search(asks, folded)), None)
