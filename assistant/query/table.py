"""The table a guarded query returns."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Plain Python values, in order. `truncated` is true when the row cap cut it, and is always told to the reader."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False
    elapsed_ms: float = 0.0
    suppressed: int = 0
