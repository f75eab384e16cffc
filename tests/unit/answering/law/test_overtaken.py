"""What may be quoted beside a governing document that is known and not held."""

from assistant.answering.law.overtaken import _stands_beside
from assistant.corpus.chunk import Passage
from assistant.corpus.document import DocumentKind
from assistant.corpus.reading.context.known import register
from tests.small_corpus import chunk_of

ASKED = "định mức tiết dạy là bao nhiêu"
KNOWN = next(one for one in register().documents if one.number == "05/2025/TT-BGDĐT")


def passage(
    kind: DocumentKind, support: float, title: str = "Thông tư: Trả lương", text: str = "Định mức tiết dạy một tuần"
) -> Passage:
    return Passage(chunk_of("1/2026/TT-BGDĐT", "dieu-6", text, title, kind=kind), 1.0, support)


def test_another_document_of_the_same_rank_rules_on_something_else() -> None:
    assert not _stands_beside(passage(DocumentKind.CIRCULAR, 0.97), KNOWN, ASKED)


def test_a_document_on_the_same_matter_may_be_quoted() -> None:
    same = "Thông tư: Chế độ làm việc của giáo viên phổ thông"
    newer = passage(DocumentKind.LAW, 0.4, same)
    assert _stands_beside(newer, KNOWN, ASKED)


def test_what_stands_higher_must_clearly_speak_of_it() -> None:
    assert _stands_beside(passage(DocumentKind.LAW, 0.9), KNOWN, ASKED)
    assert not _stands_beside(passage(DocumentKind.LAW, 0.6), KNOWN, ASKED)


def test_what_stands_higher_must_have_the_words_that_were_asked() -> None:
    assert not _stands_beside(passage(DocumentKind.LAW, 0.9, text="Hội đồng trường"), KNOWN, ASKED)
