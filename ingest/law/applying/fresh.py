"""Quoted new text to units: “Điều 12. …\n1. …\na) …” becomes an article with its clauses and points."""

from dataclasses import dataclass, field

from assistant.corpus.document import ProvisionKind
from ingest.law.applying.tree import Unit, Words
from ingest.legal.units import follows, point_follows, read_article, read_clause, read_point

_ORDER = (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.POINT)
_CLAUSE_GAP = 1


@dataclass(slots=True)
class Fresh:
    """`units` in the order they stand; `before` is what stands above the first of them: a lead, or all of it."""

    before: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)

    def lead(self) -> str:
        return "\n".join(self.before).strip()


def read_units(text: str, top: ProvisionKind, origin: int) -> Fresh:
    """The units of kind `top` in `text`, each with the units in it. Addresses come with the place they are put at."""
    found = Fresh()
    stack: list[Unit] = []
    for line in text.split("\n"):
        unit = _unit(line, top, stack, found.units)
        if unit is None:
            if stack:
                _append(stack, f"\n{line}", origin)
            else:
                found.before.append(line)
            continue
        while stack and _ORDER.index(stack[-1].kind) >= _ORDER.index(unit.kind):
            stack.pop()
        unit.content.append(Words(line, origin))
        if stack:
            stack[-1].content.extend([Words("\n", origin), unit])
        else:
            found.units.append(unit)
        stack.append(unit)
    return found


def _append(stack: list[Unit], words: str, origin: int) -> None:
    """A paragraph without a number belongs to the innermost unit, as the outline has it."""
    stack[-1].content.append(Words(words, origin))


def _unit(line: str, top: ProvisionKind, stack: list[Unit], units: list[Unit]) -> Unit | None:
    article = read_article(line) if top is ProvisionKind.ARTICLE else None
    if article:
        return Unit(ProvisionKind.ARTICLE, article.label, "", "", article.title.rstrip(" ."))
    clause = read_clause(line) if top is not ProvisionKind.POINT else None
    if (
        clause
        and (top is ProvisionKind.CLAUSE or stack)
        and _comes_next(clause.label, ProvisionKind.CLAUSE, stack, units)
    ):
        return Unit(ProvisionKind.CLAUSE, clause.label, "", "")
    point = read_point(line)
    if point and (top is ProvisionKind.POINT or stack) and _comes_next(point.label, ProvisionKind.POINT, stack, units):
        return Unit(ProvisionKind.POINT, point.label, "", "")
    return None


def _comes_next(label: str, kind: ProvisionKind, stack: list[Unit], units: list[Unit]) -> bool:
    """Numbers that do not go on from the one before are not units but words."""
    holder = next((unit for unit in reversed(stack) if _ORDER.index(unit.kind) < _ORDER.index(kind)), None)
    siblings = [unit.label for unit in (holder.children if holder else units) if unit.kind is kind]
    if not siblings:
        return holder is None or label in ("1", "a")
    if kind is ProvisionKind.POINT:
        return holder is None or point_follows(label, siblings[-1])
    return follows(label, siblings[-1], gap=_CLAUSE_GAP if holder else 200)
