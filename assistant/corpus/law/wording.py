"""Two wordings of one unit compared word by word, so that a reader sees which words came and which went."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, REMOVED, ADDED = "same", "removed", "added"
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")
_MAX_PIECES = 20_000


class Run(NamedTuple):
    """Words that both wordings have, that only the older has, or that only the newer has."""

    op: str
    text: str


def word_runs(before: str, after: str) -> list[Run]:
    """The runs that make `before` without the added ones and `after` without the removed ones."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > _MAX_PIECES:
        return [Run(REMOVED, before), Run(ADDED, after)]
    return list(_joined(_runs(old, new)))


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for op, first, last, begins, ends in matcher.get_opcodes():
        if op == "equal":
            yield Run(SAME, "".join(old[first:last]))
            continue
        yield Run(REMOVED, "".join(old[first:last]))
        yield Run(ADDED, "".join(new[begins:ends]))


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """A space between two changed words belongs to the change: "[-a b-]" reads better than "[-a-] [-b-]"."""
    removed = added = ""
    for run in runs:
        if run.op == SAME and not run.text.strip() and (removed or added):
            removed, added = removed + run.text, added + run.text
        elif run.op == REMOVED:
            removed += run.text
        elif run.op == ADDED:
            added += run.text
        else:
            yield from _changed(removed, added)
            removed = added = ""
            if run.text:
                yield run
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Run]:
    """A space that both end with is no difference."""
    tail = ""
    while removed[-1:].isspace() and removed[-1:] == added[-1:]:
        tail, removed, added = removed[-1] + tail, removed[:-1], added[:-1]
    for run in (Run(REMOVED, removed), Run(ADDED, added), Run(SAME, tail)):
        if run.text:
            yield run


def marked(runs: list[Run]) -> str:
    """For a reader without colours: "nộp trước ngày [-30-]{+15+} hằng tháng"."""
    marks = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}
    return "".join(marks[run.op].format(run.text) for run in runs)
