"""What a reader of the report should look at: faults of a file found by rule, each a stable code with its detail."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from assistant.corpus.document import ProvisionKind
from assistant.text import fold
from ingest.legal.annexes import UNANNOUNCED, UNNAMED
from ingest.legal.quotes import QuoteTracker
from ingest.outline import Outline
from ingest.readers.raw import RawDocument

_ATTACHES = re.compile(r"ban hanh kem theo (?:\w+ ){1,3}nay\b")
_ACT = r"(?:thong tu(?: lien tich)?|nghi dinh|quyet dinh|nghi quyet|luat|quy che|quy dinh|dieu le)"
_OWN_ANNEX = re.compile(
    rf"\bphu luc(?: so)? ?(?P<label>[ivxlc]+\b|\d+[a-z]?\b)?(?: va phu luc (?P<second>[ivxlc]+\b|\d+[a-z]?\b))?"
    rf",?(?: duoc)?(?: ban hanh)?(?: dinh| kem)?(?: kem)?(?: theo)?(?: cua)? {_ACT} nay\b"
)
_NAMED_NUMBER = re.compile(
    r"^(?:(?:luat|bo-luat|nghi-quyet|nghi-dinh|quyet-dinh|thong-tu(?:-lien-tich)?|phap-lenh|chi-thi)-)?(?:so-)?"
    r"(?P<serial>\d{1,4})[-_](?P<year>(?:19|20)\d{2})[-_](?=qh|ubtvqh|nd|tt|qd|nq|ct)"
)
_OWN_NUMBER = re.compile(r"^(\d+)[a-z]?/(\d{4})/")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_VIETNAMESE_SHARE = 0.08
_CHECKED_CHARS = 4000
_NEAR_EMPTY_CHARS = 200


def find_doubts(raw: RawDocument, outline: Outline, number: str, name: str) -> list[str]:
    """The codes of what is doubtful about a document as it was read."""
    found = [] if raw.hints.is_excerpt else [*_other_address(number, name, raw.hints.url), *_missing_annexes(outline)]
    if not _body(outline):
        found.append(f"body_near_empty:{len(outline.text)}")
    sample = outline.text[:_CHECKED_CHARS]
    letters = [letter for letter in sample if letter.isalpha()]
    marked = sum(not letter.isascii() for letter in letters)
    if len(letters) > 200 and marked < _VIETNAMESE_SHARE * len(letters):
        found.append("text_not_vietnamese")
    return found


def _other_address(number: str, name: str, url: str) -> Iterator[str]:
    """The file's name or the page's address begins with another number than the text bears."""
    own = _OWN_NUMBER.match(number)
    for said in (name, unquote(url).rstrip("/").rpartition("/")[2]):
        named = _NAMED_NUMBER.match(fold(said)) if own else None
        if own and named and (named["serial"].lstrip("0"), named["year"]) != (own[1], own[2]):
            yield f"number_mismatch:{named['serial'].lstrip('0')}/{named['year']}"
            return


def _missing_annexes(outline: Outline) -> list[str]:
    """Annexes that the act itself speaks of as its own and that are not in the file."""
    held = [each for each in outline.provisions if each.kind is ProvisionKind.APPENDIX]
    if held and held[0].start == 0:
        return []  # an annex in a file of its own speaks of its sisters
    labels = {_ordinal(fold(each.label)) for each in held if each.path.startswith("Phụ lục")}
    wanted: dict[str, str] = {}
    for line in _own_lines(outline):
        for match in _OWN_ANNEX.finditer(line):
            for label in (match["label"] or "", match["second"]):
                if label is not None:
                    wanted.setdefault(_ordinal(label), f"Phụ lục {label.upper()}".strip())
    if not held:
        first = next((each for each in outline.provisions if each.kind is ProvisionKind.ARTICLE), None)
        attaches = first is not None and bool(_ATTACHES.search(" ".join(_folded_own(outline, first.start, first.end))))
        named = ", ".join(wanted[key] for key in sorted(wanted))
        return [f"annex_missing:{named}" if wanted else "annex_missing"] if attaches or wanted else []
    is_whole = not labels or any(each.path.startswith((UNANNOUNCED, UNNAMED)) for each in held)
    absent = [] if is_whole else [wanted[key] for key in sorted(wanted) if key and key not in labels]
    return [f"annex_missing:{', '.join(absent)}"] if absent else []


def _own_lines(outline: Outline) -> list[str]:
    return _folded_own(outline, 0, len(outline.text))


def _folded_own(outline: Outline, start: int, end: int) -> list[str]:
    """The lines in the act's own voice: in a quotation "this circular" is another one."""
    quotes = QuoteTracker()
    return [fold(line) for line in outline.text[start:end].split("\n") if not quotes.inside(line)]


def _body(outline: Outline) -> bool:
    """Whether there is anything to cite: an article, or some sentences."""
    has_article = any(each.kind is ProvisionKind.ARTICLE for each in outline.provisions)
    return has_article or len(outline.text) >= _NEAR_EMPTY_CHARS


def _ordinal(label: str) -> str:
    """ "II", "2" and "02" are one number; a letter of its own stays."""
    if label.isdigit():
        return str(int(label))
    if not label or set(label) - _ROMAN.keys():
        return label.lstrip("0")
    values = [_ROMAN[letter] for letter in label]
    signed = [-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)]
    return str(sum(signed))
