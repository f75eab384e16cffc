"""Names of single institutions, which no figure is of: "Đại học Quốc gia Hà Nội", "trường THPT Chu Văn An"."""

import re

from assistant.query.reading.words.tokens import canonical
from assistant.text import nfc

_CAPITAL = "A-Z" + "".join(chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(code).isupper())
_WORD = rf"[{_CAPITAL}][^\W\d_]*"
_HIGHER = re.compile(
    rf"(?:[Tt]rường )?\b(?:Đại học|ĐH|Học viện|Cao đẳng|CĐ) (?!(?:Công lập|Tư thục|Việt Nam)\b){_WORD}(?: {_WORD})*"
)
_SCHOOL = re.compile(
    rf"\b[Tt]rường (?:tiểu học|Tiểu học|TH|THCS|THPT|PTTH|mầm non|Mầm non|MN|mẫu giáo|Mẫu giáo|chuyên|Chuyên)"
    rf"((?: {_WORD})+)"
)


def institution_in(question: str, places: frozenset[str]) -> str:
    """The institution a question names; empty when it names none.

    A school's level before a province ("trường THPT Nghệ An") is those of the province; capitals are all there is to
    go by, so a question without any names none.
    """
    text = nfc(question)
    if text.upper() == text or text.title() == text:
        return ""
    found = _HIGHER.search(text)
    if found is not None:
        return found[0]
    for one in _SCHOOL.finditer(text):
        name = canonical(one[1])
        if not any(name == place or name.startswith(f"{place} ") for place in places):
            return one[0]
    return ""
