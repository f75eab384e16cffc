"""The changes of the conversation store, in order (alembic)."""
