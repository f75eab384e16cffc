"""What the store keeps of one person, under whatever scope they asked."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from assistant.conversations.record import dump_answer
from assistant.conversations.repository import ConversationRepository
from assistant.conversations.tables import conversations, feedback, turns


class PersonalRecords:
    """A person is `oidc:…` or `key:…`; conversations belong to a scope and a person (`access/principal.py`)."""

    def __init__(self, store: ConversationRepository) -> None:
        self._store = store

    def owners(self, person: str) -> list[str]:
        """The principals the person has been: an officer may have moved to another province."""
        query = select(conversations.c.principal).distinct()
        like = conversations.c.principal.endswith(f" {person}", autoescape=True)
        with self._store.transaction() as connection:
            found = [str(one) for one in connection.execute(query.where(like)).scalars()]
        return [one for one in found if one.partition(" ")[2] == person]  # LIKE knows no capitals in SQLite

    def amount(self, owners: list[str]) -> tuple[int, int]:
        """How many conversations and turns."""
        mine = select(conversations.c.id).where(conversations.c.principal.in_(owners))
        asked = select(func.count()).select_from(turns).where(turns.c.conversation_id.in_(mine))
        with self._store.transaction() as connection:
            held = connection.execute(select(func.count()).select_from(mine.subquery())).scalar()
            return int(held or 0), int(connection.execute(asked).scalar() or 0)

    def plain(self, owner: str) -> list[dict[str, Any]]:
        """Conversations with their turns and judgements, as JSON holds them."""
        with self._store.transaction() as connection:
            ids = list(
                connection.execute(select(conversations.c.id).where(conversations.c.principal == owner)).scalars()
            )
            given = {row.turn_id: row for row in connection.execute(select(feedback))}
        found = []
        for each in ids:
            conversation = self._store.find(each, owner)
            told = [
                {
                    "question": turn.question,
                    "asked_at": turn.asked_at.isoformat() if turn.asked_at else None,
                    "state": turn.state.value,
                    "answer": dump_answer(turn.answer) if turn.answer else None,
                    "feedback": {"rating": given[turn.id].rating, "comment": given[turn.id].comment}
                    if turn.id in given
                    else None,
                }
                for turn in conversation.turns
            ]
            found.append({"scope": owner, "created_at": conversation.created_at.isoformat(), "turns": told})
        return found

    def remove(self, owners: list[str]) -> None:
        """Every conversation with all that belongs to it."""
        with self._store.transaction() as connection:
            connection.execute(delete(conversations).where(conversations.c.principal.in_(owners)))


def remove_older(store: ConversationRepository, before: datetime) -> int:
    """Conversations begun before that moment go; how many."""
    moment = before.replace(tzinfo=None)
    with store.transaction() as connection:
        return connection.execute(delete(conversations).where(conversations.c.created_at < moment)).rowcount
