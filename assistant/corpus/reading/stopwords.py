"""Words that ask rather than say: they are rare in legal text, so their rarity there means nothing."""

from collections.abc import Sequence
from itertools import pairwise

_PHRASES = {
    "bao nhiêu", "bao lâu", "bao giờ", "thế nào", "như thế", "là gì", "ra sao", "làm sao", "tại sao", "vì sao",
    "có phải", "phải không", "hay không", "được không", "đúng không", "hay sai", "đúng hay", "cho mình", "cho em",
    "cho tôi", "xin hỏi", "muốn hỏi", "mình hỏi", "em hỏi", "tôi hỏi", "anh chị", "với ạ", "hiện nay", "bây giờ",
    "hiện hành", "giúp mình", "giúp em", "giúp tôi", "nói gì", "gồm những", "những gì", "khi nào", "ở đâu", "đi đâu",
    "cần gì", "bằng gì", "việc gì", "cái gì", "mấy môn",
}  # fmt: skip
_WORDS = {
    "ai", "gì", "nào", "đâu", "sao", "mấy", "ạ", "nhé", "nhỉ", "hả", "vậy", "thế", "thì", "là", "mà", "ơi", "à",
    "mình", "em", "tôi", "giùm", "với", "bạn", "k", "ko", "hong", "hok", "nữa", "cứ", "đó", "này", "kia", "ấy",
    "và", "của", "cho", "có", "các", "những", "được", "bị", "để", "rằng", "nhiêu", "hay", "hoặc", "ở", "từ",
    "tại", "trong", "theo", "về", "do", "vì", "nếu", "khi", "đã", "sẽ", "đang", "phải", "còn", "cũng", "rồi", "r",
    "không", "bởi", "đến", "trên", "dưới", "như", "hỏi",
}  # fmt: skip


def content_flags(words: Sequence[str]) -> list[bool]:
    """For each syllable, whether it says something; a phrase that asks says nothing as a whole."""
    flags = [word not in _WORDS for word in words]
    for place, (first, second) in enumerate(pairwise(words)):
        if f"{first} {second}" in _PHRASES:
            flags[place] = flags[place + 1] = False
    return flags
