"""Sparse vectors: what counts as a term, and how much of it."""

from assistant.corpus.indexes.sparse import passage_vector, question_vector, term_id, terms


def weight(text: str, term: str) -> float:
    vector = passage_vector(text)
    return dict(zip(vector.indices, vector.values, strict=True)).get(term_id(term), 0.0)


def test_terms_are_syllables_and_their_pairs_in_match_form() -> None:
    assert terms("Học PHÍ, hoà nhập") == ["học", "phí", "hòa", "nhập", "học phí", "phí hòa", "hòa nhập"]


def test_ids_are_the_same_on_every_machine() -> None:
    assert term_id("học phí") == 1145097141


def test_indices_are_ascending_and_unique() -> None:
    indices = passage_vector("học sinh và học sinh, học phí").indices
    assert list(indices) == sorted(set(indices))


def test_a_word_said_again_weighs_more_but_not_twice_as_much() -> None:
    once, twice = weight("học phí và trường", "học"), weight("học phí và học", "học")
    assert once < twice < 2 * once


def test_a_word_weighs_less_in_a_longer_text() -> None:
    assert weight("học phí " + "quy định " * 100, "phí") < weight("học phí", "phí")


def test_no_text_has_no_terms() -> None:
    assert passage_vector(" .,; ").indices == ()
    assert question_vector({}).indices == ()


def test_a_question_keeps_the_weights_it_was_given() -> None:
    vector = question_vector({"học": 1.0, "phí": 0.25})
    assert sorted(vector.values) == [0.25, 1.0]
