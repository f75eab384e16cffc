"""Lines of a table of contents: headings, with or without a page number, that come again further down."""

import re
from collections.abc import Sequence

from assistant.text import match_form
from ingest.legal.units import read_article, read_group
from ingest.readers.raw import Block, BlockKind

_PLAIN = re.compile(r"^(?P<heading>.+)$")
_PAGE = re.compile(r"^(?P<heading>.*\S)[\s.…_]+\d{1,4}$")


def contents_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of such lines. Of a run of headings with numbers one that comes again speaks for all.

    A page of the web lists its headings without numbers: there all of a run must come again.
    """
    paged = {at: found for at, block in enumerate(blocks) if (found := _heading(block, _PAGE))}
    plain = [at for at, block in enumerate(blocks) if block.text.startswith("Điều ") and _heading(block, _PLAIN)]
    listed = [run for run in _runs(plain) if len(run) > 1]
    if len(paged) < 2 and not listed:
        return frozenset()
    last = {match_form(block.text): at for at, block in enumerate(blocks)}
    lines = {at for run in _runs(sorted(paged)) if any(match_form(paged[at]) in last for at in run) for at in run}
    for run in listed:
        if all(last[match_form(blocks[at].text)] > run[-1] for at in run):
            lines.update(run)
    return frozenset(lines)


def _runs(places: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _heading(block: Block, pattern: re.Pattern[str]) -> str:
    if block.kind is BlockKind.TABLE or block.article or (pattern is _PAGE and not block.text[-1:].isdigit()):
        return ""
    match = pattern.match(block.text)
    unit = (read_article(match["heading"]) or read_group(match["heading"])) if match else None
    return match["heading"] if match and unit and unit.title else ""
