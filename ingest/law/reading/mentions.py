"""Acts as sentences name them: by number, by name and day, or by name alone; and the places of them that are meant."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ingest.law.reading.law_names import LAW_NAMES
from ingest.law.reading.places import find_places
from ingest.law.reading.targets import NamedAct, dated_acts
from ingest.legal.numbers import find_numbers

KIND = (
    r"(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên (?:tịch|bộ|ngành))?|Chỉ thị|Công văn"
    r"|Quy chế|Quy định|Kế hoạch)"
)
_BASIS_NAME = re.compile(
    r"^\W*Căn cứ\s+(?:vào\s+)?(?P<name>(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh)\s[^,;.\n]{3,160})[;,.]?\s*$"
)
_FIRST_BASIS = re.compile(r"\W*Căn cứ\s+(?:vào\s+)?")
_MAX_AFTER_NAME = 12
_LAW = r"(?:Bộ [Ll]uật|Luật|Pháp lệnh)"
_KNOWN = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in LAW_NAMES)
_STOP = (
    r"(?:và|hoặc|hay|này|đó|kia|khác|về|tại|theo|được|có|để|khi|thì|cho|trên|năm|ngày|số|đã|do|với|đối|của|như|mà|trong"
    r"|thuộc|đến|không|phải|hết|nêu|sửa đổi|hiện hành|còn|từ|là|nhưng|bao gồm|nói|gồm|quy định|ban hành|hướng dẫn|nhằm"
    r"|sau|trước|liên quan|chỉ|chi tiết|ở|bằng|cũng|sẽ|vào|cùng|tiếp tục|đang|chưa|bị)(?!\w)"
)
# A name that is not known begins with a capital and ends before a word that no name holds.
_OTHER = rf"(?!{_STOP})[A-ZĐÀ-Ỹ][^\W\d]*(?: (?!{_STOP})[^\W\d]+){{0,6}}"
_BARE = re.compile(
    rf"(?<![\w”])(?<!học )(?<!ngành )(?<!dự án )(?P<name>{_LAW} (?:sửa đổi, bổ sung (?:một số|các) điều của {_LAW} )?"
    rf"(?:(?i:{_KNOWN})(?!\w)|{_OTHER}))|(?<!\w)(?P<constitution>Hiến pháp)(?!\w)"
)
# "Điều 4, 5 và 6" is one run of words for three units.
# What is no act, or names one once more: "Mẫu số 04/TSC-MSTT", "(sau đây gọi tắt là Nghị định số …)".
_FORM = re.compile(
    r"(?:mẫu|biểu|phụ lục|bảng|hình|ký hiệu)(?: số)?:?\s*$"
    rf"|\(sau đây (?:được )?(?:gọi|viết)[^()]*là\s+(?:{KIND}\s+)?(?:số\s+)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"^\s*(?:(?:,|;|và|hoặc|,\s*và)?\s*(?:các\s+)?"
    r"|(?:điều|khoản|điểm)\s+(?:(?:từ|đến|hết|và|điều|khoản|\d+[a-zđ]?|[a-zđ]\d?)(?:[\s,]+|$))*)$",
    re.IGNORECASE,
)
_TO_ACT = re.compile(
    r"^\s*,?\s*(?:và\s+(?:hướng dẫn|biện pháp)\s+(?:thi hành|thực hiện)\s+)?"
    r"(?:của|tại|trong|thuộc|ban hành kèm theo)?\s*"
    r"(?:(?:Quy chế|Quy định|Điều lệ|Chương trình|Chuẩn|Danh mục)"
    rf"[^.;]{{0,160}}?ban hành (?:kèm )?theo\s+)?(?:các\s+)?(?:{KIND}\s+)?(?:liên tịch\s+)?"
    r"(?:(?:Luật|Bộ luật|Pháp lệnh)\s(?:(?!này\b|Luật\b)[^.;]){2,60}\s)?(?:số\s+)?$",
    re.IGNORECASE,
)


class Act(NamedTuple):
    """An act as a sentence names it."""

    number: str
    name: str
    issued_on: date | None
    start: int
    end: int


def find_acts(text: str) -> list[Act]:
    """Every act named in `text`, in order; one named in several ways is one."""
    found = [
        Act(mention.number, "", None, mention.start, mention.end)
        for mention in find_numbers(text)
        if not _FORM.search(text[max(0, mention.start - 60) : mention.start])
    ]
    found += [Act("", act.name, act.issued_on, act.start, act.end) for act in _dated_acts(text) if _free(act, found)]
    found += [act for act in _bare_acts(text) if _free(act, found)]
    return sorted(found, key=lambda act: act.start)


def basis_acts(line: str) -> list[Act]:
    """ "Căn cứ Luật Tổ chức Chính phủ;": the whole clause is the name. A law in the title of an act is no basis."""
    found = find_acts(line)
    named = [act for act in found if act.number or act.issued_on or _FIRST_BASIS.fullmatch(line[: act.start])]
    match = None if any(act.number or act.issued_on for act in found) else _BASIS_NAME.match(line)
    if match is None:
        return named or found
    return [Act("", " ".join(match["name"].split()), None, match.start("name"), match.end("name"))]


def places_of(text: str, act: Act, floor: int) -> list[str]:
    """The paths of the units of `act` that stand right before its name, after `floor`: "Điều 4, Điều 5 của …"."""
    segment = text[floor : act.start]
    found: list[str] = []
    end, joins = len(segment), _TO_ACT
    for each in reversed(find_places(segment)):
        if not joins.match(segment[each.end : end]):
            break
        inner = bool(found) and found[-1].endswith(f" {each.place.path}")
        outer = bool(found) and each.place.path.endswith(f" {found[-1]}") and "," in segment[each.end : end]
        if outer:
            found.pop()  # "khoản 1, Điều 3" is one address, though two of them may be written so
        if not inner:
            found.append(each.place.path)
        end, joins = each.start, _BETWEEN
    return [path for path in found[::-1] if path]


def _dated_acts(text: str) -> Iterator[NamedAct]:
    """Names with a day right after them; a day further on in the sentence is not the act's."""
    for act in dated_acts(text):
        bare = next((match for match in _BARE.finditer(act.name) if match.start() == 0), None)
        if (
            bare is None
            or len(act.name) - bare.end() <= _MAX_AFTER_NAME
            or act.name[bare.end() :].startswith((",", " và "))
        ):
            yield act


def _bare_acts(text: str) -> Iterator[Act]:
    if "uật " not in text and "Pháp lệnh" not in text and "Hiến pháp" not in text:
        return
    for match in _BARE.finditer(text):
        name = " ".join((match["name"] or match["constitution"]).split())
        numbered = next(find_numbers(text[match.end() : match.end() + 40]), None)
        if numbered and re.fullmatch(r"\s*số\s+", text[match.end() : match.end() + numbered.start]):
            continue  # "Luật Giáo dục số 43/2019/QH14" is named by its number
        yield Act("", name, None, match.start(), match.end())


def _free(act: NamedTuple, others: Sequence[Act]) -> bool:
    start, end = act[-2], act[-1]
    return not any(start < other.end and other.start < end for other in others)
