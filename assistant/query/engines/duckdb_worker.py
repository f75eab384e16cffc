"""The process that opens the education database: read-only, locked, limited; one JSON line in, one JSON line out."""

import json
import resource
import sys
from typing import Any, BinaryIO

import duckdb

from assistant.query.engines.values import dump_line, encode_rows

# Python, DuckDB's code and its threads' stacks need address space before the first row is read.
OVERHEAD_MB = 1400
# Order matters: the file system can only be switched off after external access, and the lock comes last.
LOCKS = (
    "SET enable_external_access = false",
    "SET disabled_filesystems = 'LocalFileSystem'",
    "SET lock_configuration = true",
)


def main() -> None:
    """Serve queries until the pipe closes. Errors leave as codes: engine text may hold values of people."""
    path, memory_mb = sys.argv[1], int(sys.argv[2])
    limit = (memory_mb + OVERHEAD_MB) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(open_locked(path, memory_mb), sys.stdin.buffer, sys.stdout.buffer)


def open_locked(path: str, memory_mb: int) -> duckdb.DuckDBPyConnection:
    """A connection that cannot write, read a file, load code, see Python's variables or change its settings."""
    config: dict[str, Any] = {
        "python_enable_replacements": "false",
        "python_scan_all_frames": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "memory_limit": f"{memory_mb}MB",
        "max_temp_directory_size": "0GB",
        "threads": "2",
        "pivot_limit": "200",
    }
    connection = duckdb.connect(path, read_only=True, config=config)
    for statement in LOCKS:
        connection.execute(statement)
    return connection


def serve(connection: duckdb.DuckDBPyConnection, requests: BinaryIO, replies: BinaryIO) -> None:
    replies.write(dump_line({"ready": True}))
    replies.flush()
    for line in requests:
        request = json.loads(line)
        replies.write(dump_line(_answer(connection, request["sql"], request["row_cap"])))
        replies.flush()


def _answer(connection: duckdb.DuckDBPyConnection, sql: str, row_cap: int) -> dict[str, Any]:
    cursor = connection.cursor()  # fresh: no temporary object or transaction outlives a query
    try:
        cursor.execute(sql)
        rows = cursor.fetchmany(row_cap + 1)
        names = [column[0] for column in cursor.description or ()]
        return {"columns": names, "rows": encode_rows(rows[:row_cap]), "truncated": len(rows) > row_cap}
    except (duckdb.OutOfMemoryException, MemoryError):
        return {"error": "engine_memory"}
    except duckdb.Error as error:
        return {"error": "query_failed", "kind": type(error).__name__}
    finally:
        cursor.close()


if __name__ == "__main__":
    main()
