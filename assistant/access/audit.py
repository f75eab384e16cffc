"""The audit log: who asked what kind of thing, what was decided; append-only, chained by a key, never a row of data.

Every record's MAC covers the record and the MAC before it, so that a change, a gap or another order shows. The head —
the last number and MAC, sealed — is written beside every record; kept on another host it also shows a cut tail.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, create_engine, event, insert, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.errors import AuditUnavailable

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
_KEY_BYTES = 32
_START = "0" * 64
_HEAD_BYTES = 400


class Kind(StrEnum):
    ANSWER = "answer"
    QUERY = "query"
    REFUSAL = "refusal"
    SIGN_IN = "sign_in"
    EXPORT = "export"
    POLICY_CHANGE = "policy_change"
    WIDGET_TOKEN = "widget_token"
    KEY = "key"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain at one moment; `seal` is a MAC over the other fields."""

    seq: int
    mac: str
    time: str
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`bad` is the number of the first record that does not hold, with the reason; None when all do."""

    records: int
    bad: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored record: its number, its text as it was sealed, and its MAC."""

    seq: int
    record: str
    mac: str

    @property
    def fields(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.record)
        return loaded


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
        previous, count = _START, 0
        macs: dict[int, str] = {}
        try:
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

    def close(self) -> None:
        self._engine.dispose()

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
        return "" if head.seq == 0 or macs[head.seq] == head.mac else "the log is another one than the head's"

    def _write_head(self, last: Entry) -> None:
        head = Head(last.seq, last.mac, datetime.now(UTC).isoformat())
        sealed = _canonical({**_plain(head), "seal": self._seal(head)}).ljust(_HEAD_BYTES)
        # In place: a rename makes the file system flush, which costs more than all the rest (measured: 5 ms).
        descriptor = os.open(self._head_path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(descriptor, sealed.encode(), 0)
        finally:
            os.close(descriptor)

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


def read_head(path: Path) -> Head:
    """A head kept somewhere. Raises AuditUnavailable when it cannot be read."""
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        return Head(int(loaded["seq"]), str(loaded["mac"]), str(loaded["time"]), str(loaded["seal"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AuditUnavailable("audit_head_unreadable", path=str(path)) from error


def key_of(configured: str | None, path: Path) -> bytes:
    """The configured key, or the one in `path`, made at the first use and readable by its owner only."""
    if configured:
        return hashlib.sha256(configured.encode()).digest()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():  # written whole beside it: another process must never read half a key
        with NamedTemporaryFile("w", encoding="ascii", dir=path.parent) as file:
            file.write(secrets.token_hex(_KEY_BYTES))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(key) < _KEY_BYTES:
        raise ValueError("the audit key is cut short")
    return key


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
    for statement in _APPEND_ONLY:
        cursor.execute(statement)
    cursor.close()


def _take_lock(connection: Connection) -> None:
    """From the first read on: two writers would else give the same number."""
    connection.execute(text("BEGIN IMMEDIATE"))
