"""The numbers Word generates: a paragraph in a list shows "Điều 1." or "a)" that is nowhere in its text."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL"}
_ROMAN |= {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str


@dataclass(slots=True)
class Numbering:
    """Counts the lists of one document; `label` must be called for its paragraphs in order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: etree._Element) -> str:
        """The number Word shows before `paragraph`, or nothing."""
        list_id, depth = self._list_of(paragraph)
        # Lists that share an abstract definition share its counters, which is how Word continues a list.
        shared = self.lists.get(list_id, "")
        levels = self.levels.get(list_id) or self.levels.get(shared, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counters = self._counters.setdefault(shared, {})
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]
        if level.format == "bullet":
            return "-"
        shown = level.text
        for index, each in levels.items():
            value = counters.get(index, each.start)
            shown = shown.replace(f"%{index + 1}", _written(value, each.format))
        return shown

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", 0
        own = properties.find(f"{W}numPr")
        style = properties.find(f"{W}pStyle")
        inherited = self.of_style.get(style.get(f"{W}val", ""), ("", 0)) if style is not None else ("", 0)
        if own is None:
            return inherited
        list_id, depth = _number_of(own)
        return list_id or inherited[0], depth


def read_numbering(numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The list definitions of a document; an absent part means no lists."""
    found = Numbering()
    if numbering is not None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            found.levels[f"abstract {abstract.get(f'{W}abstractNumId')}"] = dict(_levels(abstract))
        for num in numbering.iter(f"{W}num"):
            _add_list(found, num)
    if styles is not None:
        for style in styles.iter(f"{W}style"):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                found.of_style[style.get(f"{W}styleId", "")] = _number_of(properties)
    return found


def _add_list(found: Numbering, num: etree._Element) -> None:
    list_id = num.get(f"{W}numId", "")
    reference = num.find(f"{W}abstractNumId")
    shared = f"abstract {_value(reference)}"
    overrides = list(num.iter(f"{W}lvlOverride"))
    if overrides:
        # A list that overrides levels counts for itself.
        found.levels[list_id] = {**found.levels.get(shared, {}), **{k: v for o in overrides for k, v in _levels(o)}}
        shared = list_id
    found.lists[list_id] = shared


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iter(f"{W}lvl"):
        start = _value(level.find(f"{W}start")) or "1"
        text = _value(level.find(f"{W}lvlText"))
        shape = _value(level.find(f"{W}numFmt")) or "decimal"
        yield int(level.get(f"{W}ilvl", "0")), _Level(int(start), shape, text)


def _number_of(properties: etree._Element) -> tuple[str, int]:
    depth = _value(properties.find(f"{W}ilvl"))
    list_id = _value(properties.find(f"{W}numId"))
    return ("" if list_id == "0" else list_id), int(depth or 0)


def _value(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _written(value: int, shape: str) -> str:
    if shape in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if shape == "lowerLetter" else letter.upper()
    if shape in ("lowerRoman", "upperRoman"):
        return _roman(value) if shape == "upperRoman" else _roman(value).lower()
    if shape == "none":
        return ""
    return f"{value:02d}" if shape == "decimalZero" else str(value)


def _roman(value: int) -> str:
    digits = ""
    for size, sign in _ROMAN.items():
        digits += sign * (value // size)
        value %= size
    return digits
