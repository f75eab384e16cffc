"""A trusted script run on a database file: how the guard's benchmark makes its seeds. The service never calls it."""

from pathlib import Path

import duckdb


def run_script(path: Path, script: str) -> None:
    """Make or change the database at `path`."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(script)


def table_names(path: Path) -> frozenset[str]:
    """The tables of a database."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return frozenset(name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall())


def counted_columns(sql: str) -> list[bool]:
    """For each output column of one plain SELECT, whether it is a bare count; empty for any other statement."""
    with duckdb.connect() as connection:
        columns = connection.execute(
            "SELECT json_extract_string(one, '$.function_name') IN ('count_star', 'count') "
            "FROM (SELECT unnest(json_extract(json_serialize_sql(?), '$.statements[0].node.select_list[*]')) AS one)",
            [sql],
        ).fetchall()
    return [bool(counted) for (counted,) in columns]
