"""Names that have changed: config/old_terms.yml, so that a question in old words finds the text in new ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.settings import PACKAGE_DIR
from assistant.text import fold, syllables

OLD_TERMS_FILE = PACKAGE_DIR / "config" / "old_terms.yml"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    words: tuple[str, ...]
    now: str
    since: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OldTerm:
    """What a question calls by its old name; `note` is a sentence for the asker, empty when there is nothing to say."""

    now: str
    note: str

    @property
    def terms(self) -> tuple[str, ...]:
        """Syllables of the new name and their pairs, as the search takes them."""
        words = syllables(self.now)
        return (*words, *(f"{first} {second}" for first, second in pairwise(words)))


def old_terms_in(text: str, day: date | None) -> tuple[OldTerm, ...]:
    """The old names in `text` that were already changed on `day` (None: whatever the day)."""
    folded = " ".join(fold(text).split())
    found = [
        OldTerm(entry.now, entry.note)
        for pattern, entry in _patterns()
        if pattern.search(folded) and (entry.since is None or day is None or entry.since <= day)
    ]
    return tuple(dict.fromkeys(found))


def old_names() -> tuple[str, ...]:
    """The old names with their diacritics, for spelling what is typed without."""
    return tuple(entry.name for _, entry in _patterns())


@lru_cache(maxsize=1)
def _patterns() -> Sequence[tuple[re.Pattern[str], _Entry]]:
    entries = [_Entry.model_validate(row) for row in yaml.safe_load(OLD_TERMS_FILE.read_text(encoding="utf-8"))]
    return [
        (
            re.compile(
                rf"(?<![\w&])(?:{'|'.join(map(re.escape, sorted(entry.words, key=len, reverse=True)))})(?![\w&])"
            ),
            entry,
        )
        for entry in entries
    ]
