"""Instructions on words: which phrase becomes which, is added beside which, or is taken out, and at which places."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.law.reading.quotations import Masked

_NOUN = r"(?:các\s+|một số\s+)?(?:cụm từ|từ|chữ|dấu|số|ký hiệu|tên gọi|nội dung|cụm)"
_NEXT = r"\s*(?:,|;|và|hoặc|/|,\s*và)\s*(?:(?:các\s+)?(?:cụm từ|từ)\s*)?⟦\d+⟧"
_QUOTES = rf"⟦\d+⟧(?:{_NEXT})*"
# "A bằng B, C bằng D": C is not a second word for B.
_NEW_QUOTES = rf"⟦\d+⟧(?:{_NEXT}(?!\s*(?:bằng|thành)))*"
_EXCHANGE = re.compile(
    rf"(?:{_NOUN}\s*:?\s*)?(?P<old>{_QUOTES})\s*(?:được\s+)?(?:thay thế\s+|thay\s+|sửa\s+(?:đổi\s+)?)?(?:bằng|thành)\s*"
    rf"(?:{_NOUN}\s*:?\s*)?(?P<new>{_NEW_QUOTES})",
    re.IGNORECASE,
)
_ADD = re.compile(
    rf"(?:{_NOUN}\s*:?\s*)?(?P<new>⟦\d+⟧)\s*(?:vào\s+)?(?:ngay\s+)?(?:phía\s+|liền\s+)?(?P<side>sau|trước)\s+"
    rf"(?:{_NOUN}\s*:?\s*)(?P<old>⟦\d+⟧)",
    re.IGNORECASE,
)
_TAKE_OUT = re.compile(rf"(?:{_NOUN}\s*:?\s*)?(?P<old>{_QUOTES})", re.IGNORECASE)


class Exchange(NamedTuple):
    """`old` becomes `new`; with `position`, `new` is put beside `old`. `places` is the text that names the places."""

    old: str
    new: str
    position: str
    places: str


def read_exchanges(verb: str, rest: str, masked: Masked) -> list[Exchange]:
    """The exchanges of one instruction; several may share the places named after the last of them."""
    found = list(_pairs(verb, rest, masked))
    shared = ""
    settled: list[Exchange] = []
    for exchange in reversed(found):
        shared = exchange.places.strip(" ,;.") or shared
        settled.append(exchange._replace(places=shared))
    return settled[::-1]


def _pairs(verb: str, rest: str, masked: Masked) -> Iterator[Exchange]:
    pattern = {"add": _ADD, "take_out": _TAKE_OUT}.get(verb, _EXCHANGE)
    matches = list(pattern.finditer(rest))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        places = rest[match.end() : following.start() if following else len(rest)]
        before = rest[: match.start()] if match is matches[0] else ""
        if before.lower().lstrip().startswith("tại "):
            places = f"{before} {places}"
        olds = [masked.quotes[number] for number in masked.marks(match["old"])]
        news = [masked.quotes[number] for number in masked.marks(match["new"])] if verb != "take_out" else [""]
        position = "" if verb != "add" else ("after" if match["side"].lower() == "sau" else "before")
        for old, new in _aligned(olds, news):
            yield Exchange(old, new, position, places)


def _aligned(olds: Sequence[str], news: Sequence[str]) -> list[tuple[str, str]]:
    """One new phrase stands for all old ones; as many new as old ones go in pairs; anything else is not understood."""
    if len(news) == 1:
        return [(old, news[0]) for old in olds]
    return list(zip(olds, news, strict=True)) if len(olds) == len(news) else []
