"""Refuses what no search should start: attacks, personal data, writes, judgements of persons, advocacy."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from assistant.answering.context import Context
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.settings import PACKAGE_DIR
from assistant.text import fold, load_yaml

SCREENING_FILE = PACKAGE_DIR / "config" / "screening.yml"


class Family(BaseModel):
    """One kind of question that is not answered; patterns match the folded question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    family: str
    status: AnswerStatus
    code: str
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...] = ()

    def matches(self, folded: str) -> bool:
        return any(p.search(folded) for p in self.patterns) and not any(p.search(folded) for p in self.unless)


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """The families of config/screening.yml in order; the first that matches decides."""
    loaded = load_yaml(SCREENING_FILE.read_text(encoding="utf-8"))
    return tuple(Family.model_validate(entry) for entry in loaded)


@dataclass(frozen=True, slots=True)
class Screen:
    def __call__(self, context: Context) -> Answer | None:
        folded = " ".join(fold(context.question).split())
        for family in families():
            if family.matches(folded):
                context.note(family.family)
                return context.stop(family.status, family.code)
        return None
