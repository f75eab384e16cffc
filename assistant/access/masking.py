"""Personal numbers in what people type: recognised, masked before anything is stored, logged or sent on."""

import re

MASK = "[•••]"
"""What stands in the place of a masked number: no word of it means anything to a search or to the parser."""

_SEP = r"[\s.\-]?"
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
# A mobile number in any grouping, with 0 or +84; a landline starts with 02.
_PHONE = re.compile(
    rf"(?<![\d/.,])(?:\(?\+?84\)?|0){_SEP}(?:[35789](?:{_SEP}\d){{8}}|2(?:{_SEP}\d){{8,9}})(?![\d/]|[.,]\d)"
)
# The identity number since 2016: twelve digits, the first of a province's code is 0.
_IDENTITY = re.compile(rf"(?<![\d/.,])0(?:{_SEP}\d){{11}}(?![\d/]|[.,]\d)")
_CUE = (
    r"c[aă]n\s*c[uư][oớ]c(?:\s*c[oô]ng\s*d[aâ]n)?|cccd|cmnd|cmt|ch[uứ]ng\s*minh(?:\s*nh[aâ]n\s*d[aâ]n)?"
    r"|[dđ][iị]nh\s*danh(?:\s*c[aá]\s*nh[aâ]n)?|h[oộ]\s*chi[eế]u|passport|bhxh|bhyt|b[aả]o\s*hi[eể]m(?:\s*x[aã]\s*h[oộ]i|\s*y\s*t[eế])?"
    r"|t[aà]i\s*kho[aả]n|stk|account|m[aã]\s*s[oố]\s*thu[eế]|mst|sbd|s[oố]\s*b[aá]o\s*danh|m[aã]\s*(?:h[oọ]c\s*sinh|sinh\s*vi[eê]n|hs|sv)"
)
# After such a word any long number is somebody's, in whatever grouping: old identity cards, bank accounts, insurance.
# A school year is none, whatever stands before it.
_SCHOOL_YEAR = rf"(?:19|20)\d\d[\s.\-](?:19|20)\d\d(?!{_SEP}\d)"
_NAMED = re.compile(
    rf"(?i:\b(?:{_CUE})\b)[^\d\n]{{0,25}}?(?P<number>\b(?!{_SCHOOL_YEAR})[A-Z]?\d(?:{_SEP}\d){{5,19}})(?!\d)"
)


def mask(text: str) -> str:
    """`text` with identity numbers, phones, e-mail addresses and account numbers replaced by MASK."""
    text = _NAMED.sub(_number_only, text)
    for pattern in (_EMAIL, _IDENTITY, _PHONE):
        text = pattern.sub(MASK, text)
    return text


def holds_personal_numbers(text: str) -> bool:
    """Whether a line of a document shows somebody's number; public bodies' addresses (`.gov.vn`, `.edu.vn`) do not."""
    if any(pattern.search(text) for pattern in (_IDENTITY, _NAMED)) or _mobile(text):
        return True
    return any(not one.casefold().endswith((".gov.vn", ".edu.vn")) for one in _EMAIL.findall(text))


def _mobile(text: str) -> bool:
    return any(not re.match(r"0[\s.\-]?2", found.group()) for found in _PHONE.finditer(text))


def _number_only(found: re.Match[str]) -> str:
    whole = found.group()
    return whole[: found.start("number") - found.start()] + MASK
