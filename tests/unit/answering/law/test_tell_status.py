"""Which words of a document say how long it holds."""

from assistant.answering.law.tell_status import _on_effect
from assistant.corpus.document import Document, DocumentKind, Provision, ProvisionKind, SourceFile

FIRST = "1. Thông tư này có hiệu lực thi hành từ ngày 25 tháng 12 năm 2025.\n"
LAST = "2. Thông tư này hết hiệu lực kể từ ngày 01 tháng 3 năm 2027."


def document(text: str) -> Document:
    units = tuple(
        Provision(f"d#khoan-{at}", ProvisionKind.CLAUSE, str(at), f"khoản {at} Điều 9", "", text.index(line), end)
        for at, (line, end) in enumerate(((FIRST, len(FIRST)), (LAST, len(text))), 1)
        if line in text
    )
    return Document("d", "26/2025/TT-MAU", DocumentKind.CIRCULAR, "Mẫu", "Bộ", text, units, SourceFile("d.md", "0", 0))


def test_the_last_day_is_quoted_where_it_is_asked_and_said() -> None:
    assert [one.path for one in _on_effect(document(FIRST + LAST), "TT 26/2025 hết hiệu lực khi nào?")] == [
        "khoản 2 Điều 9"
    ]


def test_else_the_first_day_is() -> None:
    asked_first = _on_effect(document(FIRST + LAST), "TT 26/2025 có hiệu lực khi nào?")
    only_first = _on_effect(document(FIRST), "TT 26/2025 hết hiệu lực khi nào?")
    assert [one.path for one in (*asked_first, *only_first)] == ["khoản 1 Điều 9"] * 2
