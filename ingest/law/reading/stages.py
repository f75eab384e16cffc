"""Days that differ within one act: staged effect, suspended provisions, and who stays under the old rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.corpus.law.amendment import Place
from ingest.law.reading.places import find_places, merged
from ingest.law.reading.quotations import mask
from ingest.legal.dates import find_dates, first_date

_ACT = r"(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Quy chế|Quy định)"
_STAGE = re.compile(
    r"(?:^|(?<=[.;])\s|,\s*(?:trừ|riêng)\s+)(?P<what>[^.;\n]*?)\s+(?:được\s+)?(?:có hiệu lực|áp dụng|thực hiện)"
    r"(?:\s+thi hành)?\s*(?:kể\s+)?(?:từ|sau)\s+(?P<when>(?:ngày\s+)?\d[^,;\n]{0,60})",
    re.MULTILINE | re.IGNORECASE,
)
_OWN_EFFECT = re.compile(rf"^{_ACT} này\s*$", re.IGNORECASE)
_THIS_ACT = re.compile(rf"{_ACT}\s+này", re.IGNORECASE)
_PARTIAL = re.compile(r"(?:quy định|nội dung|cụm từ|⟦\d+⟧)\s*(?:[^,;]*?\s)?(?:tại|của)\s*(?:các\s+)?$", re.IGNORECASE)
_LABEL = re.compile(r"^\s*(?:Điều\s+\d+[a-zđ]?[.:]?\s*|\d+[a-zđ]?\.\s*|[a-zđ]\)\s*)+")
_RETROACTIVE = re.compile(
    r"(?:áp dụng|tính|được hưởng|thực hiện|hiệu lực trở về trước)[^.;\n]{0,60}?(?:kể )?từ ngày", re.I
)
_TRANSITION = re.compile(
    r"(?:tiếp tục (?:được )?(?:thực hiện|áp dụng|có giá trị|thụ lý|giải quyết|học|đào tạo|tổ chức)"
    r"|(?:khóa|khoá) (?:tuyển sinh|đào tạo|học)[^.;\n]{0,60}trước|năm học \d{4}\s*[-–]\s*\d{4}"
    r"|được thực hiện theo lộ trình|theo lộ trình sau)",
    re.IGNORECASE,
)
_MAX_NOTE = 400


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the act with a day of its own. `partial`: only something said there, which has no address."""

    place: Place
    effective_from: date
    partial: bool


def read_stages(lines: list[str]) -> list[Stage]:
    """The parts of an act that take effect on another day than the act itself."""
    found: list[Stage] = []
    for line in lines:
        if "từ" not in line or ("hiệu lực" not in line and "áp dụng" not in line):
            continue
        text = mask(line).text
        for match in _STAGE.finditer(text):
            found.extend(_stage(match["what"], match["when"], text))
    return found


def _stage(what: str, when: str, line: str) -> Iterator[Stage]:
    words = _LABEL.sub("", what).strip()
    day = first_date(when)
    own = _THIS_ACT.search(line) is not None or "này" not in line
    if day is None or _OWN_EFFECT.match(words) or not own:
        return
    for each in find_places(words):
        if each.number or not (each.place.article or each.place.group):
            continue
        partial = bool(_PARTIAL.search(words[: each.start]))
        yield Stage(merged(each.place, Place()), day, partial)


def read_notes(lines: list[str]) -> list[str]:
    """Sentences that keep some persons, courses or school years under other rules: notes, not intervals."""
    return [
        _LABEL.sub("", line)[:_MAX_NOTE]
        for line in lines
        if _TRANSITION.search(line) and (next(find_dates(line), None) or "hiệu lực" in line or "năm học" in line)
    ]


def covers(stage: Stage, source: Place) -> bool:
    """Whether the unit at `source` lies in the part that has its own day."""
    place = stage.place
    if place.article:
        same = place.article == source.article and (not place.clause or place.clause == source.clause)
        return same and (not place.point or place.point == source.point)
    return False
