"""Quoted replacement text in amending acts: “Điều 5. …” inside quotation marks is not an article of the act itself."""

import re

# An act may forget a closing mark; an instruction in the act's own voice shows that the quotation is over.
_INSTRUCTION = re.compile(
    r"^(?:Điều\s+\d+[a-zđ]?\s*[.:]\s*|\d+[a-zđ]?\.\s+|[a-zđ]\d?\)\s+)"
    r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm từ|Bỏ |Đính chính|Hủy bỏ|Điều khoản thi hành|Hiệu lực thi hành"
    r"|Trách nhiệm thi hành|Tổ chức thực hiện|Điều khoản chuyển tiếp|Quy định chuyển tiếp)"
)
_ANNOUNCES = re.compile(r"[:”\"][.;]*$|sửa đổi|bổ sung|thay thế", re.IGNORECASE)
_OPENS = re.compile(r"^[“\"«]")
_OPENS_AFTER_COLON = re.compile(r"[:：]\s*[“\"«]")


class QuoteTracker:
    """Follows quotation marks over paragraphs. `inside` must be called once per paragraph, in order."""

    def __init__(self) -> None:
        self._depth = 0
        self._announced = False
        """The paragraph before was an instruction, or ended with a colon or a quotation: one may begin here."""

    @property
    def is_open(self) -> bool:
        return self._depth > 0

    def inside(self, text: str, *, in_turn: bool = False) -> bool:
        """Whether this paragraph is quoted: it continues a quotation or begins with one.

        `in_turn` says that its number is the act's own next one.
        """
        if in_turn and self._depth and _INSTRUCTION.match(text):
            self._depth = 0
        quoted = self._depth > 0 or bool(_OPENS.match(text))
        # A stray mark in running text must not swallow what follows: only an announced quotation spans paragraphs.
        if self._depth or (quoted and self._announced) or _OPENS_AFTER_COLON.search(text):
            self._depth = max(0, self._depth + _balance(text, self._depth))
        self._announced = bool(_ANNOUNCES.search(text))
        return quoted


def _balance(text: str, depth: int) -> int:
    """Marks opened less marks closed. Straight marks have no direction: an odd count changes the state."""
    curly = text.count("“") + text.count("«") - text.count("”") - text.count("»")
    if text.count('"') % 2:
        return curly + (-1 if depth + curly > 0 else 1)
    return curly
