"""How every chat protocol asks: a stored turn, answered in a worker, its events kept for who comes back."""

from concurrent.futures import Future
from datetime import date

from fastapi.concurrency import run_in_threadpool

from assistant.access.principal import Principal
from assistant.answering.steps.check_input import check_question
from assistant.api.dependencies import Shared
from assistant.api.running.running_turn import RunningTurn
from assistant.api.running.work import OnProgress
from assistant.conversations.answer import Answer
from assistant.conversations.conversation import Conversation, Turn

_REMEMBERED_TURNS = 10


async def begin_turn(
    parts: Shared, caller: Principal, conversation: Conversation, question: str, as_of: date | None = None
) -> RunningTurn:
    """Store the question and begin to answer it. What can be refused is refused before anything is stored."""
    parts.asking.take(str(caller))
    question = check_question(question, parts.services.settings.question_max_chars)
    turn = await run_in_threadpool(parts.conversations.start_turn, conversation, question, as_of)
    answering = _Answering(parts, caller, conversation, turn)
    running = parts.turns.begin(turn.id, conversation.id, str(caller), answering)
    running.work.future.add_done_callback(answering.ended)
    return running


class _Answering:
    """Answers a started turn and stores it complete, or leaves it marked interrupted."""

    def __init__(self, parts: Shared, caller: Principal, conversation: Conversation, turn: Turn) -> None:
        self._parts, self._caller, self._turn = parts, caller, turn
        self._previous = conversation.answered[-_REMEMBERED_TURNS:]

    def __call__(self, on_progress: OnProgress) -> Answer:
        finished = False
        turn, store = self._turn, self._parts.conversations
        try:
            answer = self._parts.services.answer(turn.question, self._caller, turn.as_of, self._previous, on_progress)
            store.complete_turn(turn.id, answer)
            finished = True
            return answer
        finally:
            if not finished:
                store.interrupt_turn(turn.id)

    def ended(self, future: Future[Answer]) -> None:
        """A turn whose caller left before a worker took it up never ran."""
        if future.cancelled():
            self._parts.conversations.interrupt_turn(self._turn.id)
