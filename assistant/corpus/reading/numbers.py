"""Document numbers as people type them: "29/2024/TT-BGDĐT", "TT 22/2021", "tt22", "nđ 142", "cv 5208"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.corpus.reading.letters import bare

# What people write for a kind → (its symbol in numbers, its name). The longest spelling is tried first.
_KINDS = {
    "thong tu lien tich": ("TTLT", "Thông tư liên tịch"),
    "ttlt": ("TTLT", "Thông tư liên tịch"),
    "thong tu": ("TT", "Thông tư"),
    "tt": ("TT", "Thông tư"),
    "nghi dinh": ("NĐ", "Nghị định"),
    "nd": ("NĐ", "Nghị định"),
    "nghi quyet": ("NQ", "Nghị quyết"),
    "nq": ("NQ", "Nghị quyết"),
    "quyet dinh": ("QĐ", "Quyết định"),
    "qd": ("QĐ", "Quyết định"),
    "chi thi": ("CT", "Chỉ thị"),
    "cong van": ("CV", "Công văn"),
    "cv": ("CV", "Công văn"),
    "ke hoach": ("KH", "Kế hoạch"),
    "van ban hop nhat": ("VBHN", "Văn bản hợp nhất"),
    "vbhn": ("VBHN", "Văn bản hợp nhất"),
    "phap lenh": ("UBTVQH", "Pháp lệnh"),
    "bo luat": ("QH", "Bộ luật"),
    "luat": ("QH", "Luật"),
}
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_WRITTEN_SYMBOL = r"[a-z]{2,}\d{0,2}(?:[-/][a-z&]{2,}\d{0,2})*"
_FULL = re.compile(rf"(?<![\w/])(\d{{1,5}}[a-z]?)(?:/((?:19|20)\d{{2}}))?[/-]({_WRITTEN_SYMBOL})(?!\w)")
_SHORT = re.compile(
    rf"(?<!\w)({_KIND})(?:\s+so)?[\s:.]*(\d{{1,5}}[a-z]?)(?:\s?/\s?((?:19|20)\d{{2}}|\d{{2}}(?!\d|/)))?(?![\w/])"
)
_KIND_BEFORE = re.compile(rf"(?<!\w)(?:{_KIND})(?:\s+so)?[\s:.]*$")
_SYMBOL_HAS_KIND = re.compile(r"\b(?:TTLT|TT|NĐ|NQ|QĐ|CT|KH|VBHN|TB|BC|HD|TTr|CĐ|GM|QH|UBTVQH)")
_HELD = re.compile(r"^0*(\d+[a-z]?)(?:/(\d{4}))?[/-](.+)$")
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class CitedNumber:
    """A number found in a question, as much of it as was typed; `start:end` is where it stands, kind word included."""

    serial: str
    year: int | None
    kind: str
    symbol: str
    start: int
    end: int
    name: str = ""

    @property
    def is_full(self) -> bool:
        """Enough was typed to tell one document from all others."""
        return bool(self.symbol)

    @property
    def written_out(self) -> str:
        """ "tt22/2021" → "Thông tư 22/2021"."""
        year = f"/{self.year}" if self.year else ""
        symbol = f"/{self.symbol}" if self.symbol else ""
        return f"{self.name} {self.serial}{year}{symbol}".strip()

    def is_mentioned_in(self, text: str) -> bool:
        """Whether `text` speaks of a document with this serial and year."""
        return bool(self.year) and re.search(rf"(?<!\d)0*{self.serial}/{self.year}(?!\d)", text) is not None

    def fits(self, number: str) -> bool:
        """Whether a held document's number may be the one meant."""
        parts = _HELD.match(number)
        if not parts or parts[1].lower() != self.serial:
            return False
        if self.year and (parts[2] is None or int(parts[2]) != self.year):
            return False
        if self.symbol:
            return _letters(parts[3]) == _letters(self.symbol)
        return self._kind_fits(parts[3])

    def _kind_fits(self, symbol: str) -> bool:
        if self.kind == "CV":
            return not _SYMBOL_HAS_KIND.match(symbol)
        return symbol == self.kind or bool(re.match(rf"{self.kind}(?:[-/\d]|$)", symbol))


def find_cited_numbers(text: str) -> list[CitedNumber]:
    """Every document number in `text`, in order."""
    plain = bare(text)
    full = list(_full_numbers(text, plain))
    taken = [(number.start, number.end) for number in full]
    short = [
        number
        for number in _short_numbers(plain)
        if not any(start < number.end and number.start < end for start, end in taken)
    ]
    return sorted((*full, *short), key=lambda number: number.start)


def serial_of(number: str) -> str:
    """The serial of a held document's number, as `CitedNumber.serial` has it; empty where it has none."""
    parts = _HELD.match(number)
    return parts[1].lower() if parts else ""


def year_of(number: str) -> int:
    """The year in a held document's number; 0 where it has none."""
    parts = number.split("/")
    return int(parts[1]) if len(parts) > 2 and parts[1].isdigit() else 0


def _full_numbers(text: str, plain: str) -> Iterator[CitedNumber]:
    for match in _FULL.finditer(plain):
        symbol = text[match.start(3) : match.end(3)]
        if not match[2] and not re.search(r"[-/]", match[3]):
            continue  # "2 buổi/ngày" and "lớp 9/thcs" are no numbers
        word = _KIND_BEFORE.search(plain[: match.start()])
        kind, name = _KINDS[re.split(r"\s+so\b|[\s:.]*$", word[0])[0].strip()] if word else ("", "")
        year = int(match[2]) if match[2] else None
        yield CitedNumber(
            _serial(match[1]), year, kind, symbol, word.start() if word else match.start(), match.end(), name
        )


def _short_numbers(plain: str) -> Iterator[CitedNumber]:
    for match in _SHORT.finditer(plain):
        year = int(match[3]) if match[3] else None
        if year is None and len(match[2]) == 4 and match[2][:2] in {"19", "20"}:
            continue  # "luật 2019" is a year
        if year is not None and year < 100:
            year += _CENTURY
        kind, name = _KINDS[match[1]]
        yield CitedNumber(_serial(match[2]), year, kind, "", match.start(), match.end(), name)


def _serial(written: str) -> str:
    return written.lstrip("0").lower() or "0"


def _letters(symbol: str) -> str:
    """Symbols are compared without marks: "BGD&ĐT", "bgddt" and "BGDĐT" are one issuer."""
    return re.sub(r"[^a-z0-9]", "", bare(symbol))
