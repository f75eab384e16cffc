"""The numbers Word generates: a paragraph in a list shows "Điều 1." or "a)" that is nowhere in its text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree

from ingest.readers.office.markup import W, chain, font_name, is_on, style_of, styles_by_id, value

_ROMAN = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL"}
_ROMAN |= {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    font: str
    restart: int | None
    """After which level, counted from one, it begins again: None is any above it, 0 is never (Điều under Chương)."""
    is_legal: bool
    """Shows the numbers of the levels above as digits."""
    style: str
    """The paragraph style that is numbered by this level."""


class _List(NamedTuple):
    """A use of a definition: what it changes of it, and the levels it starts anew."""

    shared: str
    levels: Mapping[int, _Level]
    restarted: frozenset[int]


class Number(NamedTuple):
    text: str
    font: str


NO_NUMBER = Number("", "")


@dataclass(slots=True)
class Numbering:
    """Counts the lists of one document; `number` must be called for its paragraphs in order."""

    lists: dict[str, _List] = field(default_factory=dict)
    of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def number(self, paragraph: etree._Element) -> Number:
        """The number Word shows before `paragraph`, with the font it is set in, or nothing."""
        list_id, depth = self._list_of(paragraph)
        own = self.lists.get(list_id)
        level = own.levels.get(depth) if own else None
        if own is None or level is None:
            return NO_NUMBER
        # Lists that share a definition share its counters, which is how Word continues a list.
        counters = self._counters.setdefault(own.shared, {})
        if depth in own.restarted and (list_id, depth) not in self._begun:
            counters.pop(depth, None)
        self._begun.add((list_id, depth))
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [d for d in counters if d > depth and _restarts(own.levels.get(d), depth)]:
            del counters[deeper]
        return Number("-" if level.format == "bullet" else _shown(level, own.levels, counters), level.font)

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        inherited = self.of_style.get(style_of(paragraph), ("", 0))
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is None:
            return inherited
        list_id, depth = own.find(f"{W}numId"), own.find(f"{W}ilvl")
        if list_id is None:
            return inherited[0], int(value(depth) or inherited[1])
        # 0 takes the paragraph out of the list of its style.
        return ("" if value(list_id) == "0" else value(list_id)), int(value(depth) or 0)


def read_numbering(numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The list definitions of a document; an absent part means no lists."""
    found = Numbering()
    if numbering is None:
        return found
    held = styles_by_id(styles)
    definitions = {each.get(f"{W}abstractNumId", ""): each for each in numbering.iter(f"{W}abstractNum")}
    uses = {each.get(f"{W}numId", ""): each for each in numbering.iter(f"{W}num")}
    for list_id, use in uses.items():
        found.lists[list_id] = _list(use, definitions, uses, held)
    for name in held:
        found.of_style[name] = _numbered_style(name, held, found.lists)
    return found


def _list(
    use: etree._Element,
    definitions: Mapping[str, etree._Element],
    uses: Mapping[str, etree._Element],
    styles: Mapping[str, etree._Element],
) -> _List:
    shared = value(use.find(f"{W}abstractNumId"))
    definition = definitions.get(shared)
    # A definition may stand for the one that a list style uses.
    link = value(definition.find(f"{W}numStyleLink")) if definition is not None else ""
    if link in styles:
        meant = uses.get(value(styles[link].find(f"{W}pPr/{W}numPr/{W}numId")))
        shared = value(meant.find(f"{W}abstractNumId")) if meant is not None else shared
        definition = definitions.get(shared)
    levels = dict(_levels(definition)) if definition is not None else {}
    restarted: set[int] = set()
    for override in use.iter(f"{W}lvlOverride"):
        depth, start = int(override.get(f"{W}ilvl", "0")), value(override.find(f"{W}startOverride"))
        levels |= dict(_levels(override))
        if start and depth in levels:
            levels[depth] = replace(levels[depth], start=int(start))
            restarted.add(depth)
    return _List(shared, levels, frozenset(restarted))


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iter(f"{W}lvl"):
        restart = level.find(f"{W}lvlRestart")
        yield (
            int(level.get(f"{W}ilvl", "0")),
            _Level(
                start=int(value(level.find(f"{W}start")) or "1"),
                format=value(level.find(f"{W}numFmt")) or "decimal",
                text=value(level.find(f"{W}lvlText")),
                font=font_name(level.find(f"{W}rPr")),
                restart=int(value(restart) or 0) if restart is not None else None,
                is_legal=is_on(level, "isLgl"),
                style=value(level.find(f"{W}pStyle")),
            ),
        )


def _numbered_style(name: str, styles: Mapping[str, etree._Element], lists: Mapping[str, _List]) -> tuple[str, int]:
    """The list and level of a style, its own or that of what it is based on."""
    list_id = depth = ""
    for style in chain(name, styles):
        own = style.find(f"{W}pPr/{W}numPr")
        list_id = list_id or (value(own.find(f"{W}numId")) if own is not None else "")
        depth = depth or (value(own.find(f"{W}ilvl")) if own is not None else "")
        levels = lists[list_id].levels if list_id in lists else {}
        linked = next((at for at, level in levels.items() if level.style == style.get(f"{W}styleId")), None)
        if linked is not None:
            return list_id, linked
    return ("" if list_id == "0" else list_id), int(depth or 0)


def _restarts(level: _Level | None, above: int) -> bool:
    """Whether a level begins again after a paragraph of the level `above` it."""
    return level is None or level.restart is None or above < level.restart


def _shown(level: _Level, levels: Mapping[int, _Level], counters: Mapping[int, int]) -> str:
    shown = level.text
    for index, each in levels.items():
        number = counters.get(index, each.start)
        shown = shown.replace(f"%{index + 1}", _written(number, "decimal" if level.is_legal else each.format))
    return shown


def _written(number: int, shape: str) -> str:
    if shape in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if shape == "lowerLetter" else letter.upper()
    if shape in ("lowerRoman", "upperRoman"):
        return _roman(number) if shape == "upperRoman" else _roman(number).lower()
    if shape == "none":
        return ""
    return f"{number:02d}" if shape == "decimalZero" else str(number)


def _roman(number: int) -> str:
    digits = ""
    for size, sign in _ROMAN.items():
        digits += sign * (number // size)
        number %= size
    return digits
