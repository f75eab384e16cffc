"""The database file: created from schema.sql beside its final place, filled from numpy columns, then swapped in."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from assistant.errors import InvalidRequest
from ingest.education.apportion import Numbers

SCHEMA_FILE = Path(__file__).with_name("schema.sql")
SOURCE = "GIA_LAP"
LARGE_INSERT = 200_000
MEMORY_LIMIT = "1500MB"  # what the engine may hold beside the columns being made
_TABLE = re.compile(r"^CREATE TABLE (\w+) \((?:.*\);)? -- (.+)$")
_COLUMN = re.compile(r"^    (\w+) [^-]*-- (.+)$")
_DEFAULT = re.compile(r"^-- @(\w+) (.+)$")


class Database:
    """An open database being written."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def execute(self, sql: str, parameters: Sequence[object] | None = None) -> list[tuple[Any, ...]]:
        """Run SQL of this package and return its rows."""
        return self._connection.execute(sql, list(parameters or [])).fetchall()

    def script(self, sql: str) -> None:
        """Run the statements of a script of this package; an engine's error passes through."""
        self._connection.execute(sql)

    def insert_rows(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run an INSERT of this package once for each row."""
        if rows:
            self._connection.executemany(sql, [list(row) for row in rows])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything of the block written at once, which is also much faster."""
        self._connection.execute("BEGIN")
        yield
        self._connection.execute("COMMIT")

    def _settle(self, columns: Mapping[str, Numbers]) -> None:
        """Write a large table out at once instead of holding a whole period in memory."""
        if len(next(iter(columns.values()))) >= LARGE_INSERT:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")

    def insert(self, table: str, columns: Mapping[str, Numbers]) -> None:
        """Add rows given as columns by name."""
        self._connection.register("incoming", dict(columns))
        self._connection.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM incoming')
        self._connection.unregister("incoming")
        self._settle(columns)

    def insert_facts(self, table: str, columns: Mapping[str, Numbers], as_of: date | None = None) -> None:
        """Add synthetic rows; without `as_of` every row is of the day in its own `as_of_date` column."""
        self._connection.register("incoming", dict(columns))
        day = f", DATE '{as_of}' AS as_of_date" if as_of else ""
        marks = f"TRUE AS is_synthetic, '{SOURCE}' AS source_id{day}"
        self._connection.execute(f'INSERT INTO "{table}" BY NAME SELECT *, {marks} FROM incoming')
        self._connection.unregister("incoming")
        self._settle(columns)


@contextmanager
def new_database(path: Path, *, force: bool) -> Iterator[Database]:
    """A database with empty tables that becomes `path` only if the block ends well."""
    if path.exists() and not force:
        raise InvalidRequest("education_exists", path=path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Many small tables: the usual block of 256 KiB would triple the file.
        connection = duckdb.connect(str(unfinished), config={"default_block_size": 16384})
    except (OSError, duckdb.Error) as error:
        raise InvalidRequest("education_not_writable", path=path, detail=str(error)) from error
    try:
        # One thread keeps rows in the order they were made, so that one seed gives one file.
        connection.execute("SET threads = 1")
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute("BEGIN")
        connection.execute(SCHEMA_FILE.read_text(encoding="utf-8"))
        _add_comments(connection)
        connection.execute("COMMIT")
        yield Database(connection)
        connection.execute("CHECKPOINT")
        connection.close()
        os.replace(unfinished, path)
    except (OSError, duckdb.IOException) as error:
        raise InvalidRequest("education_not_writable", path=path, detail=str(error)) from error
    finally:
        connection.close()
        for leftover in (unfinished, unfinished.with_name(f"{unfinished.name}.wal")):
            leftover.unlink(missing_ok=True)


def export_parquet(path: Path, folder: Path) -> int:
    """Write every table of a finished database as a Parquet file into `folder`; the answer is how many."""
    with existing_database(path) as database:
        database.script(f"SET memory_limit = '{MEMORY_LIMIT}'; SET enable_progress_bar = false")
        tables = [name for (name,) in database.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name")]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for table in tables:
                target = str(folder / f"{table}.parquet").replace("'", "''")
                database.script(f"COPY \"{table}\" TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        except (OSError, duckdb.IOException) as error:
            raise InvalidRequest("education_not_writable", path=folder, detail=str(error)) from error
    return len(tables)


@contextmanager
def existing_database(path: Path) -> Iterator[Database]:
    """A finished database, read only."""
    if not path.is_file():
        raise InvalidRequest("education_missing", path=path, command="troly-ingest education")
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            yield Database(connection)
    except duckdb.Error as error:
        raise InvalidRequest("education_unreadable", path=path, detail=str(error)) from error


@contextmanager
def changed_database(path: Path) -> Iterator[Database]:
    """A copy of a finished database to write to, which takes its place only if the block ends well."""
    if not path.is_file():
        raise InvalidRequest("education_missing", path=path, command="troly-ingest education")
    copy = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(path, copy)
        with duckdb.connect(str(copy)) as connection:
            yield Database(connection)
            connection.execute("CHECKPOINT")
        os.replace(copy, path)
    except (OSError, duckdb.IOException) as error:
        raise InvalidRequest("education_not_writable", path=path, detail=str(error)) from error
    finally:
        for leftover in (copy, copy.with_name(f"{copy.name}.wal")):
            leftover.unlink(missing_ok=True)


def schema_comments(schema: str) -> tuple[dict[str, str], dict[tuple[str, str], str], dict[str, str]]:
    """Sentences for tables, for single columns, and for columns of a name wherever they stand."""
    tables: dict[str, str] = {}
    columns: dict[tuple[str, str], str] = {}
    defaults: dict[str, str] = {}
    table = ""
    for line in schema.splitlines():
        if match := _DEFAULT.match(line):
            defaults[match[1]] = match[2]
        elif match := _TABLE.match(line):
            table = match[1]
            tables[table] = match[2]
        elif match := _COLUMN.match(line):
            columns[table, match[1]] = match[2]
    return tables, columns, defaults


def _add_comments(connection: duckdb.DuckDBPyConnection) -> None:
    tables, columns, defaults = schema_comments(SCHEMA_FILE.read_text(encoding="utf-8"))
    for table, words in tables.items():
        connection.execute(f"COMMENT ON TABLE {table} IS {_quoted(words)}")
    found = connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    for table, column in found:
        words = columns.get((table, column)) or defaults[column]
        connection.execute(f"COMMENT ON COLUMN {table}.{column} IS {_quoted(words)}")


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
