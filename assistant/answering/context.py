"""What the steps of one question share: the question as given, and what each step found out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from time import perf_counter

from assistant.access.principal import Principal
from assistant.conversations.answer import Answer, AnswerStatus, Citation, ComparedText, Step
from assistant.conversations.conversation import Turn
from assistant.corpus.chunk import Passage
from assistant.corpus.ranking.asked import NOTHING_ASKED, AskedFor
from assistant.corpus.reading.context.days import AskedDay
from assistant.messages import message
from assistant.query.outcome import Reading

_ONLY_YEAR = re.compile(r"(?:\w+ ){0,2}năm (?:\d{4}|ngoái|trước|kia)|năm học (?!\d).*", re.IGNORECASE)


class Route(StrEnum):
    """What is asked first. Documents join a figure when they say the same thing clearly; a figure joins no law."""

    REGULATION = "regulation"
    DATA = "data"


@dataclass(slots=True)
class Context:
    """Mutable on purpose: one object per question, handed from step to step.

    `as_of` is the day answers hold for unless the words name another (`asked_day`); `day_given` says that the caller
    chose it, and then it stands. `reading` is what the whole question asks of the data. `passages` are in the order
    they count, `lost` are those that were found and may not answer, with why. `missing` are sentences that name
    documents an answer would need. `settled`: a step has already put the citations there, nothing need be searched.
    """

    question: str
    principal: Principal
    as_of: date
    previous: Sequence[Turn] = ()
    day_given: bool = False
    on_progress: Callable[[str], None] = lambda _: None
    sql: str = ""
    understood: str = ""
    asked_day: AskedDay | None = None
    route: Route = Route.REGULATION
    reading: Reading | None = None
    passages: list[Passage] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    settled: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)
    asked_for: AskedFor = NOTHING_ASKED
    citations: list[Citation] = field(default_factory=list)
    comparison: list[ComparedText] = field(default_factory=list)
    data: Answer | None = None
    draft: str = ""
    notices: list[str] = field(default_factory=list)
    trace: list[Step] = field(default_factory=list)
    started: float = field(default_factory=perf_counter)

    @property
    def asked(self) -> str:
        """The question as understood so far."""
        return self.understood or self.question

    @property
    def law_day(self) -> date:
        """The day whose law is asked for."""
        return self.asked_day.day if self.asked_day else self.as_of

    @property
    def searched(self) -> str:
        """What is looked for: the question without the year that only says which day's law is meant."""
        words = self.asked_day.words if self.asked_day else ""
        # "năm học 2026-2027" and whole days also stand in texts, and find them.
        return self.asked.replace(words, " ") if _ONLY_YEAR.fullmatch(words) else self.asked

    @property
    def has_figures(self) -> bool:
        """Whether figures were asked for and found: documents then only stand beside them."""
        return self.route is Route.DATA and self.data is not None and self.data.status is AnswerStatus.ANSWERED

    @property
    def asks_figures(self) -> bool:
        """Whether figures were asked for and could be looked up, found or not."""
        return self.route is Route.DATA and self.data is not None and not self.data.status.value.startswith("failed")

    def note(self, text: str) -> None:
        """Say something in the trace of the step that is running."""
        self.trace[-1] = replace(self.trace[-1], note=text)

    def stop(self, status: AnswerStatus, code: str, **values: object) -> Answer:
        """An answer without evidence: a status, its code and the sentence for it."""
        text = message(code, **values)
        return Answer(status=status, text=text, as_of=self.law_day, code=code, notices=tuple(self.notices))
