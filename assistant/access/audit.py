"""The audit log: who asked what kind of thing, what was decided; append-only, chained by a key, never a row of data.

Every record's MAC covers the record and the MAC before it, so that a change, a gap or another order shows. The head —
the last number and MAC, sealed — is written beside every record; kept on another host it also shows a cut tail.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.access.audit_records import Entry, Head, Kind, Verdict, read_head
from assistant.errors import AuditUnavailable

__all__ = ["AuditLog", "Entry", "Head", "Kind", "Verdict", "read_head"]

_metadata = MetaData()
_records = Table(
    "audit",
    _metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("record", Text, nullable=False),
    Column("mac", Text, nullable=False),
)
# SQLite has no roles: these make the file refuse what PostgreSQL's INSERT-only role would.
_APPEND_ONLY = tuple(
    f"CREATE TRIGGER IF NOT EXISTS audit_no_{verb.lower()} BEFORE {verb} ON audit "
    f"BEGIN SELECT RAISE(ABORT, 'append only'); END"
    for verb in ("UPDATE", "DELETE")
)
_START = "0" * 64
_HEAD_BYTES = 400
_bases = Table("base", _metadata, Column("head", Text, nullable=False))
"""The sealed end of what retention took away; the chain goes on from there. At most one row."""


class AuditLog:
    """Safe to share between threads and processes. Raises AuditUnavailable when a record cannot be written or read."""

    def __init__(self, path: Path, key: Callable[[], bytes], head_path: Path, policy: str = "") -> None:
        self._path, self._key_source, self._head_path, self._policy = path, key, head_path, policy
        self._engine = create_engine(f"sqlite:///{path}", hide_parameters=True)
        self._opening = Lock()
        self._key: bytes | None = None
        event.listen(self._engine, "connect", _configure)
        event.listen(self._engine, "begin", _take_lock)

    def append(self, kind: Kind, actor: str, **fields: Any) -> int:
        """Write one record and return its number; another policy than the last record's is a record of its own."""
        with self._transaction() as connection:
            row = connection.execute(select(_records).order_by(_records.c.seq.desc()).limit(1)).one_or_none()
            last = Entry(row.seq, row.record, row.mac) if row is not None else Entry(0, "{}", _START)
            if last.fields.get("policy") != self._policy:
                last = self._add(connection, last, {"kind": Kind.POLICY_CHANGE, "actor": "system"})
            last = self._add(connection, last, {"kind": kind, "actor": actor, **fields})
            self._write_head(last)
        return last.seq

    def fingerprint(self, words: str) -> str:
        """A keyed digest: equal words can be found again by whoever has the key, and read by nobody."""
        return hmac.new(self._secret(), b"question\0" + words.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[
            :32
        ]

    def entries(self) -> Iterator[Entry]:
        with self._transaction() as connection:
            for row in connection.execute(select(_records).order_by(_records.c.seq)):
                yield Entry(int(row.seq), str(row.record), str(row.mac))

    def page(self, before: int | None, limit: int) -> list[Entry]:
        """At most `limit` records under the number `before`, the newest first."""
        query = select(_records).order_by(_records.c.seq.desc()).limit(limit)
        with self._transaction() as connection:
            found = connection.execute(query if before is None else query.where(_records.c.seq < before))
            return [Entry(int(row.seq), str(row.record), str(row.mac)) for row in found]

    def head(self) -> Head | None:
        """The head written beside the log; None when there is none or it is damaged."""
        try:
            return read_head(self._head_path)
        except AuditUnavailable:
            return None

    def verify(self, anchor: Head | None = None) -> Verdict:
        """Walk the chain and compare its end with the head kept here and with `anchor`, kept elsewhere."""
        macs: dict[int, str] = {}
        count = 0
        try:
            base = self._base()
            previous, count = (base.mac, base.seq) if base else (_START, 0)
            if base is not None:
                macs[base.seq] = base.mac
                fault = self._head_fault(base, base.seq, macs)
                if fault:
                    return Verdict(0, base.seq, f"base: {fault}")
            for entry in self.entries():
                count += 1
                fault = self._fault(entry, count, previous)
                if fault:
                    return Verdict(count - 1, count, fault)
                previous = macs[count] = entry.mac
        except (AuditUnavailable, UnicodeDecodeError) as error:
            return Verdict(count, count + 1, f"unreadable: {error}")
        for head in (self.head(), anchor):
            fault = self._head_fault(head, count, macs) if head is not None else ""
            if fault:
                return Verdict(count, min(head.seq, count + 1) if head else None, fault)
        if count and self.head() is None:
            return Verdict(count, count, "head missing or damaged")
        return Verdict(count)

    def prune(self, before: datetime) -> int:
        """Take away the records from before that moment, leave their sealed end in their place; how many went.

        The newest record stays, so that the chain never begins anew.
        """
        with self._transaction() as connection:
            kept, last, removed = before.astimezone(UTC).isoformat(), None, 0
            newest = connection.execute(select(func.max(_records.c.seq))).scalar() or 0
            for row in connection.execute(select(_records).order_by(_records.c.seq)):
                entry = Entry(int(row.seq), str(row.record), str(row.mac))
                if entry.seq == newest or str(entry.fields["time"]) >= kept:
                    break
                last, removed = entry, removed + 1
            if last is not None:
                connection.execute(text("DROP TRIGGER audit_no_delete"))
                connection.execute(delete(_records).where(_records.c.seq <= last.seq))
                connection.execute(delete(_bases))
                connection.execute(insert(_bases).values(head=self._sealed(last)))
                for statement in _APPEND_ONLY:
                    connection.execute(text(statement))
        return removed

    def close(self) -> None:
        self._engine.dispose()

    def _base(self) -> Head | None:
        with self._transaction() as connection:
            kept = connection.execute(select(_bases.c.head)).scalar()
        return Head(**json.loads(kept)) if kept else None

    def _add(self, connection: Connection, last: Entry, fields: Mapping[str, Any]) -> Entry:
        record = _canonical({"seq": last.seq + 1, **_moment(), "policy": self._policy, **fields})
        entry = Entry(last.seq + 1, record, self._mac(last.mac, record))
        connection.execute(insert(_records).values(seq=entry.seq, record=entry.record, mac=entry.mac))
        return entry

    def _fault(self, entry: Entry, expected: int, previous: str) -> str:
        if entry.seq != expected:
            return f"record {expected} is missing"
        if not hmac.compare_digest(entry.mac.encode(), self._mac(previous, entry.record).encode()):
            return "the record or one before it was changed"
        try:
            numbered = entry.fields.get("seq") == entry.seq
        except (ValueError, AttributeError):
            numbered = False
        return "" if numbered else "the record stands at another place"

    def _head_fault(self, head: Head, count: int, macs: Mapping[int, str]) -> str:
        if not hmac.compare_digest(head.seal.encode(), self._seal(head).encode()):
            return "the head was not sealed with this key"
        if head.seq > count:
            return f"the log ends at {count}, the head at {head.seq}"
        known = macs.get(head.seq, head.mac)  # older than what is kept: it cannot be compared any more
        return "" if head.seq == 0 or known == head.mac else "the log is another one than the head's"

    def _write_head(self, last: Entry) -> None:
        sealed = self._sealed(last).ljust(_HEAD_BYTES)
        # In place: a rename makes the file system flush, which costs more than all the rest (measured: 5 ms).
        descriptor = os.open(self._head_path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(descriptor, sealed.encode(), 0)
        finally:
            os.close(descriptor)

    def _sealed(self, last: Entry) -> str:
        head = Head(last.seq, last.mac, datetime.now(UTC).isoformat())
        return _canonical({**_plain(head), "seal": self._seal(head)})

    def _seal(self, head: Head) -> str:
        return hmac.new(self._secret(), b"head\0" + _canonical(_plain(head)).encode(), hashlib.sha256).hexdigest()

    def _mac(self, previous: str, record: str) -> str:
        return hmac.new(self._secret(), f"record\0{previous}\0{record}".encode(), hashlib.sha256).hexdigest()

    def _secret(self) -> bytes:
        if self._key is None:
            self._key = self._key_source()
        return self._key

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._opening:
                self._secret()
            with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError, ValueError) as error:
            raise AuditUnavailable(detail=str(getattr(error, "orig", None) or type(error).__name__)) from error


def _moment() -> dict[str, Any]:
    return {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "monotonic": round(monotonic(), 3)}


def _plain(head: Head) -> dict[str, Any]:
    return {"seq": head.seq, "mac": head.mac, "time": head.time}


def _canonical(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # sqlite3: we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute(
        "CREATE TABLE IF NOT EXISTS audit (seq INTEGER PRIMARY KEY, record TEXT NOT NULL, mac TEXT NOT NULL)"
    )
    cursor.execute("CREATE TABLE IF NOT EXISTS base (head TEXT NOT NULL)")
    for statement in _APPEND_ONLY:
        cursor.execute(statement)
    cursor.close()


def _take_lock(connection: Connection) -> None:
    """From the first read on: two writers would else give the same number."""
    connection.execute(text("BEGIN IMMEDIATE"))
