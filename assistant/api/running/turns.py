"""The turns this process is answering, and for a while those it has answered: begun, found again, stopped."""

from collections.abc import Callable
from concurrent.futures import Executor
from time import monotonic

from assistant.api.running.running_turn import RunningTurn
from assistant.api.running.work import OnProgress
from assistant.conversations.answer import Answer

_KEPT_SECONDS = 120.0
_MOST_KEPT = 200


class RunningTurns:
    """Used on the event loop only. The events of an ended turn are kept for a while; its answer is in the store."""

    def __init__(self, workers: Executor) -> None:
        self._workers = workers
        self._turns: dict[str, RunningTurn] = {}
        self._begun: dict[str, float] = {}

    def begin(
        self, turn_id: str, conversation_id: str, owner: str, task: Callable[[OnProgress], Answer]
    ) -> RunningTurn:
        """Answer a turn that is in the store as running."""
        self._forget()
        turn = RunningTurn(turn_id, conversation_id, owner, self._workers, task)
        self._turns[turn_id] = turn
        self._begun[turn_id] = monotonic()
        return turn

    def find(self, turn_id: str, owner: str) -> RunningTurn | None:
        """The owner's turn, when its events are here."""
        turn = self._turns.get(turn_id)
        return turn if turn is not None and turn.owner == owner else None

    def stop_all(self, owner: str, conversation_id: str | None = None) -> None:
        """End what runs of one conversation, or of all the owner has."""
        for turn in self._turns.values():
            if turn.owner == owner and conversation_id in (None, turn.conversation_id):
                turn.cancel()

    def close(self) -> None:
        """End everything: the service stops."""
        for turn in self._turns.values():
            turn.cancel()

    def _forget(self) -> None:
        oldest = monotonic() - _KEPT_SECONDS
        ended = [turn.id for turn in self._turns.values() if turn.ended]
        surplus = len(ended) - _MOST_KEPT
        for place, turn_id in enumerate(ended):  # in the order they were begun
            if place < surplus or self._begun[turn_id] < oldest:
                del self._turns[turn_id], self._begun[turn_id]
