"""Documents that are known to exist, held or not: config/known_documents.csv, a register and never a source of law.

It serves three ends: to name the document that an answer would need, to know that a held text was replaced by one that
is not held, and to ask which of several documents a bare number means.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.corpus.document import numbered
from assistant.corpus.reading.numbers import CitedNumber
from assistant.settings import PACKAGE_DIR
from assistant.text import fold

KNOWN_FILE = PACKAGE_DIR / "config" / "known_documents.csv"
ELSEWHERE_FILE = PACKAGE_DIR / "config" / "known_elsewhere.csv"

# "thay 17, 18, 19/2018 và 22/2024": the year closes a run of serials; without a symbol it is the row's own.
_RUN = re.compile(r"(\d{1,4}(?:\s*(?:,|và)\s*\d{1,4})*)/((?:19|20)\d{2})(?:/([\w-]+))?")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_VERBS = {
    "replaces": re.compile(r"^(thay|thay the|the cho|bai bo)(?! boi) "),
    "replaced_by": re.compile(r"^(thay|thay the|the cho) boi "),
    "amends": re.compile(r"^sua(?! boi) "),
    "amended_by": re.compile(r"^sua boi "),
}
_KINDS = {"TTLT": "Thông tư liên tịch", "TT-": "Thông tư", "NĐ": "Nghị định", "QĐ": "Quyết định", "NQ": "Nghị quyết"}
_ENDED = re.compile(r"^(coi la )?het hieu luc")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FULL = re.compile(r"^0*(\d+\w?)((?:/\d{4})?)[/-](.+)$")


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """One row of the register. `certainty`: A read in the document or official press, B second-hand, C background."""

    number: str
    kind: str
    title: str
    issued: str
    effective: str
    status: str
    relations: str
    certainty: str

    @property
    def effective_from(self) -> date | None:
        """The day it takes effect; None where the register knows less than a day."""
        found = _DAY.match(self.effective) or _DAY.match(self.issued)
        return date.fromisoformat(found[0]) if found else None

    @property
    def name(self) -> str:
        """As a sentence names it: "Thông tư số 70/2026/TT-BGDĐT (Quản lý và sử dụng học bạ số)"."""
        name = numbered(self.kind, self.number)
        return f"{name} ({self.title})" if self.title else name

    def numbers(self, relation: str) -> Iterator[str]:
        """The numbers this row says it `replaces`, `amends`, is `replaced_by` or `amended_by`."""
        for clause in _IN_BRACKETS.sub("", self.relations).split(";"):
            words = " ".join(fold(clause).split())
            # A row that is "đã sửa" may list what amends it without a verb.
            bare = relation == "amended_by" and words[:1].isdigit() and "da sua" in fold(self.status)
            if bare or _VERBS[relation].search(words):
                yield from _listed(clause, self.number)


class Register:
    """Looks known documents up by number, and what is known to have replaced or amended one."""

    def __init__(self, documents: Iterable[KnownDocument]) -> None:
        listed = tuple(documents)
        self.documents = (*listed, *_mentioned(listed))
        self._by_number = {key_of(one.number): one for one in self.documents}
        self._replacing: dict[str, list[KnownDocument]] = defaultdict(list)
        self._amending: dict[str, list[KnownDocument]] = defaultdict(list)
        for one in self.documents:
            self._note(self._replacing, one, "replaces", "replaced_by")
            self._note(self._amending, one, "amends", "amended_by")

    def find(self, number: str) -> KnownDocument | None:
        return self._by_number.get(key_of(number))

    def fitting(self, cited: CitedNumber) -> list[KnownDocument]:
        """The known documents that a number, as far as it was typed, may mean."""
        return [one for one in self.documents if cited.fits(one.number)]

    def replacing(self, number: str, day: date) -> KnownDocument | None:
        """What has replaced the document by `day`."""
        return next(iter(_by(self._replacing[key_of(number)], day)), None)

    def amending(self, number: str, day: date) -> list[KnownDocument]:
        """What has amended the document by `day`."""
        return _by(self._amending[key_of(number)], day)

    def has_ended(self, number: str, day: date) -> bool:
        """Whether the register says that the document is no longer in force on `day`."""
        if self.replacing(number, day):
            return True
        known = self.find(number)
        if known is None or not _ENDED.match(fold(known.status)):
            return False
        ended = _DAY.search(known.status)
        return ended is None or date.fromisoformat(ended[0]) <= day

    def _note(self, edges: dict[str, list[KnownDocument]], one: KnownDocument, does: str, suffers: str) -> None:
        for number in one.numbers(does):
            if one not in edges[key_of(number)]:
                edges[key_of(number)].append(one)
        for number in one.numbers(suffers):
            other = self.find(number) or KnownDocument(number, one.kind, "", "", "", "", "", one.certainty)
            if other not in edges[key_of(one.number)]:
                edges[key_of(one.number)].append(other)


@lru_cache(maxsize=1)
def register() -> Register:
    """The shipped register."""
    return load_register(KNOWN_FILE, ELSEWHERE_FILE)


def load_register(*paths: Path) -> Register:
    """One register of several files with the same columns."""
    rows: list[dict[str, str]] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return Register(
        KnownDocument(
            number=row["number"],
            kind=row["doc_type"],
            title=row["title"],
            issued=row["issued"],
            effective=row["effective"],
            status=next(row[name] for name in row if name.startswith("status")),
            relations=row["relations"],
            certainty=row["confidence"],
        )
        for row in rows
    )


def _mentioned(listed: Iterable[KnownDocument]) -> Iterator[KnownDocument]:
    """Documents that rows name in full and that have no row of their own."""
    seen = {key_of(one.number) for one in listed}
    for one in listed:
        for serials, year, symbol in _RUN.findall(one.relations):
            number = f"{serials}/{year}/{symbol}"
            kind = next((name for start, name in _KINDS.items() if symbol.startswith(start)), "")
            if kind and serials.isdigit() and key_of(number) not in seen:
                seen.add(key_of(number))
                yield KnownDocument(number, kind, "", "", "", "", "", one.certainty)


@lru_cache(maxsize=1 << 14)
def key_of(number: str) -> str:
    """One spelling for "05/2025/TT-BGDĐT" and "5/2025/tt-bgddt"."""
    parts = _FULL.match(number.strip())
    if not parts:
        return fold(number)
    symbol = re.sub(r"[^a-z0-9]", "", fold(parts[3]))
    return f"{parts[1].lower()}{parts[2]}/{symbol}"


def _by(documents: Iterable[KnownDocument], day: date) -> list[KnownDocument]:
    """Those in effect on `day`; a day that is not known counts as past."""
    return [one for one in documents if one.effective_from is None or one.effective_from <= day]


def _listed(clause: str, own: str) -> Iterator[str]:
    symbol = own.rpartition("/")[2]
    for serials, year, given in _RUN.findall(clause):
        for serial in re.findall(r"\d+", serials):
            yield f"{int(serial)}/{year}/{given or symbol}"
