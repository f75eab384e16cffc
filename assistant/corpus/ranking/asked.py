"""What kind of thing a question asks for (a number, a day, an office …), and whether a text says one.

Of two provisions with the same words, the one that states a number answers "bao nhiêu" and the other does not.
"""

import re
from dataclasses import dataclass

from assistant.text import fold, nfc

_HOW_MANY = r"(?:bao nhieu|bn|may)"
_OFFICE = r"(?:hieu truong|giam doc|chu tich|bo truong|truong phong|so|bo|xa|huyen|tinh|phong|truong)"
_NUMERAL = r"(?:\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
# What is asked, folded → what a text that answers holds, in small letters.
_KINDS = (
    (rf"%|\bphan tram\b|\bt[iy] le\b.*\b(?:{_HOW_MANY}|muc)\b", r"\d\s?%|phần trăm"),
    (rf"\b(?:ho tro|tro cap|phu cap|hoc bong|thu lao|boi duong)\b.*\b{_HOW_MANY}(?= (?:1|mot|moi|vay|a|the|thi)\b|\W*$)"
     rf"|\b(?:tien|dong|luong|kinh phi|muc (?:chi|thu|phat|ho tro|huong))\b.*\b{_HOW_MANY}\b"
     rf"|\b{_HOW_MANY}\b.*\b(?:tien|dong)\b|\bmuc (?:chi|thu|phat|ho tro|huong)\b",
     r"\d[\d.]*\s?(?:đồng|triệu|nghìn)|lần mức lương|mức lương cơ sở|\d\s?%"),
    (rf"\b{_HOW_MANY}\b|\b(?:toi da|toi thieu|it nhat|nhieu nhat|khong qua)\b.*\b(?:nao|gi)\b",
     rf"(?<!điều )(?<!khoản )(?<!số )(?<!ngày )(?<!tháng )(?<!năm )(?<![\d/.]){_NUMERAL}[\d.,]*(?![\d/]|\s*$)\b"),
    (r"\b(?:khi nao|ngay nao|thang nao|nam nao|bao gio|thoi han|bao lau|han (?:nop|gui|chot|cuoi)|ngay may|thang may"
     r"|truoc ngay|thu may|cham nhat|may ngay|bao nhieu ngay)\b",
     r"ngày \d|tháng \d|trước ngày|chậm nhất|thời hạn|\d+ (?:ngày|tháng|năm|giờ)|kể từ|đến hết|cuối (?:năm|tháng)"
     r"|vĩnh viễn|lâu dài|không thời hạn"),
    (r"\b(?:ai|co quan nao|don vi nao|cap nao|tham quyen|nguoi nao)\b"
     rf"|\b{_OFFICE}\b(?: \w+){{0,5}} hay (?:la |do |o )?{_OFFICE}\b",
     r"(?:hiệu trưởng|giám đốc|chủ tịch|bộ trưởng|thủ trưởng|người đứng đầu|[uủ][yỷ] ban nhân dân|sở giáo dục"
     r"|bộ giáo dục|hội đồng|cơ quan)[^.;\n]{0,120}(?:quyết định|phê duyệt|thành lập|ký|cấp|bổ nhiệm|ban hành|cử"
     r"|chịu trách nhiệm|tổ chức|thẩm định|xác nhận|công nhận|cho phép|chủ trì|tuyển dụng)"),
)  # fmt: skip
_READ = tuple((re.compile(asks), re.compile(says)) for asks, says in _KINDS)
_STATES = re.compile(r"\bdung hay sai\b|\bdung (?:khong|k|ko)\b")
_COUNTED = re.compile(r"\b(?:bao nhiêu|bn|mấy) (%|\w+)")
_WITH_WORD = 0.5


@dataclass(frozen=True, slots=True)
class AskedFor:
    """`says`: one pattern for each kind that is asked; `counted`: a number before the word that was asked to count."""

    says: tuple[re.Pattern[str], ...] = ()
    counted: re.Pattern[str] | None = None

    def found_in(self, text: str) -> float:
        """0–1.5: the share of what is asked that the text (in small letters) has, more where it counts that thing."""
        if not self.says:
            return 0.0
        share = sum(says.search(text) is not None for says in self.says) / len(self.says)
        return share + (_WITH_WORD if self.counted and self.counted.search(text) else 0.0)


NOTHING_ASKED = AskedFor()


def asked_for(question: str) -> AskedFor:
    """Read from a question with its diacritics."""
    folded = " ".join(fold(question).split())
    if _STATES.search(folded):
        return AskedFor()
    says = tuple(says for asks, says in _READ if asks.search(folded))
    counted = _COUNTED.search(" ".join(nfc(question).casefold().split()))
    word = re.compile(rf"{_NUMERAL}\s*(?:\([^)]*\)\s*)?{re.escape(counted[1])}") if says and counted else None
    return AskedFor(says, word)
