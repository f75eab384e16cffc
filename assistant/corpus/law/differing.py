"""Two texts of one act compared unit by unit: the smallest units that differ, with the words that came and went."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assistant.corpus.document import Document, ProvisionKind
from assistant.corpus.law.wording import word_runs

_SHOWN = (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.POINT)
_FOOTNOTE_MARK = re.compile(r"\s*\[\d{1,3}\]")
_FOOTNOTE = re.compile(r"\n\[\d{1,3}\].*", re.DOTALL)
_REPEALED = re.compile(r"\((?:được |đã được |bị )?bãi bỏ\)", re.IGNORECASE)


class Difference(NamedTuple):
    """A unit that only one of the texts has, or has in other words."""

    path: str
    before: str | None
    after: str | None

    def told(self) -> dict[str, Any]:
        words = word_runs(self.before or "", self.after or "")
        return {**self._asdict(), "words": [run._asdict() for run in words]}


def units_of(document: Document) -> dict[str, str]:
    return {unit.path: document.provision_text(unit) for unit in document.provisions if unit.kind in _SHOWN}


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    """In reading order, each at one level: the largest unit that is new or gone, else the smallest that differs."""
    paths = [path for path in {**old, **new} if old.get(path) != new.get(path)]
    return [Difference(path, old.get(path), new.get(path)) for path in paths if not _covered(path, paths, old, new)]


def official_differences(machine: Document, official: Document) -> tuple[list[Difference], int]:
    """Where an official consolidated text differs from the machine's, and how many units were compared.

    Footnotes with their marks and line breaks are no difference, nor is the way a repealed unit is marked.
    """
    mine, theirs = (dict(_plain(units_of(each))) for each in (machine, official))
    found = differences(mine, theirs)
    return found, len({**mine, **theirs})


def _plain(units: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path, text in units.items():
        words = " ".join(_FOOTNOTE_MARK.sub("", _FOOTNOTE.sub("", text)).split())
        yield path, "(được bãi bỏ)" if _REPEALED.search(words[-24:]) and len(words) < 60 else words


def _covered(path: str, paths: Sequence[str], old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether a smaller or larger unit shows this difference."""
    outer = path.partition(" ")[2].partition(" ")[2]
    while outer:
        if outer in paths and (outer not in old or outer not in new):
            return True
        outer = outer.partition(" ")[2].partition(" ")[2]
    inner = [each for each in paths if each.endswith(f" {path}")]
    return path in old and path in new and bool(inner)
