"""What was released to whom, kept in SQLite so that a restart or another process forgets nothing."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple
from pathlib import Path
from time import time

from assistant.errors import StoreUnavailable
from assistant.query.guard.disclosure.populations import Listing

_DAY = 86_400


class Store:
    """Safe to share between threads and processes: every call has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def released(self, principal: str, domain: str, trait: str, days: int) -> list[Listing]:
        """The listings released to `principal` in the last `days`, oldest first."""
        query = (
            "SELECT ctes, source, person, cell, condition FROM listings "
            "WHERE principal = ? AND domain = ? AND trait = ? AND at >= ? ORDER BY at, rowid"
        )
        with self._open() as connection:
            found = connection.execute(query, (principal, domain, trait, time() - days * _DAY))
            return [Listing(*row) for row in found]

    def add(self, principal: str, domain: str, trait: str, listings: Sequence[Listing]) -> None:
        """Remember; one that is known already is as new again."""
        rows = [(principal, domain, trait, *astuple(one), time()) for one in listings]
        with self._open() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO listings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=5)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS listings (principal TEXT, domain TEXT, trait TEXT, ctes TEXT, "
                    "source TEXT, person TEXT, cell TEXT, condition TEXT, at REAL, "
                    "PRIMARY KEY (principal, domain, trait, ctes, source, person, cell, condition))"
                )
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable("ledger_unavailable", detail=type(error).__name__) from error
