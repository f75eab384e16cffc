"""What is derived from all documents together: undone as a whole, then written anew at the end of every ingest."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from assistant.corpus.catalogue import (
    amendments,
    changes,
    chunks,
    documents,
    findings,
    provisions,
    relations,
    statuses,
)
from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document, Relation, Validity
from assistant.corpus.law.amendment import Amendment
from ingest.catalogue.rows import amendment_of, document_row, provision_row, relation_of
from ingest.law.registers import Register

_CHUNK_COLUMNS = tuple(column.name for column in chunks.c)
_RESET = (
    "UPDATE documents SET effective_from = stated_from WHERE effective_from IS NOT stated_from",
    "UPDATE documents SET effective_to = stated_to, state_to = NULL WHERE effective_to IS NOT stated_to OR state_to",
    "UPDATE provisions SET effective_from = stated_from WHERE effective_from IS NOT stated_from",
    """UPDATE provisions SET effective_to = (SELECT stated_to FROM documents d WHERE d.id = document_id)
       WHERE effective_to IS NOT (SELECT stated_to FROM documents d WHERE d.id = document_id)""",
    """UPDATE chunks SET effective_from = (SELECT stated_from FROM provisions p WHERE p.id = provision_id)
       WHERE effective_from IS NOT (SELECT stated_from FROM provisions p WHERE p.id = provision_id)""",
    """UPDATE chunks SET effective_to = (SELECT stated_to FROM documents d WHERE d.id = document_id)
       WHERE effective_to IS NOT (SELECT stated_to FROM documents d WHERE d.id = document_id)""",
    "UPDATE relations SET target_id = '', target_provision_id = '' WHERE target_id <> ''",
    "UPDATE amendments SET effective_from = stated_from, target_id = '', outcome = '' WHERE outcome <> ''",
)


class Head(NamedTuple):
    """A document without its text, as its source made it."""

    id: str
    number: str
    kind: str
    title: str
    issued_on: date | None
    stated_from: date | None
    stated_to: date | None
    is_draft: bool
    is_official: bool
    notes: str


class Interval(NamedTuple):
    """The days of one row: a provision or a chunk."""

    id: str
    validity: Validity


class Outcome(NamedTuple):
    """What became of one amendment."""

    document_id: str
    ordinal: int
    target_id: str
    effective_from: date | None
    code: str


class Finding(NamedTuple):
    """Something a reader of the law should know; `code` has a sentence that `values` fill."""

    document_id: str
    code: str
    values: Mapping[str, str]


class SettledRows:
    """Reads what is stated, writes what follows from it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def clear(self) -> None:
        """Undo everything derived: the catalogue is as if each document stood alone."""
        versions = select(documents.c.id).where(documents.c.version_of != "")
        for table in (chunks, changes, provisions):
            self._connection.execute(delete(table).where(table.c.document_id.in_(versions)))
        self._connection.execute(delete(documents).where(documents.c.version_of != ""))
        self._connection.execute(delete(findings))
        for statement in _RESET:
            self._connection.execute(text(statement))

    # --- what is stated

    def heads(self) -> list[Head]:
        """Every document, by id."""
        query = select(*(documents.c[name] for name in Head._fields)).order_by(documents.c.id)
        return [Head(*row) for row in self._connection.execute(query)]

    def relations(self) -> list[tuple[str, int, Relation]]:
        query = select(relations).order_by(relations.c.document_id, relations.c.ordinal)
        return [(row.document_id, row.ordinal, relation_of(row)) for row in self._connection.execute(query)]

    def amendments(self) -> list[tuple[str, int, Amendment]]:
        query = select(amendments).order_by(amendments.c.document_id, amendments.c.ordinal)
        return [(row.document_id, row.ordinal, amendment_of(row)) for row in self._connection.execute(query)]

    def statuses(self) -> list[Register]:
        names = [each.name for each in fields(Register)]
        order = (statuses.c.number, statuses.c.source_path, statuses.c.ordinal)
        query = select(*(statuses.c[name] for name in names)).order_by(*order)
        return [Register(*row) for row in self._connection.execute(query)]

    def provision_ids(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """(document id, path) → provision id, for those there are."""
        found: dict[tuple[str, str], str] = {}
        by_document: dict[str, set[str]] = {}
        for document_id, path in wanted:
            by_document.setdefault(document_id, set()).add(path)
        for document_id, paths in sorted(by_document.items()):
            own = provisions.c.document_id == document_id
            query = select(provisions.c.path, provisions.c.id).where(own).order_by(provisions.c.ordinal.desc())
            for path, provision_id in self._connection.execute(query):
                if path in paths:
                    found[document_id, path] = provision_id
        return found

    # --- what follows

    def put_targets(self, targets: Iterable[tuple[str, int, str, str]]) -> None:
        """(document id, ordinal, target id, target provision id) of relations whose target is held."""
        rows = [{"d": d, "o": o, "t": t, "p": p} for d, o, t, p in targets]
        own = (relations.c.document_id == bindparam("d")) & (relations.c.ordinal == bindparam("o"))
        values: dict[str, Any] = {"target_id": bindparam("t"), "target_provision_id": bindparam("p")}
        self._many(update(relations).where(own).values(**values), rows)

    def put_outcomes(self, outcomes: Iterable[Outcome]) -> None:
        rows = [
            {"d": each.document_id, "o": each.ordinal, "t": each.target_id, "f": each.effective_from, "c": each.code}
            for each in outcomes
        ]
        own = (amendments.c.document_id == bindparam("d")) & (amendments.c.ordinal == bindparam("o"))
        values: dict[str, Any] = {
            "target_id": bindparam("t"),
            "effective_from": bindparam("f"),
            "outcome": bindparam("c"),
        }
        self._many(update(amendments).where(own).values(**values), rows)

    def put_document_days(self, document_id: str, validity: Validity) -> None:
        """The days of a document and of all its parts that have no day of their own."""
        days = {"effective_from": validity.effective_from, "effective_to": validity.effective_to}
        self._connection.execute(update(documents).where(documents.c.id == document_id).values(**days))
        for table in (provisions, chunks):
            own = table.c.document_id == document_id
            self._connection.execute(update(table).where(own).values(effective_to=validity.effective_to))
            unknown = own & table.c.effective_from.is_(None)
            self._connection.execute(update(table).where(unknown).values(effective_from=validity.effective_from))

    def put_state_end(self, document_id: str, day: date) -> None:
        """The last day on which the words of the source are the text."""
        own = documents.c.id == document_id
        self._connection.execute(update(documents).where(own).values(state_to=day))

    def put_intervals(self, of_provisions: Iterable[Interval], of_chunks: Iterable[Interval]) -> None:
        for table, intervals in ((provisions, of_provisions), (chunks, of_chunks)):
            rows = [
                {"i": each.id, "f": each.validity.effective_from, "t": each.validity.effective_to} for each in intervals
            ]
            days: dict[str, Any] = {"effective_from": bindparam("f"), "effective_to": bindparam("t")}
            self._many(update(table).where(table.c.id == bindparam("i")).values(**days), rows)

    def add_state(
        self,
        document: Document,
        state: Validity,
        its_chunks: Sequence[Chunk],
        its_changes: Sequence[tuple[int, int, str, int]],
    ) -> None:
        """A state of a text, consolidated by machine, with the spans that amendments put there."""
        days = {"state_from": state.effective_from, "state_to": state.effective_to}
        self._connection.execute(insert(documents).values(**{**document_row(document), **days}))
        self._many(insert(provisions), [provision_row(document, n) for n in range(len(document.provisions))])
        self._many(insert(chunks), [{name: getattr(each, name) for name in _CHUNK_COLUMNS} for each in its_chunks])
        names = ("start", "end", "amending_id", "amendment")
        spans = [{"document_id": document.id, **dict(zip(names, span, strict=True))} for span in its_changes]
        self._many(insert(changes), spans)

    def put_findings(self, found: Iterable[Finding]) -> None:
        rows: list[dict[str, Any]] = []
        for each in sorted(found, key=lambda one: (one.document_id, one.code, sorted(one.values.items()))):
            ordinal = rows[-1]["ordinal"] + 1 if rows and rows[-1]["document_id"] == each.document_id else 0
            values = json.dumps(dict(sorted(each.values.items())), ensure_ascii=False)
            row = {"document_id": each.document_id, "ordinal": ordinal, "code": each.code, "values": values}
            rows.append(row)
        self._many(insert(findings), rows)

    def _many(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(statement, rows)
