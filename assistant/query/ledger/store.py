"""What was released to whom, kept in SQLite so that a restart or another process forgets nothing."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import time

from assistant.errors import StoreUnavailable

_DAY = 86_400


class Store:
    """Safe to share between threads and processes: every call has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def released(self, principal: str, domain: str, days: int) -> list[str]:
        """The populations released to `principal` in the last `days`, oldest first."""
        query = "SELECT sql FROM released WHERE principal = ? AND domain = ? AND at >= ? ORDER BY at, rowid"
        with self._open() as connection:
            return [sql for (sql,) in connection.execute(query, (principal, domain, time() - days * _DAY))]

    def add(self, principal: str, domain: str, populations: Sequence[str]) -> None:
        """Remember; one that is known already is as new again."""
        rows = [(principal, domain, sql, time()) for sql in populations]
        with self._open() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO released VALUES (?, ?, ?, ?)", rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=5)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS released (principal TEXT, domain TEXT, sql TEXT, at REAL, "
                    "PRIMARY KEY (principal, domain, sql))"
                )
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable("ledger_unavailable", detail=type(error).__name__) from error
