"""What the steps of one question share: the question as given, and what each step found out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from time import perf_counter

from assistant.access.principal import Principal
from assistant.conversations.answer import Answer, AnswerStatus, Citation, Step
from assistant.conversations.conversation import Turn
from assistant.corpus.chunk import Passage
from assistant.messages import message


class Route(StrEnum):
    """What is asked first. Documents join a figure when they say the same thing clearly; a figure joins no law."""

    REGULATION = "regulation"
    DATA = "data"


@dataclass(slots=True)
class Context:
    """Mutable on purpose: one object per question, handed from step to step. `passages` are in the order they count."""

    question: str
    principal: Principal
    as_of: date
    previous: Sequence[Turn] = ()
    on_progress: Callable[[str], None] = lambda _: None
    sql: str = ""
    understood: str = ""
    route: Route = Route.REGULATION
    passages: list[Passage] = field(default_factory=list)
    weights: Mapping[str, float] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)
    data: Answer | None = None
    draft: str = ""
    notices: list[str] = field(default_factory=list)
    trace: list[Step] = field(default_factory=list)
    started: float = field(default_factory=perf_counter)

    @property
    def asked(self) -> str:
        """The question as understood so far."""
        return self.understood or self.question

    def note(self, text: str) -> None:
        """Say something in the trace of the step that is running."""
        self.trace[-1] = replace(self.trace[-1], note=text)

    def stop(self, status: AnswerStatus, code: str, **values: object) -> Answer:
        """An answer without evidence: a status, its code and the sentence for it."""
        text = message(code, **values)
        return Answer(status=status, text=text, as_of=self.as_of, code=code, notices=tuple(self.notices))
