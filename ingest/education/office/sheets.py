"""Sheets of an office read as text: CSV, XLSX, SQLite, DuckDB; headings found whatever their line breaks and marks."""

import csv
import io
import sqlite3
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import duckdb
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assistant.errors import InvalidRequest

Line = tuple[str, ...]
ENCODINGS = ("utf-8-sig", "utf-16", "cp1258")
HEADING_ROWS = 20
DATABASES = (".sqlite", ".sqlite3", ".db", ".duckdb")


def plain(text: str) -> str:
    """Text as compared: composed marks, one space, no line break, lower case."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def read_sheet(path: Path, sheet: str | None) -> Iterator[Line]:
    """Every line as text; InvalidRequest when the file is not what its name says."""
    if not path.is_file():
        raise InvalidRequest("office_file_missing", path=path)
    kind = path.suffix.lower()
    try:
        if kind == ".csv":
            yield from _csv(path)
        elif kind in (".xlsx", ".xlsm"):
            yield from _xlsx(path, sheet)
        elif kind in DATABASES:
            yield from _database(path, sheet or "")
        else:
            raise InvalidRequest("office_file_kind", path=path)
    except (OSError, ValueError, KeyError, csv.Error, zipfile.BadZipFile, InvalidFileException) as error:
        raise InvalidRequest("office_file_unreadable", path=path, detail=str(error)) from error
    except (sqlite3.Error, duckdb.Error) as error:
        raise InvalidRequest("office_file_unreadable", path=path, detail=str(error)) from error


def lines_under(lines: Iterable[Line], headings: Iterable[str], path: Path) -> Iterator[Line]:
    """The cells under `headings`, in their order; the row of headings is the first that has them all."""
    wanted = {plain(heading): heading for heading in headings}
    places: list[int] | None = None
    best: set[str] = set()
    for number, line in enumerate(lines):
        if places is not None:
            if any(cell for cell in line):
                yield tuple(line[place].strip() if place < len(line) else "" for place in places)
            continue
        found = {plain(cell): place for place, cell in reversed(list(enumerate(line)))}
        best = max(best, wanted.keys() & found.keys(), key=len)
        if wanted.keys() <= found.keys():
            places = [found[heading] for heading in wanted]
        elif number >= HEADING_ROWS:
            break
    if places is None:
        missing = [heading for form, heading in wanted.items() if form not in best]
        raise InvalidRequest("office_heading_missing", path=path, headings=", ".join(missing))


def _csv(path: Path) -> Iterator[Line]:
    raw = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InvalidRequest("office_file_unreadable", path=path)
    sample = text[:20_000]
    separator = max(";,\t", key=lambda one: sample.count(one))
    yield from (tuple(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _xlsx(path: Path, sheet: str | None) -> Iterator[Line]:
    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        names = {plain(name): name for name in book.sheetnames}
        if sheet is not None and plain(sheet) not in names:
            raise InvalidRequest("office_sheet_missing", path=path, sheet=sheet, held=", ".join(book.sheetnames[:10]))
        chosen = book[names[plain(sheet)]] if sheet is not None else book.worksheets[0]
        for row in chosen.iter_rows(values_only=True):
            yield tuple(_text(cell) for cell in row)


def _database(path: Path, table: str) -> Iterator[Line]:
    """A table of an office's database file, opened read only; its columns are the headings."""
    quoted = '"' + table.replace('"', '""') + '"'
    if path.suffix.lower() == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            cursor = connection.execute(f"SELECT * FROM {quoted}")
            yield tuple(one[0] for one in cursor.description or ())
            while rows := cursor.fetchmany(10_000):
                yield from (tuple(_text(cell) for cell in row) for row in rows)
        return
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute(f"SELECT * FROM {quoted}")
        yield tuple(one[0] for one in found.description)
        yield from (tuple(_text(cell) for cell in row) for row in found)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)
