"""Numbers of legal and administrative documents: finding them in text and one spelling for each."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.text import fold, nfc

# A token of a symbol: at least two capitals, lower case only inside ("TTg", "GDTrH", "BLĐTBXH").
_TOKEN = r"(?=[a-z&]*[A-ZĐ][a-z&]*[A-ZĐ])[A-ZĐ](?:[A-Za-zĐ]|&\s?){1,14}\d{0,2}"
_TAIL = rf"(?:\s?[-–/]\s?(?:{_TOKEN}))*"
NUMBER = re.compile(
    rf"""(?<![\w/.-])(?:
        \d{{1,4}}[a-z]?\s?/\s?(?:19|20)\d{{2}}\s?/\s?{_TOKEN}{_TAIL}      # 29/2024/TT-BGDĐT, 43/2019/QH14
      | \d{{1,5}}[a-z]?\s?/\s?{_TOKEN}\s?[-–]\s?{_TOKEN}{_TAIL}  # 2308/QĐ-BGDĐT, 5208/BGDĐT-GDPT, 72/VBHN-VPQH
      | \d{{1,4}}[a-z]?/(?:19|20)\d{{2}}/(?:ttlt|tt|nđ|qđ|nq|ct)-[a-zđ]+(?:-[a-zđ]+)*  # 16/2011/tt-bgdđt
      | \d{{1,4}}\s?[-–]\s?(?:NQ|CT|KL|QĐ|HD)\s?/\s?(?:TW|TU)              # 71-NQ/TW
    )(?:(?!\w)|(?=ngày))""",
    re.VERBOSE,
)

# Letters of other alphabets that look like Latin ones: a saved page of the national database has "BTС" in Cyrillic.
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТХІ–—", "ABEKMHOPCTXI--")
_SPACED_MARK = re.compile(r"\s*([-/])\s*")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_WITHOUT_D_BAR = (
    (re.compile(r"\bND-CP\b"), "NĐ-CP"),
    (re.compile(r"\bNĐ-?CP\b"), "NĐ-CP"),
    (re.compile(r"\bNQ-HDND\b"), "NQ-HĐND"),
    (re.compile(r"\bQD-"), "QĐ-"),
    (re.compile(r"BGD-?[DĐ]T"), "BGDĐT"),
    (re.compile(r"BLD(?=TBXH)"), "BLĐ"),
    (re.compile(r"\bTTG\b"), "TTg"),
)


class Mention(NamedTuple):
    """A number as it stands in a text."""

    number: str
    start: int
    end: int


def normal_number(written: str) -> str:
    """One spelling: no spaces or leading zeros, NĐ-CP, BGDĐT; "05/2025/TT-BGD&ĐT" → "5/2025/TT-BGDĐT"."""
    number = _SPACED_MARK.sub(r"\1", nfc(written).translate(_LOOK_ALIKES).strip(" .,;:"))
    number = _LEADING_ZEROS.sub("", number.replace("&", "").replace(" ", ""))
    serial, mark, symbol = number.partition("/")
    if symbol and (symbol.islower() or symbol[-1:] == "h"):
        # "tt-bgddt" typed by hand, "BLĐTBXh" as the codification has it
        symbol = symbol.upper()
    number = serial + mark + symbol
    for pattern, wanted in _WITHOUT_D_BAR:
        number = pattern.sub(wanted, number)
    return number


def find_numbers(text: str) -> Iterator[Mention]:
    """Every number in `text`, normalised, with where it stands."""
    for match in NUMBER.finditer(text.translate(_LOOK_ALIKES)):
        yield Mention(normal_number(match[0]), match.start(), match.end())


def has_year(number: str) -> bool:
    """Numbers of legal norms carry their year and are unique; others are unique only with date and issuer."""
    return bool(re.match(r"\d+[a-z]?/(?:19|20)\d{2}/", number))


def slug(text: str) -> str:
    """The form used in identifiers: "29/2024/TT-BGDĐT" → "29-2024-tt-bgddt"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
