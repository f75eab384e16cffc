"""Lines of a table of contents: headings with a page number behind them that come again further down without it."""

import re
from collections.abc import Sequence

from assistant.text import match_form
from ingest.legal.units import read_article, read_group
from ingest.readers.raw import Block, BlockKind

_PAGE = re.compile(r"^(?P<heading>.*\S)[\s.…_]+\d{1,4}$")


def contents_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of such lines. Of a run of headings with numbers one that comes again speaks for all."""
    headings = {at: found for at, block in enumerate(blocks) if (found := _heading(block))}
    if len(headings) < 2:
        return frozenset()
    again = {match_form(block.text) for block in blocks}
    repeated = {at for at, heading in headings.items() if match_form(heading) in again}
    runs: list[list[int]] = []
    for at in sorted(headings):
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return frozenset(at for run in runs if repeated.intersection(run) for at in run)


def _heading(block: Block) -> str:
    match = _PAGE.match(block.text) if block.kind is not BlockKind.TABLE and not block.article else None
    unit = (read_article(match["heading"]) or read_group(match["heading"])) if match else None
    return match["heading"] if match and unit and unit.title else ""
