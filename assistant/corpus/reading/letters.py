"""Letters and spellings: text without diacritics that keeps its places, and words that are spelled in two ways."""

import re
from functools import lru_cache

from assistant.text import fold, nfc, syllables

# "kỹ" and "kĩ", "lý" and "lí" are one word; schoolbooks write i, statutes y.
_Y = re.compile(r"^([hklmst])([yýỳỷỹỵ])$")
_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_SAME = {"hằng": "hàng"}


def bare(text: str) -> str:
    """Like `fold`, of exactly the length of `nfc(text)`."""
    return "".join(_one(letter) for letter in nfc(text))


def _one(letter: str) -> str:
    folded = fold(letter)
    return folded if len(folded) == 1 else letter


def same_words(text: str) -> list[str]:
    """The syllables of `text`, each in the one spelling that all its spellings share."""
    return [same_word(word) for word in syllables(text)]


@lru_cache(maxsize=1 << 16)
def same_word(syllable: str) -> str:
    """ "lý" → "lí", "hằng" (năm) → "hàng"."""
    return _SAME.get(syllable) or _Y.sub(lambda match: match[1] + match[2].translate(_I), syllable)
