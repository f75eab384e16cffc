"""Vietnamese before Unicode: TCVN3 (.VnTime), VNI and VPS fonts drew other letters for Latin ones.

Text in such a font is converted by the font's name, run by run. A whole file without fonts is converted only where the
evidence is overwhelming: a guess from a few letters would turn "Lê Lợi" into "Lờ Lợi".
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from ingest.readers.health import measure

_TCVN3 = (
    "¸á µà ¶ả ·ã ¹ạ ¨ă ¾ắ »ằ ¼ẳ ½ẵ Æặ ©â Êấ Çầ Èẩ Éẫ Ëậ Ðé Ìè Îẻ Ïẽ Ñẹ ªê Õế Òề Óể Ôễ Öệ Ýí ×ì Øỉ Üĩ Þị ãó ßò áỏ âõ äọ"
    " «ô èố åồ æổ çỗ éộ ¬ơ íớ êờ ëở ìỡ îợ óú ïù ñủ òũ ôụ \xadư øứ õừ öử ÷ữ ùự ýý úỳ ûỷ üỹ þỵ ®đ ¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư §Đ"
)
_VPS_BYTES = (
    "e1á e0à e4ả e3ã e5ạ e6ă a1ắ a2ằ a3ẳ a4ẵ a5ặ e2â c3ấ c0ầ c4ẩ c5ẫ c6ậ e9é e8è c8ẻ ebẽ cbẹ eaê 89ế 8aề 8bể cdễ 8cệ"
    " edí ecì ccỉ efĩ ceị f3ó f2ò d5ỏ f5õ 86ọ f4ô d3ố d2ồ b0ổ 87ỗ b6ộ d6ơ a7ớ a9ờ aaở abỡ aeợ faú f9ù fbủ dbũ f8ụ dcư"
    " d9ứ d8ừ baử bbữ bfự 9aý ffỳ 9bỷ cfỹ 9cỵ c7đ 88Ă c2Â caÊ d4Ô f7Ơ d0Ư f1Đ c1Á 80À 81Ả 82Ã c9É daÚ ddÝ d1Ũ"
)
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
# VNI writes a letter, then a sign that stands for its marks.
_VNI_SIGNS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _HAT, "á": _HAT + _ACUTE, "à": _HAT + _GRAVE, "å": _HAT + _HOOK, "ã": _HAT + _TILDE, "ä": _HAT + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_SIGNS)}{''.join(_VNI_SIGNS).upper()}])")
_UNICODE_ONLY = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_MINIMUM_WORDS = 30


def _pairs(written: str) -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in written.split(" ") if pair}


def _byte_table(written: str) -> dict[int, str]:
    """By the sign that Windows shows for a byte, and by the byte itself."""
    table: dict[int, str] = {}
    for pair in written.split():
        byte = bytes.fromhex(pair[:2])
        table[byte[0]] = pair[2]
        shown = byte.decode("cp1252", "ignore")
        if shown:
            table[ord(shown)] = pair[2]
    return table


_TCVN3_TABLE: Mapping[int, str] = _pairs(_TCVN3)
_VPS_TABLE: Mapping[int, str] = _byte_table(_VPS_BYTES)
_VNI_TABLE = {ord(sign): letter for sign, letter in _VNI_LETTERS.items()}
_VNI_TABLE |= {ord(sign.upper()): letter.upper() for sign, letter in _VNI_LETTERS.items()}
# Word keeps text in a font of signs in a private area, its bytes in the low half.
_PRIVATE = {0xF000 + byte: chr(byte) for byte in range(0x20, 0x100)}


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3_TABLE)


def _from_vps(text: str) -> str:
    return text.translate(_VPS_TABLE)


def _from_vni(text: str) -> str:
    def composed(match: re.Match[str]) -> str:
        letter = _VNI_LETTERS.get(match[1].lower(), match[1].lower())
        marked = unicodedata.normalize("NFC", letter + _VNI_SIGNS[match[2].lower()])
        return marked.upper() if match[1].isupper() else marked

    parts: list[str] = []
    end = 0
    for match in _VNI_PAIR.finditer(text):
        parts += (text[end : match.start()].translate(_VNI_TABLE), composed(match))
        end = match.end()
    return "".join((*parts, text[end:].translate(_VNI_TABLE)))


_CONVERTERS: Mapping[str, Callable[[str], str]] = {"TCVN3": _from_tcvn3, "VNI": _from_vni, "VPS": _from_vps}


def encoding_of_font(font: str) -> str:
    """The encoding that a font's name stands for, or nothing: ".VnTime" is TCVN3, "VNI-Times" is VNI."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return "TCVN3H" if name.endswith("h") else "TCVN3"
    if name.startswith(("vni-", "vni ")):
        return "VNI"
    return "VPS" if name.startswith("vps") else ""


def to_unicode(text: str, encoding: str) -> str:
    """Text of one run in a font of that encoding. Unicode that someone typed in such a font stays as it is."""
    if not encoding:
        return text
    plain = text.translate(_PRIVATE)
    if _UNICODE_ONLY.search(plain):
        return plain
    converted = _CONVERTERS[encoding.removesuffix("H")](plain)
    # The capitals' fonts draw a capital for every letter.
    return converted.upper() if encoding == "TCVN3H" else converted


def recovered(text: str) -> tuple[str, str]:
    """(text, encoding) of a text with no fonts to go by: converted where it is damaged and one encoding heals it."""
    before = measure(text)
    if not before.is_damaged and before.score > 0.7:
        return text, ""
    tried = {name: convert(text) for name, convert in _CONVERTERS.items()}
    scores = {name: measure(each) for name, each in tried.items()}
    best, second = sorted(scores, key=lambda name: scores[name].score, reverse=True)[:2]
    health = scores[best]
    heals = health.score >= 0.95 and health.marked >= 0.3 and health.junk < 0.02 and health.words >= _MINIMUM_WORDS
    if heals and health.score - max(before.score, scores[second].score) >= 0.1:
        return tried[best], best
    return text, ""
