"""Pages of before Unicode: the font of each piece of text says what its letters mean, as in Word's own files."""

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

from ingest.readers.encodings import encoding_of_font, to_unicode

_FAMILY = re.compile(r"font-family\s*:\s*['\"]?(?P<font>[^;,'\"}]+)", re.IGNORECASE)
_RULE = re.compile(r"(?P<names>[^{}]+)\{(?P<body>[^}]*)\}")
_OLD_FONT = re.compile(rb"(?:font-family\s*:|face\s*=)\s*['\"]?\s*(?:\.Vn|VNI-|VPS)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*['\"]?\s*(?P<name>[\w-]+)", re.IGNORECASE)
_HTML = re.compile(rb"\s*<(?:!doctype html|html|head|meta)", re.IGNORECASE)


def decoded_page(data: bytes) -> str | None:
    """The text of a page in the encoding it declares, when that is not UTF-8; None where it says nothing of use."""
    if not _HTML.match(data[:512]):
        return None
    declared = _CHARSET.search(data[:4096])
    # Old fonts drew on the bytes themselves, whatever the page calls them.
    name = "cp1252" if _OLD_FONT.search(data) else declared["name"].decode("ascii") if declared else "utf-8"
    if name.casefold().replace("-", "") in ("utf8", "utf16"):
        return None
    try:
        return data.decode(name, "replace" if name == "cp1252" else "strict")
    except (LookupError, UnicodeDecodeError):
        return None


def convert_fonts(root: HtmlElement) -> None:
    """Text set in an old font becomes what the font drew."""
    styles = " ".join(str(style.text or "") for style in root.iter("style"))
    classes = _classes(styles)
    if not classes and not any(_own(element, {}) for element in root.iter()):
        return
    _convert(root, "", classes)


def _convert(element: HtmlElement, encoding: str, classes: Mapping[str, str]) -> None:
    own = _own(element, classes)
    here = encoding if own is None else own
    if isinstance(element.tag, str) and element.tag not in ("style", "script"):
        element.text = to_unicode(element.text, here) if element.text else element.text
    for child in element:
        _convert(child, here, classes)
        child.tail = to_unicode(child.tail, here) if child.tail else child.tail


def _own(element: HtmlElement, classes: Mapping[str, str]) -> str | None:
    """The encoding of the font an element names; empty for a font of today, None where it names none."""
    family = _FAMILY.search(element.get("style") or "")
    font = family["font"] if family else element.get("face")
    if font is not None:
        return encoding_of_font(font.strip())
    named = [classes[name] for name in (element.get("class") or "").split() if name in classes]
    return named[0] if named else None


def _classes(styles: str) -> dict[str, str]:
    """Encoding by class; a page whose style sheet names no old font has none."""
    found: dict[str, str] = {}
    for rule in _RULE.finditer(styles):
        family = _FAMILY.search(rule["body"])
        for name in re.findall(r"\.([\w-]+)", rule["names"]) if family else ():
            found[name] = encoding_of_font(family["font"].strip()) if family else ""
    return found if any(found.values()) else {}
