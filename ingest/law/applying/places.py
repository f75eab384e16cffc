"""Which units of a tree a place means."""

import re

from assistant.corpus.document import ProvisionKind
from assistant.corpus.law.amendment import Place
from assistant.text import fold
from ingest.law.applying.tree import Unit

_ISSUES = re.compile(r"ban hành kèm theo\s+(?:\w+\s+){1,3}này", re.IGNORECASE)
_CLOSES = re.compile(r"chịu trách nhiệm (?:thi hành|thực hiện|tổ chức thực hiện)\s+\S+\s+\S*\s*này")
_MIN_ISSUING = 3


def find_units(root: Unit, place: Place, *, every_article: bool = False) -> list[Unit]:
    """The units `place` means; more than one when the act numbers articles twice and the place does not say which.

    `every_article` gives all articles of the act, or of the regulation in `place.scope`.
    """
    if place.group and not place.article:
        return _in_group(root, place)
    bodies = _bodies(root, place.scope)
    if every_article:
        return [unit for body in bodies for unit in _articles(body)]
    if not place.article:
        return [root] if place == Place(scope=place.scope, part=place.part) else []
    own = _issuing(root) if place.scope and bodies == [root] else 0
    articles = [unit for body in bodies for unit in _articles(body) if unit.label == place.article]
    found = [_below(unit, place) for unit in articles if not _is_one_of(unit, own)]
    return [unit for unit in found if unit is not None]


def _below(article: Unit, place: Place) -> Unit | None:
    """The clause or point in an article; a point may stand in an article without clauses."""
    unit: Unit | None = article
    for kind, label in ((ProvisionKind.CLAUSE, place.clause), (ProvisionKind.POINT, place.point)):
        if not label or unit is None:
            continue
        unit = next((each for each in unit.children if each.kind is kind and each.label == label), None)
    return unit


def _issuing(root: Unit) -> int:
    """How many articles the issuing act itself has, in an excerpt that lost where the regulation begins."""
    articles = _articles(root)
    first = next((unit for unit in articles if unit.label == "1"), None)
    if first is None or not _ISSUES.search(first.text()):
        return 0
    last = next((unit for unit in articles if _CLOSES.search(unit.text())), first)
    return max(_MIN_ISSUING, int(re.sub(r"\D", "", last.label) or 1))


def _is_one_of(unit: Unit, issuing: int) -> bool:
    return int(re.sub(r"\D", "", unit.label) or 0) <= issuing


def _bodies(root: Unit, scope: str) -> list[Unit]:
    """The attached regulations where the place speaks of one and there is one; else the act, then what is attached."""
    attached = [unit for unit in root.children if unit.kind is ProvisionKind.APPENDIX and _articles(unit)]
    if not attached:
        return [root]
    named = [unit for unit in attached if scope and fold(unit.path).startswith(fold(scope))]
    if named:
        return named
    return attached if scope else [root]


def _articles(body: Unit) -> list[Unit]:
    found: list[Unit] = []
    for child in body.children:
        if child.kind is ProvisionKind.ARTICLE:
            found.append(child)
        elif child.kind is not ProvisionKind.APPENDIX:
            found.extend(_articles(child))
    return found


def _in_group(root: Unit, place: Place) -> list[Unit]:
    """A chapter, section or appendix by the names it is written with, innermost first: "Mục 2 Chương IV"."""
    names = [" ".join(part) for part in _names(place.group)]
    found = [unit for unit in root.walk() if unit.anchor and _called(unit, names[0])]
    if len(names) > 1:
        outer = [unit for unit in root.walk() if unit.anchor and _called(unit, names[-1])]
        found = [unit for unit in found if any(unit is not each and unit in each.walk() for each in outer)]
    if not place.clause and not place.point:
        return found
    below = [_below(unit, place) for unit in found]
    return [unit for unit in below if unit is not None]


def _names(group: str) -> list[tuple[str, str]]:
    pattern = r"(tiểu mục|mục|chương|phần|phụ lục|mẫu số|mẫu|biểu)\s*((?:số\s+)?(?:thứ\s+\w+|[IVXLC]+[a-zđ]?|\d+\w*)?)"
    return [
        (match[1].lower(), match[2].lower().removeprefix("số").strip())
        for match in re.finditer(pattern, group, re.IGNORECASE)
    ]


def _called(unit: Unit, name: str) -> bool:
    own = fold(unit.path).removesuffix(".")
    wanted = fold(name).strip()
    return own == wanted or own.startswith(f"{wanted} ") or own.replace("mau so", "mau") == wanted
