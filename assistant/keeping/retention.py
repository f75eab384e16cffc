"""Takes away what is older than it may be kept: conversations by days, records of the audit log by months."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from assistant.access.audit import AuditLog, Kind
from assistant.conversations.persons import remove_older
from assistant.conversations.repository import ConversationRepository
from assistant.settings import Settings

_DAYS_A_MONTH = 31
"""A month too long rather than a day too short."""


@dataclass(frozen=True, slots=True)
class Removed:
    conversations: int
    records: int


def run_retention(chosen: Settings, store: ConversationRepository, log: AuditLog) -> Removed:
    """Raises StoreUnavailable or AuditUnavailable; what one of them kept from going goes the next time."""
    now = datetime.now(UTC)
    conversations = remove_older(store, now - timedelta(days=chosen.conversation_retention_days))
    records = log.prune(now - timedelta(days=chosen.audit.retention_months * _DAYS_A_MONTH))
    log.append(Kind.ADMINISTRATION, "operator", what="retention", conversations=conversations, records=records)
    return Removed(conversations, records)
