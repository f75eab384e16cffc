"""What is really sent where a case describes its payload in words: a megabyte, a nested body, a flood."""

import re
from dataclasses import dataclass
from enum import StrEnum

_MILLION = 1_000_000


class Kind(StrEnum):
    QUESTION = "question"
    BODY = "body"
    FLOOD = "flood"


@dataclass(frozen=True, slots=True)
class Payload:
    """`rejected` says that a 4xx is the only right reply; `times` counts the requests of a flood."""

    kind: Kind
    question: str = ""
    body: bytes = b""
    times: int = 1
    rejected: bool = False


def payload_of(prompt: str, *, oversize: bool) -> Payload:
    """The prompt itself, or what an oversize case's words describe."""
    if not oversize:
        return Payload(Kind.QUESTION, prompt)
    folded = prompt.casefold()
    number = _first_number(folded)
    if re.search(r"lồng|nested|nesting", folded) and re.search(r"json|body|\[|\{", folded):
        depth = number or 10_000
        return Payload(Kind.BODY, body=b'{"question":' + b"[" * depth + b"]" * depth + b"}", rejected=True)
    if re.search(r"đồng thời|song song|concurrent|parallel|hội thoại|conversations", folded) and (number or 0) > 50:
        return Payload(Kind.FLOOD, prompt, times=number or 1000, rejected=True)
    size = _size(folded)
    if size:
        unit = prompt.split(" ...")[0].split("…")[0].strip("( ") or "A"
        unit = unit if len(unit) < 2000 and not prompt.startswith("(") else "A "
        return Payload(Kind.QUESTION, (unit * (size // len(unit) + 1))[:size], rejected=True)
    return Payload(Kind.QUESTION, prompt)


def _first_number(text: str) -> int | None:
    found = re.search(r"\d[\d .]*\d|\d", text)
    return int(re.sub(r"[ .]", "", found.group())) if found else None


def _size(text: str) -> int | None:
    """Bytes of "1 MB", "500 KB", "100 000 ký tự"."""
    found = re.search(r"(\d[\d .]*)\s*(mb|kb|triệu ký tự|ký tự|characters|chars|từ|words|câu hỏi|lần|times)\b", text)
    if found is None:
        return None
    number = int(re.sub(r"[ .]", "", found[1]))
    scale = {"mb": _MILLION, "kb": 1000, "triệu ký tự": _MILLION}.get(found[2], 1)
    return min(number * scale, 8 * _MILLION) if number * scale >= 5000 else None
