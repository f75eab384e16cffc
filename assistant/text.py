"""Vietnamese text: normal forms for matching, folding of diacritics, syllables, and numbers as people write them."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

import yaml

_D_BAR = str.maketrans({"đ": "d", "Đ": "D", "Ð": "D", "ð": "d"})
# Below it stand all letters of Latin, Greek, Cyrillic and their like: beyond, a table could grow without end.
_LAST_REMEMBERED = 0x2000


class _Folded(dict[int, str]):
    """Code point → its letters in small form without marks, worked out when it is first met: a text has few."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).translate(_D_BAR))
        folded = "".join(ch for ch in decomposed if not unicodedata.combining(ch)).casefold()
        if code < _LAST_REMEMBERED:
            self[code] = folded
        return folded


_FOLDED = _Folded()
_ETH = str.maketrans({"Ð": "Đ", "ð": "đ"})
_SYLLABLE = re.compile(r"\w+", re.UNICODE)
_SPACES = re.compile(r"\s+")
# Old tone placement (hoà, thuý) against new (hòa, thúy): TCVN allows both, so matching uses the new one only.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# A further mark on the vowel ("hoặc", "luật") means that the tone already stands where it must.
_OLD_TONE = re.compile(rf"(?<![qQ])([oOuU])([aeyAEY])([{_TONES}])(?![\w\u0300-\u036f])")


def nfc(text: str) -> str:
    """Composed form, with the look-alike Ð (U+00D0) read as Đ."""
    composed = unicodedata.normalize("NFC", text)
    return composed.translate(_ETH) if "Ð" in composed or "ð" in composed else composed


def fold(text: str) -> str:
    """Lower case without diacritics: "Điều lệ" → "dieu le"."""
    return text.casefold() if text.isascii() else text.translate(_FOLDED)


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """`fold` of a single word, remembered: a language has few."""
    return fold(word)


def match_form(text: str) -> str:
    """The form two spellings of one word share: NFC, lower case, tone on its new place, single spaces."""
    decomposed = unicodedata.normalize("NFD", nfc(text).casefold())
    moved = _OLD_TONE.sub(r"\1\3\2", decomposed)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", moved)).strip()


def syllables(text: str) -> list[str]:
    """The syllables and numbers of `text` in match form."""
    return [_matched(word) for word in _SYLLABLE.findall(nfc(text))]


@lru_cache(maxsize=1 << 16)
def _matched(word: str) -> str:
    """A language has few syllables and a text repeats them: remembering is ten times faster than normalising."""
    return match_form(word)


def has_diacritics(text: str) -> bool:
    return fold(text) != nfc(text).casefold()


def format_number(value: float | int, decimals: int | None = None) -> str:
    """A number in Vietnamese form: 1747231 → "1.747.231", 19.59 → "19,59"."""
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 2
    plain = f"{value:,.{decimals}f}"
    return plain.translate(str.maketrans(",.", ".,"))


def load_yaml(text: str) -> Any:
    """What a YAML text says, as plain values. Raises yaml.YAMLError.

    The scanner in C reads the configuration in a tenth of the time, and the service waits for it at every start.
    """
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
