"""Persons behind the counts, in a database file of their own: no service, query or analytic connection opens it."""

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assistant.errors import InvalidRequest
from ingest.education.database import MEMORY_LIMIT
from ingest.education.periods import YEAR_ENDS

SQL_FILE = Path(__file__).with_name("make.sql")
FILE_NAME = "education-persons.duckdb"
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Made:
    """How many learners, staff and lines there are."""

    path: Path
    learners: int
    staff: int


def make_persons(education: Path, *, seed: int, force: bool = False) -> Made:
    """Write the persons of the last full report beside the education database, readable by its owner only."""
    path = education.with_name(FILE_NAME)
    if not education.is_file():
        raise InvalidRequest("education_missing", path=education, command="troly-ingest education")
    if path.exists() and not force:
        raise InvalidRequest("education_exists", path=path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with duckdb.connect(str(unfinished)) as connection:
            unfinished.chmod(OWNER_ONLY)
            learners, staff = _fill(connection, education, seed)
        os.replace(unfinished, path)
    except (OSError, duckdb.IOException) as error:
        raise InvalidRequest("education_not_writable", path=path, detail=str(error)) from error
    finally:
        for leftover in (unfinished, unfinished.with_name(f"{unfinished.name}.wal")):
            leftover.unlink(missing_ok=True)
    return Made(path, learners, staff)


def _fill(connection: duckdb.DuckDBPyConnection, education: Path, seed: int) -> tuple[int, int]:
    period = YEAR_ENDS[-1]
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET enable_progress_bar = false")
    name = str(education).replace("'", "''")
    connection.execute(f"ATTACH '{name}' AS source (READ_ONLY)")
    for variable, value in {"school_year": period.school_year, "period": period.code, "seed": seed}.items():
        connection.execute(f"SET VARIABLE {variable} = ?", [value])
    connection.execute(SQL_FILE.read_text(encoding="utf-8"))
    counts = connection.execute("SELECT (SELECT count(*) FROM learner), (SELECT count(*) FROM staff_member)").fetchone()
    return counts or (0, 0)
