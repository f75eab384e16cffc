"""Choosing the shortest evidence that carries the question."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.quoting import choose, quote_from
from assistant.corpus.chunk import Chunk, Passage
from assistant.corpus.document import DocumentKind
from assistant.corpus.ranking.asked import asked_for


def passage(text: str, score: float = 1.0, support: float = 0.9) -> Passage:
    chunk = Chunk(text, "d", "d#p", text, text, "", 0, len(text), "1/2026/TT-MAU", DocumentKind.CIRCULAR)
    return Passage(chunk, score, support)


WEIGHTS = {"ky": 1.0, "so": 1.0, "hoc": 1.0, "ba": 1.0, "luu": 3.0, "tru": 3.0}


def test_one_passage_that_carries_everything_is_enough() -> None:
    first = passage("Học bạ ký số được lưu trữ")
    assert choose([first, passage("Học bạ số", 0.8)], WEIGHTS, 0.5) == [first]


def test_a_second_passage_joins_when_it_carries_what_the_first_lacks() -> None:
    first, second = passage("Ký số học bạ"), passage("Lưu trữ vĩnh viễn", 0.6, 0.6)
    assert choose([first, second], WEIGHTS, 0.5) == [first, second]


def test_a_stray_word_of_the_question_brings_no_passage_along_that_carries_far_less() -> None:
    first, second = passage("Ký số học bạ"), passage("Lưu trữ vĩnh viễn", 0.6, 0.55)
    assert choose([first, second], WEIGHTS, 0.5) == [first]


def test_nothing_is_quoted_below_the_threshold() -> None:
    assert choose([passage("Ký số học bạ", support=0.3)], WEIGHTS, 0.5) == []


def test_a_long_text_is_cut_to_the_lines_that_matter() -> None:
    lines = [f"{n}. Quy định khác về tổ chức thực hiện số {n}." for n in range(60)]
    lines[40] = "40. Học bạ ký số được lưu trữ vĩnh viễn."
    quote = quote_from("\n".join(lines), WEIGHTS, max_chars=300)
    assert "lưu trữ vĩnh viễn" in quote
    assert len(quote) <= 300


def test_of_runs_with_the_same_words_the_one_that_says_the_number_is_quoted() -> None:
    lines = ["Học bạ ký số lưu trữ theo quy định.", *["Nội dung khác."] * 30, "Học bạ ký số lưu trữ 20 năm."]
    asked = asked_for("học bạ ký số lưu trữ bao nhiêu năm")
    assert "20 năm" in quote_from("\n".join(lines), WEIGHTS, asked, max_chars=60)


@given(st.text(alphabet="ab .;\n", max_size=400), st.integers(20, 60))
def test_a_quote_is_always_word_for_word_and_bounded(text: str, max_chars: int) -> None:
    quote = quote_from(text, {"a": 1.0}, max_chars=max_chars)
    assert quote in text
    assert len(quote) <= max_chars
