"""The memory of what each caller was told about groups of persons, so that answers cannot be subtracted."""

from assistant.query.ledger.ledger import Ledger
from assistant.query.ledger.store import Store

__all__ = ["Ledger", "Store"]
