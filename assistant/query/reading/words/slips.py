"""What may be taken for a slip of the finger: letters that make no Vietnamese word, or words often confused."""

import re
import unicodedata
from collections.abc import Sequence

from assistant.query.reading.words.tokens import Spelling, Token, shadow, spelling

_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
_RHYME = (
    r"(?:(?:ie|ye|ue|oa|oe|uo|uy|uye|u?a|[aeiouy])[cmnpt]|(?:ie|oa|oo|uo|u?a|[aeou])ng|(?:oa|ue|uy|[aei])(?:nh|ch)"
    r"|i?eu|yeu|uoi|uou|oai|oay|oao|oeo|uay|uyu|uya|[aeou]i|[aou]y|[ae]o|[aeiu]u|ia|ua|oa|oe|ue|uy|uo|[aeiouy])"
)
_SYLLABLE = re.compile(_ONSET + _RHYME)
# Sounds that whole regions write alike.
_ALIKE = ((r"^x", "s"), (r"^ch", "tr"), (r"^(?:gi|r)(?=[aeiouy])", "d"), (r"^l", "n"), (r"^ng?h(?=[ei])", "ng"))
_TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")


def is_slip(typed: Sequence[Token], known: Sequence[str]) -> bool:
    """Whether `typed` can be a misspelling of `known`, word by word, and is not simply another phrase.

    "hoc sihn" can; "cận thị" is no slip for "Cần Thơ": each of its words is one of the language.
    """
    if len(typed) != len(known):
        return True
    for token, word in zip(typed, known, strict=True):
        marked = token.text != token.folded
        if token.folded == shadow(word):
            if (
                marked
                and spelling(token.text, word) is Spelling.CONFLICT
                and not _same_but_for_a_tone(token.text, word)
            ):
                return False
        elif _is_word(token.folded) and not _sounds_alike(token.folded, shadow(word)):
            return False
    return True


def _is_word(folded: str) -> bool:
    return _SYLLABLE.fullmatch(folded) is not None


def _sounds_alike(first: str, second: str) -> bool:
    return _spoken(first) == _spoken(second)


def _spoken(folded: str) -> str:
    for pattern, sound in _ALIKE:
        folded = re.sub(pattern, sound, folded)
    return folded


def _same_but_for_a_tone(typed: str, known: str) -> bool:
    """Hỏi and ngã are often confused, and a tone may be typed on the wrong key; the letters must agree."""
    return _letters(typed) == _letters(known)


def _letters(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(ch for ch in decomposed if ch not in _TONE_MARKS)
