"""Gold provisions, and when something found is one of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.corpus.document import Document, Provision
from assistant.text import match_form
from evals.case import Case
from evals.expected.outcomes import Outcome, expected_outcome
from ingest.legal.numbers import find_numbers, normal_number, slug

_PARENT = " | "
_UNIT = re.compile(r"\b(tiểu mục|phụ lục|chương|phần|mục|điều|khoản|điểm|đoạn)\s+(\w+(?:\.\w+)*)")
Units = frozenset[tuple[str, str]]


class Gold(BaseModel):
    """A provision that answers. `path` as a citation writes it ("khoản 2 Điều 5"); empty means the whole document."""

    model_config = ConfigDict(frozen=True, extra="allow")

    document_number: str
    path: str = ""


class ProvisionCase(Case):
    """A question with the provisions that answer it."""

    gold: tuple[Gold, ...] = ()

    @property
    def expected(self) -> Outcome:
        return expected_outcome(self.status, has_gold=bool(self.gold))


@dataclass(frozen=True, slots=True)
class Located:
    """Something found in a document. `path` is followed by its parents' paths; `contains` are units it holds whole.

    `origins` are the (number, path) of the amending provisions that put words of a consolidated text there.
    """

    names: tuple[str, ...]
    path: str
    contains: tuple[str, ...] = field(default=())
    origins: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Located":
        origins = tuple((number, path) for number, path in value.get("origins", ()))
        return cls(tuple(value["names"]), value["path"], tuple(value["contains"]), origins)

    def __str__(self) -> str:
        return f"{self.path.partition(_PARENT)[0]} {self.names[0]}".strip()

    @property
    def article(self) -> str:
        """Names the article it lies in, or itself where there is none."""
        inner = sorted(unit for unit in units(self.path) if unit[0] == "điều")
        return f"{number_key(self.names[0])}#{inner[0] if inner else self.path}"


def matches(gold: Gold, found: Located) -> bool:
    """`found` is the gold provision, lies under it, holds it whole, or shows the words that it put into another text.

    Document numbers are compared in normal form.
    """
    if any(matches(gold, Located((number,), path)) for number, path in found.origins):
        return True
    if not _gold_keys(gold.document_number) & set(map(number_key, found.names)):
        return False
    wanted = units(gold.path)
    return any(wanted <= units(path) for path in (found.path, *found.contains))


def locate(document: Document, provision_id: str, start: int | None = None, end: int | None = None) -> Located:
    """Where a provision (or the span `start:end` of its document) stands."""
    by_id = {provision.id: provision for provision in document.provisions}
    chain = _chain(by_id, provision_id)
    low, high = (chain[0].start, chain[0].end) if start is None or end is None else (start, end)
    inside = [p for p in document.provisions if low <= p.start and p.end <= high and p.id != provision_id]
    path = _PARENT.join(provision.path for provision in chain)
    return Located((document.number, document.title, document.id), path, tuple(_full_path(by_id, p) for p in inside))


def units(path: str) -> Units:
    """ "Khoản 2, Điều 5" → {("khoản", "2"), ("điều", "5")}; a path without such words stands for itself."""
    form = match_form(path)
    found = frozenset(_UNIT.findall(form))
    return found or (frozenset({("", form)}) if form else frozenset())


def number_key(number: str) -> str:
    """One spelling of a document's number, title or id: "05/2025/TT–BGD&ĐT" → "5-2025-tt-bgddt"."""
    return slug(normal_number(number))


def _gold_keys(written: str) -> set[str]:
    """Gold may say more than the number: "Luật số 43/2019/QH14"."""
    return {number_key(written), *(number_key(mention.number) for mention in find_numbers(written))}


def _chain(by_id: Mapping[str, Provision], provision_id: str) -> Sequence[Provision]:
    """The provision and its parents, innermost first."""
    chain = [by_id[provision_id]]
    while (parent := chain[-1].parent_id) and parent in by_id:
        chain.append(by_id[parent])
    return chain


def _full_path(by_id: Mapping[str, Provision], provision: Provision) -> str:
    return _PARENT.join(unit.path for unit in _chain(by_id, provision.id))
