"""A citation points at the khoản that answers."""

from dataclasses import replace

from assistant.answering.narrowing import narrow
from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document, DocumentKind, Provision, ProvisionKind, SourceFile
from assistant.corpus.ranking.asked import asked_for

TEXT = (
    "Điều 7. Gửi học bạ số\n"
    "1. Nhà trường gửi trong thời hạn 10 ngày làm việc.\n"
    "2. Học bạ kiểm tra lại trong hè gửi trước ngày 25 tháng 8."
)
FIRST = TEXT.index("1.")
SECOND = TEXT.index("2. Học")
DOCUMENT = Document(
    id="d",
    number="1/2026/TT-MAU",
    kind=DocumentKind.CIRCULAR,
    title="Mẫu",
    issuer="Bộ Mẫu",
    text=TEXT,
    provisions=(
        Provision("d#dieu-7", ProvisionKind.ARTICLE, "7", "Điều 7", "Gửi học bạ số", 0, len(TEXT)),
        Provision(
            "d#dieu-7.khoan-1", ProvisionKind.CLAUSE, "1", "khoản 1 Điều 7", "", FIRST, SECOND, "d#dieu-7",
            ("Điều 7. Gửi học bạ số",),
        ),
        Provision(
            "d#dieu-7.khoan-2", ProvisionKind.CLAUSE, "2", "khoản 2 Điều 7", "", SECOND, len(TEXT), "d#dieu-7",
            ("Điều 7. Gửi học bạ số",),
        ),
    ),
    source=SourceFile("d.md", "0", 0),
)  # fmt: skip
CHUNK = Chunk("c", "d", "d#dieu-7", TEXT, TEXT, "", 0, len(TEXT), "1/2026/TT-MAU", DocumentKind.CIRCULAR)


def weights(*words: str) -> dict[str, float]:
    return {word: 1 / len(words) for word in words}


def test_the_khoan_that_carries_the_question_stands_for_its_dieu() -> None:
    provision_id, text = narrow(DOCUMENT, CHUNK, weights("gui", "hoc", "ba", "thoi", "han"))
    assert provision_id == "d#dieu-7.khoan-1"
    assert text == "1. Nhà trường gửi trong thời hạn 10 ngày làm việc."


def test_what_only_both_carry_is_quoted_whole() -> None:
    assert narrow(DOCUMENT, CHUNK, weights("han", "he", "truong", "kiem"))[0] == "d#dieu-7"


def test_without_weights_nothing_is_narrowed() -> None:
    assert narrow(DOCUMENT, CHUNK, {}) == ("d#dieu-7", TEXT)


def test_a_repealed_unit_is_never_what_answers() -> None:
    text = TEXT.replace("2. Học bạ kiểm tra lại trong hè gửi trước ngày 25 tháng 8.", "2. (được bãi bỏ)")
    article, first, second = DOCUMENT.provisions
    units = (replace(article, end=len(text)), first, replace(second, end=len(text)))
    document = replace(DOCUMENT, text=text, provisions=units)
    chunk = replace(CHUNK, text=text, embedded_text=text, end=len(text))
    assert narrow(document, chunk, weights("gui", "hoc", "ba"))[0] != "d#dieu-7.khoan-2"


def test_a_unit_that_says_what_is_asked_comes_before_one_that_only_has_the_words() -> None:
    words = weights("hoc", "ba", "gui")
    counted = asked_for("học bạ gửi trong bao nhiêu ngày")
    assert narrow(DOCUMENT, CHUNK, words, counted)[0] == "d#dieu-7.khoan-1"


def test_units_that_do_equally_well_are_quoted_together_when_short() -> None:
    assert narrow(DOCUMENT, CHUNK, weights("gui", "hoc", "ba"))[0] == "d#dieu-7"
