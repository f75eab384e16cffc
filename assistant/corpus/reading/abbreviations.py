"""Abbreviations staff use, from config/abbreviations.tsv: what each stands for, the doubtful ones with alternatives."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.corpus.reading.letters import bare
from assistant.settings import PACKAGE_DIR
from assistant.text import fold, syllables

ABBREVIATIONS_FILE = PACKAGE_DIR / "config" / "abbreviations.tsv"

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_ALSO = re.compile(r"\balso ([^;(]+)")
# Onset, vowels, coda: what fits is a word ("ta", "cho"), what does not can only be an abbreviation ("thcs", "ubnd").
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?"
)
# Signatures and forms of address are not what a question is about.
_SKIPPED_CATEGORIES = {"signature"}


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """`meanings` begins with the usual one; in chat forms ("k", "đc") it is the only one to be believed."""

    written: str
    meanings: tuple[str, ...]
    is_chat: bool = False


class Abbreviations:
    """Looks a word up as typed, then without regard to case or diacritics when it cannot be a word of its own."""

    def __init__(self, entries: dict[str, Abbreviation]) -> None:
        self._exact = entries
        self._folded: dict[str, Abbreviation] = {}
        for entry in entries.values():
            self._folded.setdefault(fold(entry.written), entry)

    @property
    def entries(self) -> tuple[Abbreviation, ...]:
        return tuple(self._exact.values())

    def find(self, word: str, *, shouting: bool = False) -> Abbreviation | None:
        """What `word` stands for; in an all-capitals (`shouting`) text capitals mean nothing."""
        if not shouting and word in self._exact:
            return self._exact[word]
        if word.islower() and word in self._exact:
            return self._exact[word]
        if word.isupper() and not shouting:
            return self._folded.get(fold(word))
        return None if _SYLLABLE.fullmatch(bare(word)) else self._folded.get(fold(word))


@lru_cache(maxsize=1)
def abbreviations() -> Abbreviations:
    """The shipped list."""
    return load_abbreviations(ABBREVIATIONS_FILE)


def load_abbreviations(path: Path) -> Abbreviations:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    meanings: dict[str, list[str]] = {}
    chat = {row["abbr"] for row in rows if row["category"] == "chat"}
    for row in rows:
        written = _IN_BRACKETS.sub("", row["abbr"]).strip()
        if row["category"] in _SKIPPED_CATEGORIES or written.endswith("."):
            continue
        first = [part.strip() for part in _IN_BRACKETS.sub("", row["expansion_vi"]).split(" / ")]
        others = [part for note in _ALSO.findall(row["ambiguity_note"] or "") for part in note.split("/")]
        known = meanings.setdefault(written, [])
        known.extend(meaning for meaning in (*first, *map(str.strip, others)) if _is_words(meaning))
    return Abbreviations(
        {
            written: Abbreviation(written, tuple(dict.fromkeys(known)), written in chat)
            for written, known in meanings.items()
            if known
        }
    )


def _is_words(meaning: str) -> bool:
    """Notes also name other abbreviations and numbers; a meaning is words."""
    words = syllables(meaning)
    return bool(words) and not any(character.isdigit() for character in meaning) and meaning.upper() != meaning
