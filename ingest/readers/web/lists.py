"""The numbers a browser writes before the items of an ordered list: "1." and "a)" that are nowhere in the text."""

import re

from lxml.html import HtmlElement

_OWN_LABEL = re.compile(r"^\s*(?:\d+[a-zđ]?\s?[.)]|[a-zđ]\d?\s?\)|[-–+•]|Điều\s+\d)")
_UNMARKED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_SHAPES = {"1": "{}. ", "a": "{}) ", "A": "{}. "}


def number_lists(root: HtmlElement) -> None:
    """Write each item's number into its text, unless the item brings one."""
    for items in root.iter("ol"):
        shape = _SHAPES.get(items.get("type", "1"))
        if shape is None or _UNMARKED.search(items.get("style", "")):
            continue
        number = _whole(items.get("start")) or 1
        for item in items.iterchildren("li"):
            number = _whole(item.get("value")) or number
            _prefix(item, shape.format(_label(number, items.get("type", "1"))))
            number += 1


def _prefix(item: HtmlElement, label: str) -> None:
    for element in item.iter():
        if element.tag in ("ol", "ul", "table"):
            return
        if isinstance(element.tag, str) and (element.text or "").strip():
            if not _OWN_LABEL.match(element.text):
                element.text = label + element.text.lstrip()
            return


def _label(number: int, shape: str) -> str:
    letter = chr(ord("a") + (number - 1) % 26)
    return {"a": letter, "A": letter.upper()}.get(shape, str(number))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
