"""Names that have changed: config/old_terms.yml, so that a question in old words finds the text in new ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from assistant.settings import PACKAGE_DIR
from assistant.text import fold, load_yaml, syllables

OLD_TERMS_FILE = PACKAGE_DIR / "config" / "old_terms.yml"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    words: tuple[str, ...]
    now: str
    since: date | None = None
    note: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class OldTerm:
    """What a question calls by its old name; `note` is a sentence for the asker, empty when there is nothing to say.

    `ended_on`: the thing itself is no more since that day, so older texts that still have it are overtaken.
    """

    now: str
    note: str
    ended_on: date | None = None
    words: tuple[str, ...] = ()

    def overtakes(self, text: str, effective_from: date | None) -> bool:
        """Whether `text`, in force since that day, still speaks of what is no more."""
        if self.ended_on is None or (effective_from and effective_from >= self.ended_on):
            return False
        return _any_of(self.words).search(" ".join(fold(text).split())) is not None

    @property
    def terms(self) -> tuple[str, ...]:
        """Syllables of the new name and their pairs, as the search takes them."""
        words = syllables(self.now)
        return (*words, *(f"{first} {second}" for first, second in pairwise(words)))


def old_terms_in(text: str, day: date | None) -> tuple[OldTerm, ...]:
    """The old names in `text` that were already changed on `day` (None: whatever the day)."""
    folded = " ".join(fold(text).split())
    found = [
        OldTerm(entry.now, entry.note, entry.since if entry.ended else None, entry.words if entry.ended else ())
        for pattern, entry in _patterns()
        if pattern.search(folded) and (entry.since is None or day is None or entry.since <= day)
    ]
    return tuple(dict.fromkeys(found))


def old_names() -> tuple[str, ...]:
    """The old names with their diacritics, for spelling what is typed without."""
    return tuple(entry.name for _, entry in _patterns())


@lru_cache(maxsize=1)
def _patterns() -> Sequence[tuple[re.Pattern[str], _Entry]]:
    entries = [_Entry.model_validate(row) for row in load_yaml(OLD_TERMS_FILE.read_text(encoding="utf-8"))]
    return [(_any_of(entry.words), entry) for entry in entries]


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w&])(?:{'|'.join(map(re.escape, longest_first))})(?![\w&])")
