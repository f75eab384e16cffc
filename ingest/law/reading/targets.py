"""Which act an instruction speaks of: by number, or by name and day where acts have no number in citations."""

import re
from datetime import date
from typing import NamedTuple

from ingest.legal.dates import first_date
from ingest.legal.numbers import find_numbers

_LAW = r"(?:Bộ luật|Luật|Pháp lệnh)"
_NAME_END = r"(?=\s*(?:,|;|\.|:|⟦|\(|$|số\s|ngày\s|như sau|đã được|được sửa|có hiệu lực|hết hiệu lực|và các|đối với))"
_NAMED = re.compile(rf"(?<!\w){_LAW}\s+(?!này)(?P<name>[A-ZĐÀ-Ỹ][^,;.:⟦()\n]*?){_NAME_END}")
_OTHER_NAMES = re.compile(rf"\s+(?:và|hoặc|của)\s+{_LAW}\s.*$")
_DATED = re.compile(
    rf"(?<!\w)(?P<name>{_LAW}\s+(?:sửa đổi[^;:\n]{{5,240}}?|[A-ZĐÀ-Ỹ][^;:\n]{{2,160}}?))"
    r",?\s+(?P<day>(?:được .{0,60}thông qua )?ngày\s+\d{1,2}(?:\s+tháng\s+|[/.-])\d{1,2}(?:\s+năm\s+|[/.-])\d{4})"
)
_AMENDING = re.compile(
    r"^\W*(?:Luật |Bộ luật |Pháp lệnh |Thông tư |Nghị định |Quyết định |Nghị quyết )?(?:về (?:việc )?)?"
    r"(?:sửa đổi|bổ sung|bãi bỏ|đính chính|thay thế|ngưng hiệu lực)",
    re.IGNORECASE,
)


class NamedAct(NamedTuple):
    """An act cited by name; the day of issue makes it certain."""

    name: str
    issued_on: date | None
    start: int
    end: int


class Target(NamedTuple):
    number: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.number or self.name)


def dated_acts(text: str) -> list[NamedAct]:
    """Laws and ordinances cited by name and day, each from the beginning of its own name."""
    if "ngày" not in text or ("uật " not in text and "Pháp lệnh" not in text):
        return []
    found = []
    for match in _DATED.finditer(text):
        if next(find_numbers(match["name"]), None):
            continue
        name = " ".join(match["name"].split())
        if "sửa đổi" not in name:
            # "Luật A, Luật B ngày …": the day belongs to the last one named.
            start = max(name.rfind(f" {word} ") for word in ("Luật", "Bộ luật", "Pháp lệnh"))
            name = name[start + 1 :] if start >= 0 else name
        found.append(NamedAct(name, first_date(match["day"]), match.end("name") - len(name), match.end()))
    return found


def target_in(text: str) -> Target:
    """The first act that `text` (an instruction without its quotations, a heading or a title) names."""
    number = next(find_numbers(text), None)
    named = _NAMED.search(text)
    if number and (named is None or number.start <= named.end() + 8):
        return Target(number.number)
    if named:
        name = _OTHER_NAMES.sub("", named[0])
        return Target("", " ".join(name.split()))
    return Target(number.number) if number else Target()


def is_amending_title(title: str) -> bool:
    """Whether an act says in its title that changing others is what it is for."""
    return bool(_AMENDING.match(title))
