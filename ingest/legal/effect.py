"""When a document says it takes effect and ends, and who signed it."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from ingest.legal.dates import first_date

_ACT = (
    r"(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Quy chế|Quy định"
    r"|Kế hoạch)"
)
_WHEN = r"(?P<when>(?:kể )?(?:từ|sau) ngày .{0,80}|(?:kể )?từ ngày .{0,80}|từ \d.{0,60})"
# The act speaks of itself at the start of a line; "khoản 2 … của Luật này có hiệu lực từ …" is a stage of it.
_BEGINS = (
    rf"^(?:\d+\.\s*|[a-zđ]\)\s*|Điều\s+\d+[a-zđ]?\s*[.:][^\n]{{0,80}}?)?"
    rf"{_ACT} này\s*(?:bắt đầu )?có hiệu lực(?: thi hành)?\s*"
)
_EFFECT = re.compile(rf"{_BEGINS}{_WHEN}", re.MULTILINE)
_AFTER_SIGNING = re.compile(
    rf"{_BEGINS}sau\s+(?P<days>\d{{1,3}})\s+ngày\s*,?\s*(?:kể\s+)?từ ngày (?:ký|ban hành|được thông qua)", re.MULTILINE
)
_ON_ISSUE = re.compile(r"ngày (?:ký|ban hành|được Quốc hội|Quốc hội|được thông qua)")
_UNTIL = re.compile(
    rf"{_ACT} này (?:có hiệu lực|được thực hiện)[^\n]{{0,120}}?đến (?:hết )?ngày (?P<day>[^\n]{{5,40}})"
)
_PASSED = re.compile(rf"{_ACT} này (?:đã )?được .{{0,120}}?thông qua (?P<day>ngày .{{10,30}})")
_SIGNED = re.compile(r"\((?:Đã ký|đã ký)\)[\s|]*(?P<rest>[^\n]{0,80}(?:\n[^\n]{0,60})?)")
_POST = re.compile(
    r"(?:BỘ TRƯỞNG|THỦ TƯỚNG|CHỦ TỊCH|HIỆU TRƯỞNG|GIÁM ĐỐC|THỨ TRƯỞNG|CỤC TRƯỞNG|VỤ TRƯỞNG)[ A-ZĐÀ-Ỹ]*"
    r"(?P<rest>[^\n]{0,60})"
)


class Effect(NamedTuple):
    effective_from: date | None
    effective_to: date | None


def read_effect(text: str, issued_on: date | None) -> Effect:
    """What the act says of itself; a day it does not name is None."""
    match = _EFFECT.search(text)
    begins = None
    if match:
        begins = issued_on if _ON_ISSUE.search(match["when"][:40]) else first_date(match["when"].split(",")[0])
    later = _AFTER_SIGNING.search(text) if begins is None and issued_on else None
    if later and issued_on:
        begins = issued_on + timedelta(days=int(later["days"]))
    until = _UNTIL.search(text)
    return Effect(begins, first_date(until["day"]) if until else None)


def passed_on(text: str) -> date | None:
    """The day the National Assembly passed a law or resolution."""
    match = _PASSED.search(text)
    return first_date(match["day"]) if match else None


def read_signer(text: str) -> str:
    """The name under the signature: two to five words, each with a capital."""
    for pattern in (_SIGNED, _POST):
        for match in pattern.finditer(text):
            name = person_name(match["rest"])
            if name:
                return name
    return ""


def person_name(text: str) -> str:
    """The personal name that `text` begins with, if any."""
    words: list[str] = []
    for word in text.strip(" |\n").split():
        if not (word.isalpha() and word.istitle()):
            break
        words.append(word)
    return " ".join(words) if 2 <= len(words) <= 5 else ""
