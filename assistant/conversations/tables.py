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

titles = Table(
    "titles",
    metadata,
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("title", Text, nullable=False),
)

threads = Table(
    "threads",
    metadata,
    Column("name", String, primary_key=True),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("turn_id", String, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("turn_id", String, ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True),
    Column("rating", String, nullable=False),
    Column("reason", String),
    Column("comment", Text, nullable=False),
    Column("given_at", DateTime, nullable=False),
)
