"""What became of each page of a file: read from its text layer, by OCR, empty or damaged; and the words for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class PageSource(StrEnum):
    TEXT = "text"
    OCR = "ocr"
    EMPTY = "empty"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page. `confidence` is the recogniser's (1 for a text layer), `health` the share of whole syllables."""

    number: int
    source: PageSource
    confidence: float = 1.0
    health: float = 1.0
    chars: int = 0
    why: str = ""
    """For a damaged page: what was wrong with it."""


LOW_CONFIDENCE = 0.8


def page_warnings(pages: Sequence[PageReading]) -> tuple[str, ...]:
    """What a reader of the report must know: never silent about a page that was not read, or was read with doubt."""
    damaged = [page.number for page in pages if page.source is PageSource.DAMAGED]
    empty = [page.number for page in pages if page.source is PageSource.EMPTY]
    recognised = [page for page in pages if page.source is PageSource.OCR]
    doubtful = [page.number for page in recognised if page.confidence < LOW_CONFIDENCE]
    found = {
        "pages_damaged": damaged,
        "pages_without_text": empty,
        "pages_read_by_ocr": [page.number for page in recognised],
        "pages_doubtful": doubtful,
    }
    return tuple(f"{code}:{spans(numbers)}" for code, numbers in found.items() if numbers)


def spans(numbers: Iterable[int]) -> str:
    """Page numbers as people write them: "1–3, 7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
