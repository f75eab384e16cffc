"""A principal's conversations as a list, their titles, and the names other programs know them by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ScalarSelect, Select, delete, func, insert, select

from assistant.access.masking import mask
from assistant.conversations.repository import ConversationRepository
from assistant.conversations.tables import conversations, threads, titles, turns

_TITLE_CHARS = 80


@dataclass(frozen=True, slots=True)
class ConversationHead:
    """A conversation as a list shows it. Its title is the first question unless somebody gave it another."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Thread:
    """Where another program's chat goes on: a conversation and the turn it has come to."""

    conversation_id: str
    turn_id: str


class History:
    """Safe to share between threads. Everything is the principal's own; anybody else's does not exist."""

    def __init__(self, store: ConversationRepository) -> None:
        self._store = store

    def list(self, principal: str, limit: int, offset: int) -> Sequence[ConversationHead]:
        """The newest first, by their last question."""
        with self._store.transaction() as connection:
            found = connection.execute(_heads(principal).limit(limit).offset(offset)).all()
        return [
            ConversationHead(
                row.id,
                row.title or _short(row.question or ""),
                row.created_at.replace(tzinfo=UTC),
                (row.asked_at or row.created_at).replace(tzinfo=UTC),
                row.turns,
            )
            for row in found
        ]

    def rename(self, conversation_id: str, title: str) -> None:
        """The conversation has been found to be the principal's before."""
        with self._store.transaction() as connection:
            connection.execute(delete(titles).where(titles.c.conversation_id == conversation_id))
            connection.execute(insert(titles).values(conversation_id=conversation_id, title=mask(title)))

    def title(self, conversation_id: str) -> str:
        """The title somebody gave it, or nothing."""
        query = select(titles.c.title).where(titles.c.conversation_id == conversation_id)
        with self._store.transaction() as connection:
            return str(connection.execute(query).scalar() or "")

    def remove_all(self, principal: str) -> None:
        """Delete every conversation of the principal with its turns."""
        with self._store.transaction() as connection:
            connection.execute(delete(conversations).where(conversations.c.principal == principal))

    def thread(self, principal: str, *name: str) -> Thread | None:
        """Where the chat of that name has come to."""
        query = select(threads).where(threads.c.name == _name(principal, name))
        with self._store.transaction() as connection:
            row = connection.execute(query).one_or_none()
        return Thread(row.conversation_id, row.turn_id) if row else None

    def keep_thread(self, principal: str, thread: Thread, *name: str) -> None:
        """The chat of that name goes on from here."""
        key = _name(principal, name)
        with self._store.transaction() as connection:
            connection.execute(delete(threads).where(threads.c.name == key))
            values = {"name": key, "conversation_id": thread.conversation_id, "turn_id": thread.turn_id}
            connection.execute(insert(threads).values(**values))


def _heads(principal: str) -> Select[Any]:
    last = func.max(turns.c.asked_at)
    query = (
        select(
            conversations.c.id,
            conversations.c.created_at,
            titles.c.title,
            last.label("asked_at"),
            func.count(turns.c.id).label("turns"),
            _first_question().label("question"),
        )
        .select_from(
            conversations.outerjoin(turns, turns.c.conversation_id == conversations.c.id).outerjoin(
                titles, titles.c.conversation_id == conversations.c.id
            )
        )
        .where(conversations.c.principal == principal)
        .group_by(conversations.c.id, conversations.c.created_at, titles.c.title)
    )
    return query.order_by(func.coalesce(last, conversations.c.created_at).desc(), conversations.c.id)


def _first_question() -> ScalarSelect[Any]:
    first = turns.alias("first")
    return (
        select(first.c.question)
        .where(first.c.conversation_id == conversations.c.id)
        .order_by(first.c.ordinal)
        .limit(1)
        .scalar_subquery()
    )


def _short(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= _TITLE_CHARS else f"{line[:_TITLE_CHARS].rsplit(' ', 1)[0]}…"


def _name(principal: str, parts: Sequence[str]) -> str:
    """A digest: what other programs call their chats, and the questions in them, are not kept twice."""
    return sha256("\0".join((principal, *parts)).encode("utf-8", "replace")).hexdigest()
