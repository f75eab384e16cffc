"""Numbers written in words: "ba mươi mốt" is 31, "mùng năm tháng bảy" 5 tháng 7, "dưới năm điểm" 5 điểm."""

import re

from assistant.query.reading.words.tokens import shadow

_UNITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip
_DIGIT = "mot|hai|ba|bon|nam|sau|bay|tam|chin"
_LAST = rf"(?:{_DIGIT}|lam|nham|tu)"
_TENS = rf"(?:(?:{_DIGIT}) muoi(?: {_LAST}(?! hoc))?|muoi {_LAST}(?! hoc))"
_BELOW = rf"(?:{_TENS}|muoi|{_DIGIT})"
_HUNDREDS = rf"(?:{_DIGIT}) tram(?: (?:(?:linh|le) {_LAST}|{_TENS}|muoi))?"
_LARGE = rf"(?:{_HUNDREDS}|{_BELOW}) (?:nghin|ngan)(?: {_HUNDREDS})?"
_NUMERAL = re.compile(rf"\b(?:{_LARGE}|{_HUNDREDS}|{_TENS})\b")
_MONTH = rf"({_BELOW}|gieng|chap|\d{{1,2}})"
# "sau 12 tháng năm 2024" names no month of May: without "mùng" or "ngày" a year has to follow the month.
_DAY_OF_MONTH = re.compile(
    rf"\b(?:mung|mong|ngay) ({_BELOW}|\d{{1,2}}) thang {_MONTH}\b|\b({_BELOW}|\d{{1,2}}) thang {_MONTH}(?= nam \d{{4}})"
)
# "năm" before what is counted in points is five; a year has no points.
_FIVE = re.compile(r"(?<=duoi |tren )nam(?= diem\b)|(?<=tu )nam(?= diem\b)|(?<=duoi diem |tren diem )nam\b")
_POINTS = re.compile(
    rf"\b(?:{_DIGIT})(?= diem (?:tro len|tro xuong)\b)|(?<=\bdiem )(?:{_DIGIT}|muoi)(?= tro (?:len|xuong)\b)"
)


# "trẻ năm tuổi", "dưới ba tuổi": an age is a figure.
_AGE = re.compile(r"\b(?:mot|hai|ba|bon|nam|sau)(?= tuoi\b)")


def with_figures(form: str) -> str:
    """A canonical text with the numbers it spells out in figures; lone digits in words stay as they are."""
    for pattern in (_DAY_OF_MONTH, _NUMERAL, _FIVE, _AGE, _POINTS):
        form = _replaced(form, pattern)
    return form


def _replaced(form: str, pattern: re.Pattern[str]) -> str:
    bare, pieces, end = shadow(form), [], 0
    for found in pattern.finditer(bare):
        pieces += [form[end : found.start()], _figures(found)]
        end = found.end()
    return "".join((*pieces, form[end:]))


def _figures(found: re.Match[str]) -> str:
    if found.re is _DAY_OF_MONTH:
        return f"{_value(found[1] or found[3])} tháng {_value(found[2] or found[4])}"
    return f"{_value(found[0]):,}".replace(",", ".")


def _value(words: str) -> int:
    if words.isdigit():
        return int(words)
    if words in ("gieng", "chap"):
        return 1 if words == "gieng" else 12
    total = part = 0
    for word in words.split(" "):
        if word in ("nghin", "ngan"):
            total, part = total + (part or 1) * 1000, 0
        elif word == "tram":
            part *= 100
        elif word == "muoi":
            part = part - part % 10 + part % 10 * 10 if part % 10 else part + 10
        else:
            part += _UNITS.get(word, 0)
    return total + part
