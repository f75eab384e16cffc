"""Cells of a sheet as values of a column: codes by code or name, whole numbers as Vietnamese offices write them."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ingest.education.office.sheets import plain

EMPTY = frozenset({"", "-", "–", "x", "n/a", "null", "không có", "chưa có số liệu", "không có số liệu"})
_WHOLE = re.compile(r"-?(?:\d+|\d{1,3}(?:[. ]\d{3})+|\d{1,3}(?:,\d{3})+)")
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YES, _NO = frozenset({"x", "có", "1", "true", "đúng"}), frozenset({"", "không", "0", "false", "sai"})


class BadValue(ValueError):
    """A cell that does not fit; the argument is the code of the fault."""


@dataclass(frozen=True, slots=True)
class Codes:
    """A code list, by every way a sheet may write an entry; `given` translations come first."""

    known: frozenset[str]
    by_words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: list[tuple[Any, ...]], given: dict[str, str]) -> "Codes":
        """From (code, name, short name, code in CSDL ngành) rows."""
        words: dict[str, str] = {}
        for code, *names in rows:
            for name in (code, *names):
                if name:
                    words.setdefault(plain(str(name)), code)
        words.update({plain(written): code for written, code in given.items()})
        return cls(frozenset(code for code, *_ in rows), words)

    def find(self, text: str) -> str:
        """The code meant; a leading zero that a spreadsheet took away is put back."""
        form = plain(text)
        if form in self.by_words:
            return self.by_words[form]
        padded = [code for code in self.known if code.isdigit() and form.isdigit() and code.lstrip("0") == form]
        if len(padded) == 1:
            return padded[0]
        raise BadValue("unknown_code")


def whole_number(text: str) -> int | None:
    """NULL where nothing was reported: an empty cell is not a zero."""
    form = plain(text)
    if form in EMPTY:
        return None
    if not _WHOLE.fullmatch(form):
        raise BadValue("not_a_number")
    value = int(re.sub(r"[., ]", "", form))
    if value < 0:
        raise BadValue("negative")
    return value


def typed(text: str, kind: str) -> object:
    """A cell for a column of that DuckDB type."""
    form = plain(text)
    if kind == "INTEGER":
        return whole_number(text)
    if kind == "BOOLEAN":
        if form not in _YES | _NO:
            raise BadValue("not_yes_or_no")
        return form in _YES
    if form in EMPTY:
        return None
    if kind == "DOUBLE":
        try:
            return float(form.replace(" ", "").replace(",", "."))
        except ValueError as error:
            raise BadValue("not_a_number") from error
    if kind == "DATE":
        return _day(form)
    return " ".join(text.split())


def _day(form: str) -> date:
    try:
        match = _DATE.fullmatch(form)
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(form[:10])
    except ValueError as error:
        raise BadValue("not_a_day") from error
