"""What was released to whom, kept in SQLite so that a restart or another process forgets nothing."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import time

from assistant.errors import StoreUnavailable
from assistant.query.guard.disclosure.populations import Listing

_DAY = 86_400
Family = tuple[str, str]
"""Groups that are compared: of one kind of person, as they are without one trait (or as they are)."""
Listings = Mapping[Family, Sequence[Listing]]


class Store:
    """Safe to share between threads and processes: every call has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def released(self, principal: str, days: int) -> Listings:
        """What `principal` was told in the last `days`, oldest first."""
        query = (
            "SELECT domain, trait, ctes, source, person, cell, conditions, weight FROM told "
            "WHERE principal = ? AND at >= ? ORDER BY at, rowid"
        )
        found: dict[Family, list[Listing]] = {}
        with self._open() as connection:
            rows = connection.execute(query, (principal, time() - days * _DAY))
            for domain, trait, ctes, source, person, cell, conditions, weight in rows:
                listing = Listing(ctes, source, person, cell, tuple(json.loads(conditions)), weight)
                found.setdefault((domain, trait), []).append(listing)
        return found

    def add(self, principal: str, told: Listings) -> None:
        """Remember; what is known already is as new again."""
        rows = [
            (
                principal,
                *family,
                one.ctes,
                one.source,
                one.person,
                one.cell,
                json.dumps(one.conditions),
                one.weight,
                time(),
            )
            for family, listings in told.items()
            for one in listings
        ]
        with self._open() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=5)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS told (principal TEXT, domain TEXT, trait TEXT, ctes TEXT, "
                    "source TEXT, person TEXT, cell TEXT, conditions TEXT, weight TEXT, at REAL, "
                    "PRIMARY KEY (principal, domain, trait, ctes, source, person, cell, conditions))"
                )
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable("ledger_unavailable", detail=type(error).__name__) from error
