"""Status registers: tables of numbers, days and status from elsewhere, with how certain each row is."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.text import fold
from ingest.legal.dates import find_dates, first_date
from ingest.legal.numbers import normal_number

# What a column is called, in English and in the words offices use.
_COLUMNS = {
    "number": ("number", "so ky hieu", "so hieu", "so/ky hieu", "so van ban", "so"),
    "issued": ("issued", "ngay ban hanh", "ban hanh"),
    "effective": ("effective", "ngay co hieu luc", "ngay hieu luc", "hieu luc tu"),
    "ended": ("ended", "ngay het hieu luc", "het hieu luc"),
    "title": ("title", "trich yeu", "ten van ban", "ten"),
    "status": ("status", "tinh trang", "tinh trang hieu luc", "hieu luc"),
    "relations": ("relations", "quan he", "van ban lien quan", "ghi chu"),
    "certainty": ("confidence", "certainty", "do tin cay", "muc tin cay"),
    "origin": ("source", "nguon"),
}
_ENDED = re.compile(r"het hieu luc|bai bo|thay the")
_STILL = re.compile(r"con hieu luc|dang co hieu luc")
_PARTLY = re.compile(r"mot phan|mot so")
_DAY_ONLY = re.compile(r"^\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Register:
    """One row of a register. `certainty`: A seen in the document or official press, B second-hand, C background."""

    number: str
    title: str
    status: str
    relations: str
    certainty: str
    origin: str
    issued_on: date | None
    effective_from: date | None
    effective_to: date | None


def read_register(data: bytes, name: str) -> list[Register]:
    """The rows of a register, or none when the file is something else: it needs a number and a status."""
    if not name.casefold().endswith((".csv", ".tsv")):
        return []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = next(rows, [])
    places = _places(header)
    if not {"number", "status"} <= places.keys():
        return []
    return list(_rows(rows, places))


def _rows(rows: Iterator[list[str]], places: dict[str, int]) -> Iterator[Register]:
    for row in rows:
        values = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        number = normal_number(values["number"])
        if not number:
            continue
        status = values["status"]
        yield Register(
            number=number,
            title=values.get("title", ""),
            status=status,
            relations=values.get("relations", ""),
            certainty=(values.get("certainty", "") or "C")[:1].upper(),
            origin=values.get("origin", ""),
            issued_on=_exact(values.get("issued", "")),
            effective_from=_exact(values.get("effective", "")),
            effective_to=_end(status, values.get("ended", "")),
        )


def _end(status: str, ended: str) -> date | None:
    """The last day in force: "hết hiệu lực 2026-01-01" names the first day without."""
    day = first_date(ended)
    words = fold(status)
    if day is None and _ENDED.search(words) and not _STILL.search(words) and not _PARTLY.search(words):
        day = next(find_dates(status), None)
    return date.fromordinal(day.toordinal() - 1) if day else None


def _exact(text: str) -> date | None:
    """A whole day; "2025-10" and "2026" are no days."""
    return first_date(text) if _DAY_ONLY.match(text) or "/" in text else None


def _places(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        folded = " ".join(fold(name).replace("_", " ").split())
        for column, names in _COLUMNS.items():
            if column not in found and (folded in names or (column == "status" and folded.startswith("status"))):
                found[column] = place
                break
    return found


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
