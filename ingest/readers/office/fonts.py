"""Which font each run of a Word document is set in: fonts of before Unicode say what their letters mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.encodings import encoding_of_font
from ingest.readers.office.markup import W, chain, font_name, styles_by_id, value


@dataclass(frozen=True, slots=True)
class Fonts:
    """Encodings by style; a document without old fonts has none, and its runs are not looked at."""

    of_style: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    in_use: bool = False

    def encoding(self, run: etree._Element, paragraph: etree._Element) -> str:
        """The encoding of a run: by its own font, its style's, its paragraph's style's, or the document's."""
        return self._of(run.find(f"{W}rPr"), paragraph)

    def of_number(self, font: str, paragraph: etree._Element) -> str:
        """The encoding of a generated number: by its level's font, else as the paragraph's mark is set."""
        return encoding_of_font(font) if font else self._of(paragraph.find(f"{W}pPr/{W}rPr"), paragraph)

    def _of(self, properties: etree._Element | None, paragraph: etree._Element) -> str:
        if not self.in_use:
            return ""
        own = font_name(properties)
        if own:
            return encoding_of_font(own)
        run_style = properties.find(f"{W}rStyle") if properties is not None else None
        for style in (run_style, paragraph.find(f"{W}pPr/{W}pStyle")):
            found = self.of_style.get(value(style)) if style is not None else None
            if found is not None:
                return found
        return self.default


def read_fonts(styles: etree._Element | None, *parts: etree._Element | None) -> Fonts:
    """The fonts of styles, through what they are based on; `parts` are all the parts that may set a font."""
    named = {
        element.get(f"{W}{kind}", "")
        for part in (styles, *parts)
        if part is not None
        for element in part.iter(f"{W}rFonts")
        for kind in ("ascii", "hAnsi")
    }
    if not any(map(encoding_of_font, named)):
        return Fonts()
    if styles is None:
        return Fonts(in_use=True)
    held = styles_by_id(styles)
    default = font_name(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    of_style = {name: found for name in held if (found := _inherited(name, held))}
    normal = next((s for s in held.values() if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph"), None)
    usual = of_style.get(normal.get(f"{W}styleId", ""), "") if normal is not None else ""
    encodings = {name: encoding_of_font(font) for name, font in of_style.items()}
    return Fonts(encodings, encoding_of_font(usual or default), in_use=True)


def _inherited(name: str, styles: Mapping[str, etree._Element]) -> str:
    return next((font for style in chain(name, styles) if (font := font_name(style.find(f"{W}rPr")))), "")
