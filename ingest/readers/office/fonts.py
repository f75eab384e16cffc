"""Which font each run of a Word document is set in: fonts of before Unicode say what their letters mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.encodings import encoding_of_font
from ingest.readers.office.numbering import W


@dataclass(frozen=True, slots=True)
class Fonts:
    """Encodings by style; a document without old fonts has none, and its runs are not looked at."""

    of_style: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    in_use: bool = False

    def encoding(self, run: etree._Element, paragraph: etree._Element) -> str:
        """The encoding of a run: by its own font, its style's, its paragraph's style's, or the document's."""
        if not self.in_use:
            return ""
        own = _font(run.find(f"{W}rPr"))
        if own:
            return encoding_of_font(own)
        for path, holder in ((f"{W}rPr/{W}rStyle", run), (f"{W}pPr/{W}pStyle", paragraph)):
            style = holder.find(path)
            found = self.of_style.get(style.get(f"{W}val", "")) if style is not None else None
            if found is not None:
                return found
        return self.default


def read_fonts(body: etree._Element, styles: etree._Element | None) -> Fonts:
    """The fonts of styles, through what they are based on."""
    named = {
        element.get(f"{W}ascii", "")
        for root in (body, styles)
        if root is not None
        for element in root.iter(f"{W}rFonts")
    }
    if not any(map(encoding_of_font, named)):
        return Fonts()
    if styles is None:
        return Fonts(in_use=True)
    fonts = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    default = _font(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    of_style = {name: found for name in fonts if (found := _inherited(name, fonts))}
    normal = next((s for s in fonts.values() if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph"), None)
    usual = of_style.get(normal.get(f"{W}styleId", ""), "") if normal is not None else ""
    encodings = {name: encoding_of_font(font) for name, font in of_style.items()}
    return Fonts(encodings, encoding_of_font(usual or default), in_use=True)


def _inherited(name: str, styles: Mapping[str, etree._Element]) -> str:
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        font = _font(styles[name].find(f"{W}rPr"))
        if font:
            return font
        based = styles[name].find(f"{W}basedOn")
        name = based.get(f"{W}val", "") if based is not None else ""
    return ""


def _font(properties: etree._Element | None) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""
