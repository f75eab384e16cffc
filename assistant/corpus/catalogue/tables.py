"""The tables of a generation's catalogue. What says "derived" is made anew from the rest at every ingest.

Derived: all `effective_*` (from `stated_*` and what other acts say), `target_id`, `target_provision_id`, `outcome`,
the documents with `version_of`, `changes` and `findings`.
"""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text

SCHEMA_VERSION = "3"

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

sources = Table(
    "sources",
    metadata,
    Column("path", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("modified_ns", Integer, nullable=False),
    Column("outcome", String, nullable=False),
    Column("code", String, nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("documents", Integer, nullable=False, default=0),
    Column("chunks", Integer, nullable=False, default=0),
    Column("ingested_at", DateTime, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("issuer", String, nullable=False),
    Column("issued_on", Date),
    Column("effective_from", Date),
    Column("effective_to", Date),
    Column("stated_from", Date),
    Column("stated_to", Date),
    Column("signer", String, nullable=False),
    Column("scope", Text, nullable=False, default=""),
    Column("applies_to", Text, nullable=False, default=""),
    Column("text", Text, nullable=False),
    Column("source_path", String, ForeignKey("sources.path"), nullable=False, index=True),
    Column("source_sha256", String, nullable=False),
    Column("source_size", Integer, nullable=False),
    Column("source_url", Text, nullable=False),
    Column("label", String, nullable=False),
    Column("territory", String, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("is_draft", Boolean, nullable=False),
    Column("is_official", Boolean, nullable=False),
    Column("warnings", Text, nullable=False),
    Column("notes", Text, nullable=False, default="[]"),
    Column("version_of", String, nullable=False, default="", index=True),
    Column("state_from", Date),
    Column("state_to", Date),
)

provisions = Table(
    "provisions",
    metadata,
    Column("id", String, primary_key=True),
    Column("document_id", String, ForeignKey("documents.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("label", String, nullable=False),
    Column("path", String, nullable=False),
    Column("heading", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("parent_id", String),
    Column("headings", Text, nullable=False),
    Column("effective_from", Date),
    Column("effective_to", Date),
    Column("stated_from", Date),
    Column("source_url", Text, nullable=False),
    Index("ix_provisions_path", "document_id", "path"),
    Index("ix_provisions_document", "document_id", "ordinal"),
)

relations = Table(
    "relations",
    metadata,
    Column("document_id", String, ForeignKey("documents.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("target_number", String, nullable=False, index=True),
    Column("target_path", String, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("source_path", String, nullable=False, default=""),
    Column("target_name", Text, nullable=False, default=""),
    Column("target_issued_on", Date),
    Column("target_id", String, nullable=False, default="", index=True),
    Column("target_provision_id", String, nullable=False, default=""),
)

amendments = Table(
    "amendments",
    metadata,
    Column("document_id", String, ForeignKey("documents.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("source_path", String, nullable=False),
    Column("place", Text, nullable=False),
    Column("target_number", String, nullable=False),
    Column("target_name", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("position", String, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("stated_from", Date),
    Column("effective_from", Date),
    Column("effective_to", Date),
    Column("target_id", String, nullable=False, default="", index=True),
    Column("outcome", String, nullable=False, default=""),
)

changes = Table(
    "changes",
    metadata,
    Column("document_id", String, ForeignKey("documents.id"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("amending_id", String, nullable=False),
    Column("amendment", Integer, nullable=False),
)

statuses = Table(
    "statuses",
    metadata,
    Column("source_path", String, ForeignKey("sources.path"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("number", String, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("relations", Text, nullable=False),
    Column("certainty", String, nullable=False),
    Column("origin", Text, nullable=False),
    Column("issued_on", Date),
    Column("effective_from", Date),
    Column("effective_to", Date),
)

findings = Table(
    "findings",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("code", String, nullable=False),
    Column("values", Text, nullable=False),
)

chunks = Table(
    "chunks",
    metadata,
    Column("id", String, primary_key=True),
    Column("document_id", String, ForeignKey("documents.id"), nullable=False, index=True),
    Column("provision_id", String, ForeignKey("provisions.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("embedded_text", Text, nullable=False),
    Column("digest", String, nullable=False),
    Column("effective_from", Date),
    Column("effective_to", Date),
)
