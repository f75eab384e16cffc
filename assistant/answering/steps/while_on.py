"""Says that an administrator has stopped answers of this kind, before anything is done for one."""

from dataclasses import dataclass

from assistant.access.switch import Stoppable, Switch
from assistant.answering.context import Context, Route
from assistant.conversations.answer import Answer, AnswerStatus

_STOPPED = {
    Stoppable.ALL: (AnswerStatus.FAILED_ENGINE, "switched_off"),
    Stoppable.LAW: (AnswerStatus.FAILED_INDEX, "switched_off_law"),
    Stoppable.DATA: (AnswerStatus.FAILED_ENGINE, "switched_off_data"),
}


@dataclass(frozen=True, slots=True)
class WhileOn:
    """`kind` is what the steps that follow answer; None leaves it to the route of the question."""

    switch: Switch
    kind: Stoppable | None

    def __call__(self, context: Context) -> Answer | None:
        kind = self.kind or (Stoppable.DATA if context.route is Route.DATA else Stoppable.LAW)
        if not self.switch.is_off(kind):
            return None
        named = Stoppable.ALL if Stoppable.ALL in self.switch.stops() else kind
        return context.stop(*_STOPPED[named])
