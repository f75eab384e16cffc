"""How the units of a Vietnamese legal text announce themselves, and in which order their labels come."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.corpus.document import ProvisionKind

ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
"""Points follow the Vietnamese alphabet, which has đ and neither f, j, w nor z; lists that Word counts have no đ."""

_ARTICLE = re.compile(r"^(?:Điều|ĐIỀU)\s+(\d+[a-zđ]{0,2})\s*(?:[.:]|[-–]\s|$)\s*[-–.]?\s*(.*)$")
# "1.[2] …" in a consolidated text: the mark of a footnote is no part of the unit's words.
_CLAUSE = re.compile(r"^(\d{1,3}[a-zđ]{0,2})\s*\.(?:\[\d{1,3}\])?(?=\s|[^\W\d]|[“\"(])\s*(.*)$")
_SCANNED_ONE = re.compile(r"^l\.(?=\s)")
_POINT = re.compile(r"^([a-zđ]\d?)\s*[)/]\s*(.*)$")
_ROMAN_SECTION = re.compile(r"^([IVXLC]{1,6})\s*[.)]\s*(.*)$")
_GROUPS = (
    (
        ProvisionKind.PART,
        re.compile(r"^(?:Phần|PHẦN)\s+((?:thứ|THỨ)\s+\w+(?:\s+(?:mười|MƯỜI)\s+\w+)?|[IVXLC]+|\d+|[A-Z])(.*)$"),
    ),
    (ProvisionKind.CHAPTER, re.compile(r"^(?:Chương|CHƯƠNG)\s+([IVXLC]+[a-zđ]?|\d+[a-zđ]?)(.*)$")),
    (ProvisionKind.SUBSECTION, re.compile(r"^(?:Tiểu mục|TIỂU MỤC)\s+(\d+[a-zđ]?|[IVXLC]+)(.*)$")),
    (ProvisionKind.SECTION, re.compile(r"^(?:Mục|MỤC)\s+(\d+[a-zđ]?|[IVXLC]+)(.*)$")),
)
_APPENDIX = re.compile(
    r"^(?:Phụ lục|PHỤ LỤC)(?:\s+(?:số|SỐ)(?=\s*\d))?\s*([IVXLC]+|\d+[A-Za-z]?|[A-Z](?!\w))?(?!\w)(.*)$"
)
_FORM_NUMBER = r"(?:\s+(?:số|SỐ))?\s+(\d+[A-Za-zĐđ]?(?:[./-]\w+)*)(.*)$"
_FORM, _TABLE_FORM = re.compile(rf"^(?:Mẫu|MẪU){_FORM_NUMBER}"), re.compile(rf"^(?:Biểu|BIỂU){_FORM_NUMBER}")
# A cross reference ("Mục 2 Phụ lục này …") begins like a heading: a heading's title is set off or in capitals.
_SET_OFF = re.compile(r"^\s*(?:$|[.:–—-]|\()")
_CONTENTS_LINE = re.compile(r"(?:\.{3,}|…{1,}|\t)\s*\d{1,4}$")
# "Phụ lục 02.docx": the name of a file that a page links to, not the heading of its content.
_FILE_NAME = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|rtf|zip|rar|7z|jpe?g|png|tiff?|html?)\W*$", re.IGNORECASE)
_MAX_HEADING = 300


# What character recognition makes of the words: marks lost or changed, letters apart ("Điêu", "Đ iều", "CHUƠNG").
_SCANNED = {
    word: re.compile(r"^" + r"\s?".join(rf"[{letters}]" for letters in spelling) + r"\s{0,2}(?=[\dIVXLCl|O])")
    for word, spelling in {
        "Điều": ("ĐDÐ", "iíìIl1", "eêềếểéèEÊỀẾỂ", "uU"),
        "Chương": ("C", "hH", "uưúứUƯỨ", "oơôóOƠÔ", "nN", "gG"),
        "Mục": ("M", "uụUỤ", "cC"),
        "Phụ lục": ("P", "hH", "uụUỤ", "lLI", "uụUỤ", "cC"),
    }.items()
}
_SCANNED_DIGITS = re.compile(r"^[\dlIO|](?:\s?[\dlIO|]){0,2}(?=\s?[.:])")
_SCANNED_ROMAN = re.compile(r"^[IVXLCl1|]{1,6}(?!\w)")
_DIGITS_MEANT = str.maketrans("lI|O", "1110", " ")
_ROMAN_MEANT = str.maketrans("l1|", "III")


class Unit(NamedTuple):
    """A unit that begins with this paragraph; `title` may still be on the next one."""

    kind: ProvisionKind
    label: str
    title: str
    word: str = ""
    """How the unit calls itself where the kind has several names: "Phụ lục", "Mẫu số", "Biểu số"."""


def read_article(text: str) -> Unit | None:
    match = _ARTICLE.match(text) or _ARTICLE.match(_as_meant(text, ("Điều",)))
    if not match or _CONTENTS_LINE.search(text):
        return None
    return Unit(ProvisionKind.ARTICLE, match[1], match[2].strip())


def read_clause(text: str) -> Unit | None:
    match = _CLAUSE.match(text) or _CLAUSE.match(_SCANNED_ONE.sub("1.", text))
    return Unit(ProvisionKind.CLAUSE, match[1], match[2].strip()) if match else None


def read_point(text: str) -> Unit | None:
    match = _POINT.match(text)
    return Unit(ProvisionKind.POINT, match[1], match[2].strip()) if match and match[1][0] in ALPHABET else None


def read_roman_section(text: str) -> Unit | None:
    """ "I. QUY ĐỊNH CHUNG": how appendices, plans and reports number their parts."""
    match = _ROMAN_SECTION.match(text)
    if not match or len(text) > _MAX_HEADING or not match[2]:
        return None
    return Unit(ProvisionKind.SECTION, match[1], match[2].strip())


def read_group(text: str) -> Unit | None:
    """A part, chapter, section, subsection or appendix."""
    if len(text) > _MAX_HEADING or _CONTENTS_LINE.search(text) or _FILE_NAME.search(text):
        return None
    text = _as_meant(text, ("Chương", "Mục", "Phụ lục"))
    for kind, pattern in _GROUPS:
        match = pattern.match(text)
        if match and _is_heading(match[2]):
            return Unit(kind, match[1], _title(match[2]))
    for word, pattern in (("Phụ lục", _APPENDIX), ("Mẫu số", _FORM), ("Biểu số", _TABLE_FORM)):
        match = pattern.match(text)
        if match and _is_heading(match[2]):
            return Unit(ProvisionKind.APPENDIX, match[1] or "", _title(match[2]), word)
    return None


def _as_meant(text: str, words: Sequence[str]) -> str:
    """The line with the word and the number that begin it as they were printed, where a scan has damaged them."""
    for word in words:
        match = _SCANNED[word].match(text)
        if not match or text.startswith((f"{word} ", f"{word.upper()} ")):
            # A sound word may still have a damaged number after it.
            match = match and re.match(r"\S+\s+" * len(word.split()), text)
        if match:
            number = text[match.end() :]
            if word in ("Điều", "Mục"):
                number = _SCANNED_DIGITS.sub(lambda found: found[0].translate(_DIGITS_MEANT), number)
            else:
                number = _SCANNED_ROMAN.sub(_roman_meant, number)
            return f"{word} {number}"
    return text


def _roman_meant(match: re.Match[str]) -> str:
    return match[0] if match[0].isdigit() else match[0].translate(_ROMAN_MEANT)


def follows(label: str, previous: str | None, *, gap: int) -> bool:
    """Whether clause or article `label` may come after `previous`: 5 → 5a, 6; numbers left out up to `gap`."""
    number, suffix = _parts(label)
    if previous is None:
        return True
    last, last_suffix = _parts(previous)
    if number == last:
        return suffix > last_suffix
    return last < number <= last + gap


def point_follows(label: str, previous: str | None) -> bool:
    """Whether point `label` may come after `previous`: a → a1, b; one or two may have been repealed."""
    place = ALPHABET.index(label[0])
    if previous is None:
        return place <= 2
    last = ALPHABET.index(previous[0])
    if place == last:
        return label[1:] > previous[1:]
    return last < place <= last + 4


def is_next(label: str, previous: str | None) -> bool:
    """Whether `label` is the first of its kind or directly follows `previous`."""
    if label[0].isdigit():
        number, suffix = _parts(label)
        return not suffix and number == (_parts(previous)[0] if previous else 0) + 1
    return label[0] in (_letters_after(previous[0]) if previous else "a")


def _letters_after(letter: str) -> list[str]:
    """The next letter as Vietnamese lists have it, and as Word's have it."""
    rest = ALPHABET[ALPHABET.index(letter) + 1 :]
    return [next((each for each in rest if each not in left_out), "") for left_out in ("fjwz", "đ")]


def _parts(label: str) -> tuple[int, str]:
    digits = re.match(r"\d+", label)
    return (int(digits[0]), label[digits.end() :].replace("đ", "d~")) if digits else (0, label)


def _is_heading(rest: str) -> bool:
    return bool(_SET_OFF.match(rest)) or (rest[:1] == " " and rest.upper() == rest)


def _title(rest: str) -> str:
    return rest.strip().lstrip(".:–—- ").strip()
