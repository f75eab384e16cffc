"""How far a verb reaches: the part of the next act it governs, all of it, or that it does not reach so far."""

import re

from ingest.law.reading.mentions import KIND as _KIND

SOME_PART = "một phần"
# What may stand between the verb (or a list mark) and a number that is meant as a whole.
_WHOLE = re.compile(
    rf"^[\s:|“\"]*(?:toàn bộ\s+)?(?:các\s+|văn bản sau\S*\s+)?(?:{_KIND}\s+)?(?:liên tịch\s+)?"
    r"(?:số\s+)?(?:liên tịch\s+)?$",
    re.IGNORECASE,
)
# "Luật Bảo vệ, chăm sóc và giáo dục trẻ em số …": the name stands before the number and says nothing else.
_LAW_NAME = re.compile(rf"(?:Luật|Bộ luật|Pháp lệnh)\s(?:(?!{_KIND}\b|sửa đổi\b)[^;:.()]){{2,90}}?\ssố\s*$")
_PLACE = (
    r"(?:điểm\s+[a-zđ]\d?|khoản\s+\d+[a-zđ]?|Điều\s+\d+[a-zđ]?|(?:Chương|Mục|Phần|Phụ lục|Mẫu số)\s+[IVXLC\d]+)(?!\w)"
)
_PART = re.compile(rf"(?:{_PLACE}(?:[\s,;]|và\s)*)+|một số (?:điều|Điều|điểm|khoản|nội dung|quy định)|[Cc]ụm từ")
_LISTED_PART = re.compile(
    rf"(?:[,;]\s*(?:và\s+)?|\svà\s+)(?P<part>(?:{_PLACE}(?:[\s,]|và\s)*)+)(?:của\s+)?{_KIND}\s+"
    r"(?:liên tịch\s+)?số\s*$"
)
# "Bãi bỏ Quy chế tuyển sinh ban hành kèm theo Quyết định số …": what the act issued is meant, by its name.
_ISSUED = re.compile(
    r"^[\s:]*(?P<part>Quy chế|Quy định|Điều lệ|Nội quy|Chương trình|Chuẩn|Tiêu chuẩn|Danh mục|Quy trình|Khung)\b"
    rf"(?:(?!{_KIND}\b)[^;:]){{0,200}}?ban hành (?:kèm )?theo\s+{_KIND}\s+(?:liên tịch\s+)?số\s*$"
)
_DESCRIPTION = re.compile(
    r"(?:sửa đổi|bổ sung|hướng dẫn|quy định|thi hành|ban hành|căn cứ|theo|thực hiện|về)\b", re.IGNORECASE
)
_PART_OF_EACH = re.compile(r"^\s*(?:[Cc]ác |[Nn]hững |[Mm]ột số )?(?:[Qq]uy định|nội dung|mẫu)\b(?!.*văn bản)")
_LIST_MARK = re.compile(r"[;,:(]| và ")


def governed(between: str, *, first: bool, in_title: bool) -> str | None:
    """The part that is meant of what follows these words, "" for all of it; None where the verb does not reach."""
    between = _LAW_NAME.sub("", between)
    part, listed = _PART.search(between), _LISTED_PART.search(between)
    if listed and not first:
        return _tidy(listed["part"])
    if in_title:
        # What follows may be listed in the title too: a missed edge does less harm than a wrong one.
        return None
    issued = _ISSUED.match(between) if first else None
    if issued:
        return issued["part"]
    if first and _PART_OF_EACH.match(between):
        return SOME_PART
    if part and not _DESCRIPTION.search(between[: part.start()]):
        return _tidy(part[0])
    if _WHOLE.match(_LIST_MARK.split(between)[-1]):
        return ""
    return SOME_PART if first and not _DESCRIPTION.search(between) else None


def _tidy(part: str) -> str:
    return re.sub(r"[\s,;]+(?:và)?$", "", " ".join(part.split()))
