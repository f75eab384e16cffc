"""An office's own data into the education database, with a report of what was and was not taken."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import InvalidRequest
from ingest.education.database import Database, changed_database
from ingest.education.office.mapping import Mapping, Sheet, read_mapping_file
from ingest.education.office.sheets import Line, lines_under, read_sheet
from ingest.education.office.values import BadValue, Codes, typed

STAMPS = ("is_synthetic", "source_id", "as_of_date")
LISTS = {
    "level_code": "ref_level",
    "sublevel_code": "ref_sublevel",
    "grade_code": "ref_grade",
    "sex_code": "ref_sex",
    "ethnicity_group": "ref_ethnicity_group",
    "ownership_code": "ref_ownership",
    "area_code": "ref_area",
    "position_code": "ref_position",
    "qualification_code": "ref_qualification",
    "subject_code": "ref_subject",
    "period_code": "ref_period",
    "level_group_code": "ref_level_group",
    "status": "ref_school_status",
    "state_code": "ref_submission_state",
}
EXAMPLES = 5


@dataclass(slots=True)
class SheetReport:
    """What became of one sheet: faults by (column, code), with a few of the cells that caused them."""

    file: str
    into: str
    read: int = 0
    taken: int = 0
    rows: int = 0
    refused: int = 0
    decomposed: int = 0
    empty: Counter[str] = field(default_factory=Counter)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def fault(self, column: str, code: str, cell: str) -> None:
        self.faults[column, code] += 1
        seen = self.examples.setdefault((column, code), [])
        if cell not in seen and len(seen) < EXAMPLES:
            seen.append(cell[:40])


def load_office(path: Path, mapping_file: Path) -> list[SheetReport]:
    """Load every sheet of the mapping, or nothing at all: too many bad lines leave the database as it was."""
    mapping = read_mapping_file(mapping_file)
    reports = []
    with changed_database(path) as database:
        for sheet in mapping.sheets:
            reports.append(_load_sheet(database, mapping, sheet, mapping_file.parent))
        _note_source(database, mapping)
    return reports


def _load_sheet(database: Database, mapping: Mapping, sheet: Sheet, folder: Path) -> SheetReport:
    report = SheetReport(sheet.file, sheet.into)
    kinds = _target(database, sheet)
    readers = {name: _reader(database, sheet, name, kinds[name]) for name in sheet.columns}
    source = folder / sheet.file
    headings = [column.heading for column in sheet.columns.values()]
    counted: Counter[tuple[object, ...]] = Counter()
    for line in lines_under(read_sheet(source, sheet.sheet), headings, source):
        report.read += 1
        values = _values(line, readers, report)
        if values is not None:
            report.taken += 1
            counted[values] += 1
    report.refused = report.read - report.taken
    if report.read == 0 or report.refused > mapping.most_refused * report.read:
        raise InvalidRequest(
            "office_too_many_refused", file=sheet.file, refused=report.refused, read=report.read, why=_reasons(report)
        )
    _write(database, mapping, sheet, counted, report)
    return report


def _target(database: Database, sheet: Sheet) -> dict[str, str]:
    """Column → type of the table; every column that must not be empty has to come from somewhere."""
    rows = database.execute(
        "SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE table_name = ?", [sheet.into]
    )
    kinds = {name: kind for name, kind, _ in rows}
    if not set(STAMPS) <= kinds.keys():
        raise InvalidRequest("office_table_unknown", table=sheet.into)
    given = {*sheet.columns, *sheet.constants, *((sheet.count,) if sheet.count else ())}
    if unknown := sorted({*given, *sheet.replace} - kinds.keys()):
        raise InvalidRequest("office_column_unknown", table=sheet.into, columns=", ".join(unknown))
    if lacking := [name for name, _, nullable in rows if not nullable and name not in given and name not in STAMPS]:
        raise InvalidRequest("office_column_lacking", table=sheet.into, columns=", ".join(lacking))
    return kinds


def _reader(database: Database, sheet: Sheet, name: str, kind: str) -> Callable[[str], object]:
    column = sheet.columns[name]
    table = column.list or LISTS.get(name)
    if table is None and not column.codes:
        return lambda text: typed(text, kind)
    listed = [name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()")]
    if table is not None and table not in listed:
        raise InvalidRequest("office_table_unknown", table=table)
    rows = database.execute(f'SELECT code, name_vi, short_name, csdl_code FROM "{table}"') if table else []
    return Codes.of(rows, column.codes).find


def _values(line: Line, readers: dict[str, Callable[[str], object]], report: SheetReport) -> tuple[object, ...] | None:
    """The values of a line, or None when one of its cells does not fit; every fault of the line is told."""
    values: list[object] = []
    good = True
    for cell, (name, read) in zip(line, readers.items(), strict=True):
        report.decomposed += cell != unicodedata.normalize("NFC", cell)
        try:
            value = read(unicodedata.normalize("NFC", cell))
        except BadValue as fault:
            report.fault(name, str(fault), cell)
            good = False
            continue
        report.empty[name] += value is None
        values.append(value)
    return tuple(values) if good else None


def _write(
    database: Database, mapping: Mapping, sheet: Sheet, counted: Counter[tuple[object, ...]], report: SheetReport
) -> None:
    source = mapping.source
    names = [*sheet.columns, *sheet.constants, *((sheet.count,) if sheet.count else ()), *STAMPS]
    fixed = tuple(sheet.constants.values())
    stamps = (False, source.id, source.as_of)
    rows: list[tuple[object, ...]] = []
    for values, times in counted.items():
        if sheet.count:
            rows.append((*values, *fixed, times, *stamps))
            continue
        if times > 1:
            report.faults["*", "duplicate_line"] += times - 1
        rows.append((*values, *fixed, *stamps))
    for key in _replaced(names, rows, sheet):
        where = " AND ".join(f'"{name}" IS NOT DISTINCT FROM ?' for name in sheet.replace)
        database.execute(f'DELETE FROM "{sheet.into}" WHERE {where}', list(key))
    listed = ", ".join(f'"{name}"' for name in names)
    database.insert_rows(f'INSERT INTO "{sheet.into}" ({listed}) VALUES ({", ".join("?" * len(names))})', rows)
    report.rows = len(rows)


def _replaced(names: list[str], rows: list[tuple[object, ...]], sheet: Sheet) -> Iterator[tuple[object, ...]]:
    if sheet.replace:
        if missing := [name for name in sheet.replace if name not in names]:
            raise InvalidRequest("office_column_lacking", table=sheet.into, columns=", ".join(missing))
        places = [names.index(name) for name in sheet.replace]
        yield from dict.fromkeys(tuple(row[place] for place in places) for row in rows)


def _note_source(database: Database, mapping: Mapping) -> None:
    source = mapping.source
    database.execute("DELETE FROM data_source WHERE source_id = ?", [source.id])
    database.execute("INSERT INTO data_source VALUES (?, ?, ?, FALSE)", [source.id, source.title, source.as_of])
    words = f" Có số liệu thật của: {source.title} (ngày {source.as_of:%d/%m/%Y})."
    database.execute("UPDATE meta SET value = replace(value, ?, '') || ? WHERE key = 'notice'", [words, words])


def _reasons(report: SheetReport) -> str:
    return "; ".join(f"{column}: {code} × {count}" for (column, code), count in report.faults.most_common(3)) or "-"
