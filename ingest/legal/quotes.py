"""Quoted replacement text in amending acts: “Điều 5. …” inside quotation marks is not an article of the act itself."""

import re
from collections.abc import Iterable

# An act may forget a closing mark; an instruction in the act's own voice shows that the quotation is over.
_INSTRUCTION = re.compile(
    r"^(?:Điều\s+\d+[a-zđ]?\s*[.:]\s*|\d+[a-zđ]?\.\s+|[a-zđ]\d?\)\s+)"
    r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm từ|Bỏ |Đính chính|Hủy bỏ|Điều khoản thi hành|Hiệu lực thi hành"
    r"|Trách nhiệm thi hành|Tổ chức thực hiện|Điều khoản chuyển tiếp|Quy định chuyển tiếp)"
)
_ARTICLE = re.compile(r"^(?:Điều|ĐIỀU)\s+\d")
_ANNOUNCES = re.compile(r"[:”\"][.;]*$|sửa đổi|bổ sung|thay thế", re.IGNORECASE)
_OPENS = re.compile(r"^[“\"«]")
_OPENS_AFTER_COLON = re.compile(r"[:：]\s*[“\"«]")


class QuoteTracker:
    """Follows quotation marks over paragraphs. `inside` must be called once per paragraph, in order."""

    def __init__(self) -> None:
        self._depth = 0
        self._is_closed = True
        """Whether the open quotation has a closing mark further down: acts do forget one."""
        self._announced = False
        """The paragraph before was an instruction, or ended with a colon or a quotation: one may begin here."""

    @property
    def is_open(self) -> bool:
        return self._depth > 0

    def inside(self, text: str, *, in_turn: bool = False, rest: Iterable[str] = ()) -> bool:
        """Whether this paragraph is quoted: it continues a quotation or begins with one.

        `in_turn` says that its number is the act's own next one; `rest` are the paragraphs that follow.
        """
        if in_turn and self._depth and (_INSTRUCTION.match(text) or (not self._is_closed and _ARTICLE.match(text))):
            self._depth = 0
        was_open = self.is_open
        quoted = self._depth > 0 or bool(_OPENS.match(text))
        # A stray mark in running text must not swallow what follows: only an announced quotation spans paragraphs.
        if self._depth or (quoted and self._announced) or _OPENS_AFTER_COLON.search(text):
            self._depth = max(0, self._depth + _balance(text, self._depth))
        if self._depth and not was_open:
            self._is_closed = _closes(self._depth, rest)
        self._announced = bool(_ANNOUNCES.search(text))
        return quoted


def _closes(depth: int, rest: Iterable[str]) -> bool:
    for text in rest:
        depth += _balance(text, depth)
        if depth <= 0:
            return True
    return False


def _balance(text: str, depth: int) -> int:
    """Marks opened less marks closed. Straight marks have no direction: an odd count changes the state."""
    curly = text.count("“") + text.count("«") - text.count("”") - text.count("»")
    if text.count('"') % 2:
        return curly + (-1 if depth + curly > 0 else 1)
    return curly
