"""The few words of WordprocessingML that several readers need: its namespace, values, fonts and switches."""

from collections.abc import Iterator, Mapping

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")


def value(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def is_on(properties: etree._Element | None, name: str) -> bool:
    """A switch such as w:vanish, which is on when it stands there without a value."""
    switch = properties.find(f"{W}{name}") if properties is not None else None
    return switch is not None and switch.get(f"{W}val", "1") not in _OFF


def font_name(properties: etree._Element | None) -> str:
    """The font of run properties. Letters beyond ASCII, the ones that matter, are set in hAnsi."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return (fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii") or "") if fonts is not None else ""


def style_of(paragraph: etree._Element) -> str:
    return value(paragraph.find(f"{W}pPr/{W}pStyle"))


def chain(name: str, styles: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """A style and what it is based on, nearest first."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        yield styles[name]
        name = value(styles[name].find(f"{W}basedOn"))


def styles_by_id(styles: etree._Element | None) -> dict[str, etree._Element]:
    return {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")} if styles is not None else {}
