"""The verbs of amending language, and where one instruction of a unit ends and the next begins."""

import re

LABEL = re.compile(
    r"^\s*(?:Điều\s+\d+[a-zđ]{0,2}\s*[.:]?\s*|\d{1,3}[a-zđ]{0,2}\s*\.\s*|[a-zđ](?:\.?\d{1,2})?\s*\)\s*|[-–+•]\s*)+"
)
_VERBS = (
    ("suspend", re.compile(r"(?:tạm )?ngưng hiệu lực(?: thi hành)?", re.IGNORECASE)),
    ("correct", re.compile(r"đính chính", re.IGNORECASE)),
    (
        "change",
        re.compile(
            r"(?:sửa đổi|bổ sung|thay thế|thay(?! đổi)|sửa)"
            r"(?:(?:\s*,\s*|\s+và\s+|\s+)(?:sửa đổi|bổ sung|thay thế|bãi bỏ|bỏ))*(?!\w)",
            re.IGNORECASE,
        ),
    ),
    ("repeal", re.compile(r"(?:bãi bỏ|hủy bỏ|huỷ bỏ|bỏ|loại bỏ)(?!\w)", re.IGNORECASE)),
)
_ANY_VERB = (
    r"(?:sửa đổi|bổ sung|thay thế|thay|bãi bỏ|hủy bỏ|huỷ bỏ|bỏ|đính chính|(?:tạm )?ngưng hiệu lực|cụm từ\s*⟦"
    r"|các cụm từ)"
)
_SEGMENT = re.compile(
    r"(?:;|\.|:(?=\s*[a-zđ]\.\d)|,\s*đồng thời|(?<!\d),(?=\s*bãi bỏ))\s*"
    rf"(?=(?:và\s+|[a-zđ]\.?\d{{0,2}}\)\s*|[-+]\s*)?{_ANY_VERB})",
    re.IGNORECASE,
)


def segments(words: str, inherited: str) -> list[tuple[str, str]]:
    """The instructions of one unit, each with its verb; "; cụm từ A bằng cụm từ B" goes on with the verb before."""
    found: list[tuple[str, str]] = []
    for piece in _SEGMENT.split(words):
        verb = verb_of(piece) or (found[-1][1] if found else inherited)
        if not verb:
            continue
        found.append((piece.strip(), verb))
    return found


def verb_of(words: str) -> str | None:
    words = LABEL.sub("", words, count=1)
    return next((name for name, pattern in _VERBS if pattern.match(words)), None)


def after_verb(segment: str, verb: str) -> str:
    pattern = dict(_VERBS)[verb]
    segment = LABEL.sub("", segment, count=1)
    match = pattern.match(segment)
    return segment[match.end() :].lstrip(" :") if match else segment
