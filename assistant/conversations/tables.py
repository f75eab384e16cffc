"""The tables of the conversation store."""

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    Column("principal", String, nullable=False, index=True),
    Column("created_at", DateTime, nullable=False, index=True),
)

turns = Table(
    "turns",
    metadata,
    Column("id", String, primary_key=True),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("as_of", String),
    Column("asked_at", DateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("answer", Text),
    Index("ix_turns_conversation", "conversation_id", "ordinal", unique=True),
)
