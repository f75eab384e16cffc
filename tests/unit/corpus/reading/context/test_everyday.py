"""Everyday words and the law's names for them."""

from assistant.corpus.reading.context.everyday import EVERYDAY_TERMS_FILE, everyday_terms_in
from assistant.corpus.reading.letters import same_words
from assistant.corpus.reading.question import read_question
from assistant.corpus.reading.spelling import train_spelling

SPELLING = train_spelling(["Tuyển dụng nhà giáo do người đứng đầu cơ sở giáo dục thực hiện", "giáo viên xã tuyển"])


def test_a_question_in_everyday_words_also_looks_for_the_law_s_words() -> None:
    terms = read_question("ai tuyển giáo viên của xã", SPELLING).terms
    assert {"nhà giáo", "tuyển dụng"} <= terms.keys()


def test_a_word_inside_another_word_is_not_that_term() -> None:
    assert [term.words for term in everyday_terms_in(same_words("bằng lái"))] == [("bằng",)]
    assert everyday_terms_in(same_words("phương phápdạy")) == ()


def test_every_row_has_a_term_and_names_that_differ_from_it() -> None:
    lines = EVERYDAY_TERMS_FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if "\t" in line]
    said = [row[0] for row in rows]
    assert len(said) == len(set(said))
    assert all(len(row) == 2 and row[0] not in row[1].split("|") for row in rows)
