"""Titles, names other programs know a conversation by, and what askers thought of answers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "titles",
        sa.Column(
            "conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("title", sa.Text, nullable=False),
    )
    op.create_table(
        "threads",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("turn_id", sa.String, nullable=False),
    )
    op.create_index("ix_threads_conversation_id", "threads", ["conversation_id"])
    op.create_table(
        "feedback",
        sa.Column("turn_id", sa.String, sa.ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("rating", sa.String, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    for table in ("feedback", "threads", "titles"):
        op.drop_table(table)
