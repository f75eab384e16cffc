"""How much of a text is whole Vietnamese: the share of its words that are well-formed syllables.

A parser or a scan that loses letters leaves words that no syllable allows ("QUYT ĐNH", "Gi¸o dôc"); text of another
language has few Vietnamese marks. The two are told apart, because only the first is damage.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assistant.text import nfc

HEALTHY = 0.9
"""Measured (docs/ingestion.md): of pages of whole law text 99 in 100 reach 0.95; without their marked letters, none."""
MINIMUM_WORDS = 10

_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x)?"
# The rimes of Vietnamese without tones; the onsets "gi" and "qu" take their own i and u.
_RIME_LIST = """
a ai ao au ay ac ach am an ang anh ap at ă ăc ăm ăn ăng ăp ăt â âu ây âc âm ân âng âp ât e eo ec em en eng ep
et ê êu êch êm ên êng ênh êp êt êc i ia iu ich im in inh ip it iêc iêm iên iêng iêp iêt iêu iê o oi oc om on
ong op ot oa oai oao oay oac oach oam oan oang oanh oap oat oăc oăm oăn oăng oăt oe oeo oen oet oong ooc ô ôi
ôc ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt ơc ơng u ua ui uc um un ung up ut uy uya uyên uyêt uych uynh uyt uyu
uyn uyp uê uêch uênh uơ uân uâng uât uây uôc uôi uôm uôn uông uôt ư ưa ưi ưu ưc ưm ưn ưng ưt ươ ươc ươi ươm
ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ynh yt ych yn yp yê ya uyê
"""
_RIMES = _RIME_LIST.split()
_SYLLABLE = re.compile(f"{_ONSET}(?:{'|'.join(sorted(set(_RIMES), key=len, reverse=True))})")
_KNOWN_LIST = """
kg km cm mm ha internet olympic video email fax website web file pdf doc docx xls xlsx html http https www camera
visa online gov edu lênin vietnam media robot marketing logo photo
"""
_KNOWN = frozenset(_KNOWN_LIST.split())
# "Sodium", "carbon": the vowels of a syllable stand together, and losing letters does not part them.
_FOREIGN = re.compile(r"[a-z]*[aeiouy][b-df-hj-np-tv-xz]+[aeiouy][a-z]*", re.IGNORECASE | re.ASCII)
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
# Signs that stand inside words only where an encoding or a font was misread.
_JUNK = re.compile(r"[\ufffd\ue000-\uf8ff\u0080-\u009f]|(?<=[^\W\d_])[¡-¿×÷](?=[^\W\d_])|[¡-§©ª¬®-¶¸-º¼-¾]")


@dataclass(frozen=True, slots=True)
class Health:
    """`score` is the share of well-formed words; `marked` of words with a Vietnamese mark; `junk` of misread signs."""

    words: int
    score: float
    marked: float
    junk: float

    @property
    def is_damaged(self) -> bool:
        """Vietnamese text that lost letters; too little text, or text of another language, is not called damaged."""
        if self.words < MINIMUM_WORDS:
            return False
        return self.junk > 0.05 or (self.score < HEALTHY and self.marked >= 0.12)


def measure(text: str) -> Health:
    """The health of `text` as it stands."""
    words = well = marked = 0
    plain = nfc(text)
    for word in _WORD.findall(plain):
        if _is_sign(word) or _FOREIGN.fullmatch(word):
            continue
        words += 1
        well += is_syllable(word.casefold())
        marked += not word.isascii()
    junk = len(_JUNK.findall(plain))
    total = max(words, 1)
    return Health(words, round(well / total, 3), round(marked / total, 3), round(junk / total, 3))


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether a lower-case word is a possible Vietnamese syllable, with or without its tone."""
    if word in _KNOWN:
        return True
    decomposed = unicodedata.normalize("NFD", word)
    if sum(ord(letter) in _TONES for letter in decomposed) > 1:
        return False
    toneless = unicodedata.normalize("NFC", decomposed.translate(_TONES))
    return bool(_SYLLABLE.fullmatch(toneless)) or _unmarked(toneless)


def _unmarked(word: str) -> bool:
    """Text typed without marks ("truong", "duong"): a syllable whose vowels lost their hats and horns."""
    return word.isascii() and bool(_BARE.fullmatch(word))


def _strip(rime: str) -> str:
    decomposed = unicodedata.normalize("NFD", rime.replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


_BARE = re.compile(f"{_ONSET}(?:{'|'.join(sorted({_strip(rime) for rime in _RIMES}, key=len, reverse=True))})")


def _is_sign(word: str) -> bool:
    """Abbreviations ("BGDĐT", "NĐ", "TTg", "UBND") and single letters say nothing about the text around them."""
    if len(word) == 1:
        return True
    capitals = sum(letter.isupper() for letter in word)
    return capitals >= 2 and capitals >= len(word) - 1 and len(word) <= 7 and not is_syllable(word.casefold())
