"""What registers add to the texts in hand: days the text leaves open, a status, and where the two differ."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.corpus.document import Validity
from ingest.catalogue.settled import Finding, Head
from ingest.law.registers import Register
from ingest.law.resolving import Holdings


@dataclass(slots=True)
class Filled:
    """The days of documents where registers fill what the text leaves open, and where the two differ."""

    days: dict[str, Validity] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def fill(holdings: Holdings, registers: Sequence[Register]) -> Filled:
    """Text in hand beats a register, and a surer register one that is less sure; what differs is told."""
    filled = Filled()
    by_number: dict[str, list[Register]] = defaultdict(list)
    for each in sorted(registers, key=lambda one: (one.certainty, one.origin, str(one.effective_from))):
        by_number[each.number].append(each)
    for number, rows in sorted(by_number.items()):
        for head in holdings.with_number(number):
            _fill_one(head, rows, filled)
    return filled


def _fill_one(head: Head, rows: Sequence[Register], filled: Filled) -> None:
    begins, ends = head.stated_from, head.stated_to
    for row in rows:
        for mine, theirs, which in ((head.stated_from, row.effective_from, "law_register_differs_from"),):
            if mine and theirs and mine != theirs:
                values = {
                    "text": f"{mine:%d/%m/%Y}",
                    "register": f"{theirs:%d/%m/%Y}",
                    "certainty": row.certainty,
                    "origin": row.origin,
                }
                filled.findings.append(Finding(head.id, which, values))
        begins = begins or row.effective_from
        ends = ends or row.effective_to
    if rows and rows[0].status:
        values = {"status": rows[0].status, "certainty": rows[0].certainty, "origin": rows[0].origin}
        filled.findings.append(Finding(head.id, "law_register_status", values))
    if (begins, ends) != (head.stated_from, head.stated_to):
        filled.days[head.id] = Validity(begins, ends)
