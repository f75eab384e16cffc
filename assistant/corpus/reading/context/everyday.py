"""Words of every day and the law's words for them: config/everyday_terms.tsv ("giáo viên" → "nhà giáo")."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.corpus.reading.letters import same_words
from assistant.settings import PACKAGE_DIR

EVERYDAY_TERMS_FILE = PACKAGE_DIR / "config" / "everyday_terms.tsv"


@dataclass(frozen=True, slots=True)
class EverydayTerm:
    """`words` as asked, and the `names` the law has for them; all in syllables of shared spelling (letters.py)."""

    words: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]


def everyday_terms_in(words: Sequence[str]) -> tuple[EverydayTerm, ...]:
    """The known terms that stand in these syllables."""
    said = f" {' '.join(words)} "
    return tuple(term for phrase, term in _known() if phrase in said)


@lru_cache(maxsize=1)
def _known() -> Sequence[tuple[str, EverydayTerm]]:
    lines = EVERYDAY_TERMS_FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    terms = [
        EverydayTerm(tuple(same_words(said)), tuple(tuple(same_words(name)) for name in names.split("|")))
        for said, names in rows
    ]
    return [(f" {' '.join(term.words)} ", term) for term in terms]
