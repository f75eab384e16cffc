"""Keeps conversations in SQLite or PostgreSQL: a turn is stored complete, or it is marked interrupted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from assistant.conversations.answer import Answer
from assistant.conversations.conversation import Conversation, Turn, TurnState
from assistant.conversations.opening import bring_up_to_date, open_store
from assistant.conversations.record import dump_answer, load_answer
from assistant.conversations.tables import conversations, turns
from assistant.errors import NotFound, StoreUnavailable


class ConversationRepository:
    """Safe to share between threads. Opening is put off to the first use: a full disk stops chats, not the service."""

    def __init__(self, address: str | Path) -> None:
        """`address` is SQLAlchemy's, or the path of a SQLite file."""
        self._engine = open_store(f"sqlite:///{address}" if isinstance(address, Path) else address)
        self._ready = False
        self._opening = Lock()

    def create(self, principal: str) -> Conversation:
        conversation = Conversation(str(uuid4()), principal, datetime.now(UTC))
        with self.transaction() as connection:
            connection.execute(
                insert(conversations).values(
                    id=conversation.id, principal=principal, created_at=_naive(conversation.created_at)
                )
            )
        return conversation

    def find(self, conversation_id: str, principal: str, last: int | None = None) -> Conversation:
        """With its turns, or the `last` ones. Raises NotFound for one that is absent or another principal's."""
        mine = (conversations.c.id == conversation_id) & (conversations.c.principal == principal)
        with self.transaction() as connection:
            row = connection.execute(select(conversations).where(mine)).one_or_none()
            if row is None:
                raise NotFound("conversation_not_found")
            query = select(turns).where(turns.c.conversation_id == conversation_id).order_by(turns.c.ordinal.desc())
            found = connection.execute(query.limit(last)).all()[::-1]
        return Conversation(row.id, row.principal, row.created_at.replace(tzinfo=UTC), tuple(map(_turn, found)))

    def remove(self, conversation_id: str, principal: str) -> None:
        """Raises NotFound like `find`."""
        mine = (conversations.c.id == conversation_id) & (conversations.c.principal == principal)
        with self.transaction() as connection:
            if connection.execute(delete(conversations).where(mine)).rowcount == 0:
                raise NotFound("conversation_not_found")

    def find_turn(self, turn_id: str, principal: str) -> Turn:
        """One turn of the principal's own; anybody else's is not found."""
        owned = select(turns).join(conversations, conversations.c.id == turns.c.conversation_id)
        with self.transaction() as connection:
            row = connection.execute(owned.where(turns.c.id == turn_id, conversations.c.principal == principal)).first()
        if row is None:
            raise NotFound("turn_not_found")
        return _turn(row)

    def start_turn(self, conversation: Conversation, question: str, as_of: date | None) -> Turn:
        """Store the question as running; `complete_turn` or `interrupt_turn` must follow."""
        turn = Turn(question, None, str(uuid4()), TurnState.RUNNING, as_of, datetime.now(UTC))
        last = select(func.coalesce(func.max(turns.c.ordinal), 0)).where(turns.c.conversation_id == conversation.id)
        kept = select(conversations.c.id).where(conversations.c.id == conversation.id).with_for_update()
        with self.transaction() as connection:
            if connection.execute(kept).first() is None:  # deleted a moment ago; also: one turn after the other
                raise NotFound("conversation_not_found")
            connection.execute(
                insert(turns).values(
                    id=turn.id,
                    conversation_id=conversation.id,
                    ordinal=last.scalar_subquery() + 1,
                    question=question,
                    as_of=as_of.isoformat() if as_of else None,
                    asked_at=_naive(datetime.now(UTC)),
                    state=turn.state,
                )
            )
        return turn

    def complete_turn(self, turn_id: str, answer: Answer) -> None:
        with self.transaction() as connection:
            change = update(turns).where(turns.c.id == turn_id)
            connection.execute(change.values(state=TurnState.COMPLETE, answer=dump_answer(answer)))

    def interrupt_turn(self, turn_id: str) -> None:
        """Mark a turn that will get no answer; one that is complete stays so."""
        with self.transaction() as connection:
            running = (turns.c.id == turn_id) & (turns.c.state == TurnState.RUNNING)
            connection.execute(update(turns).where(running).values(state=TurnState.INTERRUPTED))

    def tidy(self, keep_from: datetime) -> None:
        """At start: turns a dead process left running are interrupted, conversations begun before `keep_from` go."""
        with self.transaction() as connection:
            left = update(turns).where(turns.c.state == TurnState.RUNNING)
            connection.execute(left.values(state=TurnState.INTERRUPTED))
            connection.execute(delete(conversations).where(conversations.c.created_at < _naive(keep_from)))

    def check(self) -> None:
        """Raises StoreUnavailable when the store cannot be opened."""
        with self.transaction() as connection:
            connection.execute(select(1))

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """What is done inside is kept whole or not at all. Raises StoreUnavailable."""
        try:
            self._open()
            with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise StoreUnavailable(detail=str(getattr(error, "orig", None) or type(error).__name__)) from error

    def _open(self) -> None:
        with self._opening:
            if not self._ready:
                bring_up_to_date(self._engine)
                self._ready = True


def _naive(moment: datetime) -> datetime:
    """SQLite keeps no offset; every stored moment is UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _turn(row: Row[tuple[object, ...]]) -> Turn:
    return Turn(
        question=row.question,
        answer=load_answer(row.answer) if row.answer else None,
        id=row.id,
        state=TurnState(row.state),
        as_of=date.fromisoformat(row.as_of) if row.as_of else None,
        asked_at=row.asked_at.replace(tzinfo=UTC),
    )
