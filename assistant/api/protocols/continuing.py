"""Which conversation a chat of another program goes on in: such programs send their history, or a name of their own."""

from dataclasses import replace

from assistant.access.principal import Principal
from assistant.api.dependencies import Shared
from assistant.conversations.conversation import Conversation
from assistant.conversations.history import History, Thread
from assistant.errors import NotFound


def continued(parts: Shared, caller: Principal, *name: str) -> Conversation:
    """The conversation as far as that chat has come; a new one for a chat not known, or that went another way."""
    owner = str(caller)
    thread = History(parts.conversations).thread(owner, *name) if name else None
    known = _known(parts, owner, thread) if thread else None
    if known is not None and thread is not None and known.turns[-1].id == thread.turn_id:
        return known
    parts.beginning.take(owner)
    begun = parts.conversations.create(owner)
    if known is None or thread is None:
        return begun
    place = next(at for at, turn in enumerate(known.turns, 1) if turn.id == thread.turn_id)
    return replace(begun, turns=known.turns[:place])


def _known(parts: Shared, owner: str, thread: Thread) -> Conversation | None:
    try:
        found = parts.conversations.find(thread.conversation_id, owner)
    except NotFound:
        return None
    return found if any(turn.id == thread.turn_id for turn in found.turns) else None


def keep(parts: Shared, caller: Principal, conversation_id: str, turn_id: str, *name: str) -> None:
    """The chat of that name goes on after this turn."""
    History(parts.conversations).keep_thread(str(caller), Thread(conversation_id, turn_id), *name)
