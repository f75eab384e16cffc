"""API keys: who a system is, what for, what it may do and until when. The secret is shown once; its hash is kept."""

import hashlib
import hmac
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from assistant.errors import NotAuthenticated, NotFound, StoreUnavailable

PREFIX = "troly_"
_TOKEN = re.compile(r"troly_(?P<id>[0-9a-f]{12})_(?P<secret>[A-Za-z0-9_-]{43})\Z")
_COLUMNS = "id, scope, rights, purpose, created_at, expires_at, revoked_at"


class Right(StrEnum):
    """What a key may be used for. An administrator's key needs none of them to administer."""

    ASK = "ask"
    WIDGET = "widget"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`scope` is a principal's text: what may be seen with the key."""

    id: str
    scope: str
    rights: frozenset[Right]
    purpose: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def state(self, now: datetime) -> str:
        """`revoked`, `expired` or `live`."""
        if self.revoked_at is not None:
            return "revoked"
        return "live" if now < self.expires_at else "expired"


class ApiKeys:
    """Safe to share between threads and processes: a connection for every call, so revoking holds at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def create(self, scope: str, rights: frozenset[Right], purpose: str, expires_at: datetime) -> tuple[ApiKey, str]:
        """The key and its token, which nobody can read again."""
        key = ApiKey(secrets.token_hex(6), scope, rights, purpose, datetime.now(UTC), expires_at)
        secret = secrets.token_urlsafe(32)
        kept = (key.id, scope, " ".join(sorted(rights)), purpose, key.created_at.isoformat(), expires_at.isoformat())
        with self._open() as connection, connection:
            connection.execute("INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, NULL, ?)", (*kept, _digest(secret)))
        return key, f"{PREFIX}{key.id}_{secret}"

    def find(self, token: str) -> ApiKey:
        """The live key of a token. Raises NotAuthenticated, with a code that tells an expired one."""
        match = _TOKEN.match(token)
        if match is None:
            raise NotAuthenticated("token_invalid")
        with self._open() as connection:
            row = connection.execute(f"SELECT {_COLUMNS}, digest FROM keys WHERE id = ?", (match["id"],)).fetchone()
        # A secret of 256 bits needs no slow hash: nobody can try them.
        if row is None or not hmac.compare_digest(row[-1], _digest(match["secret"])):
            raise NotAuthenticated("token_invalid")
        return _alive(_key(row))

    def live(self, key_id: str) -> ApiKey:
        """The key by its id, for what was made with it. Raises NotAuthenticated when it is no longer live."""
        with self._open() as connection:
            row = connection.execute(f"SELECT {_COLUMNS} FROM keys WHERE id = ?", (key_id,)).fetchone()
        if row is None:
            raise NotAuthenticated("token_invalid")
        return _alive(_key(row))

    def all(self) -> list[ApiKey]:
        with self._open() as connection:
            return [_key(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM keys ORDER BY created_at")]

    def revoke(self, key_id: str) -> None:
        """From now on. Raises NotFound for a key that never was; revoking twice changes nothing."""
        change = "UPDATE keys SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?"
        with self._open() as connection, connection:
            if connection.execute(change, (datetime.now(UTC).isoformat(), key_id)).rowcount == 0:
                raise NotFound("key_not_found", name=key_id[:40])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=5)) as connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS keys (id TEXT PRIMARY KEY, scope TEXT NOT NULL, rights TEXT NOT NULL, "
                    "purpose TEXT NOT NULL, created_at TEXT NOT NULL, expires_at TEXT NOT NULL, revoked_at TEXT, "
                    "digest TEXT NOT NULL)"
                )
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable(detail=type(error).__name__) from error


def _alive(key: ApiKey) -> ApiKey:
    state = key.state(datetime.now(UTC))
    if state != "live":
        raise NotAuthenticated("token_expired" if state == "expired" else "token_invalid", detail=state)
    return key


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("ascii")).hexdigest()


def _key(row: tuple[str, ...]) -> ApiKey:
    key_id, scope, rights, purpose, created_at, expires_at, revoked_at = row[:7]
    revoked = datetime.fromisoformat(revoked_at) if revoked_at else None
    granted = frozenset(Right(one) for one in rights.split())
    return ApiKey(
        key_id, scope, granted, purpose, datetime.fromisoformat(created_at), datetime.fromisoformat(expires_at), revoked
    )
