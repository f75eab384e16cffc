"""The order of passages: what decides, and what only tips the scale."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.corpus.chunk import Chunk, Hit
from assistant.corpus.document import DocumentKind
from assistant.corpus.ranking.fusion import Reread, fused_scores, ranked, worth_rereading
from assistant.corpus.reading.citing import Fit
from assistant.settings import SearchSettings
from tests.small_corpus import chunk_of

SETTINGS = SearchSettings(dense_weight=0.5, sparse_weight=0.5, unit_weight=1.0)


def chunk(address: str, **facts: object) -> Chunk:
    return chunk_of("1/2024/TT-BGDĐT", address, f"Nội dung {address}", **facts)


def order(
    chunks: list[Chunk],
    scores: list[float],
    fits: dict[str, Fit] | None = None,
    again: dict[str, Reread] | None = None,
) -> list[str]:
    hits = {chunk.id: Hit(chunk.id, score, score) for chunk, score in zip(chunks, scores, strict=True)}
    given = {chunk.id: (fits or {}).get(chunk.provision_id, Fit()) for chunk in chunks}
    found = ranked(chunks, hits, given, fused_scores(list(hits.values()), {}, SETTINGS), again or {}, limit=9)
    return [one.chunk.provision_id.partition("#")[2] for one in found]


def test_scores_are_comparable_whatever_their_scale() -> None:
    small = fused_scores([Hit("a", 0.90, 1.0), Hit("b", 0.80, 2.0)], {}, SETTINGS)
    large = fused_scores([Hit("a", 0.90, 100.0), Hit("b", 0.80, 200.0)], {}, SETTINGS)
    assert small == pytest.approx(large)


def test_a_hit_without_a_score_gets_nothing_for_it() -> None:
    scores = fused_scores([Hit("a", 0.9, None), Hit("b", 0.8, 3.0)], {}, SETTINGS)
    assert scores == pytest.approx({"a": 0.5, "b": 0.5})


def test_no_hits_have_no_scores() -> None:
    assert fused_scores([], {}, SETTINGS) == {}


def test_a_cited_unit_beats_any_score() -> None:
    cited = chunk("dieu-2")
    assert order([chunk("dieu-1"), cited], [0.9, 0.1], {cited.provision_id: Fit(1.0, 1.0)})[0] == "dieu-2"


def test_authority_and_date_only_decide_between_equals() -> None:
    circular, law = chunk("dieu-1"), chunk("dieu-2", kind=DocumentKind.LAW)
    assert order([circular, law], [0.9, 0.9])[0] == "dieu-2"
    assert order([circular, law, chunk("dieu-3")], [0.9, 0.8, 0.1])[0] == "dieu-1"
    old, new = chunk("dieu-1", effective_from=date(2005, 1, 1)), chunk("dieu-2", effective_from=date(2024, 1, 1))
    assert order([old, new], [0.9, 0.9])[0] == "dieu-2"


def test_one_provision_from_two_sources_is_shown_once() -> None:
    one = chunk("dieu-1")
    other = replace(one, id="x", provision_id="other#dieu-1", text=one.text.upper().replace(" ", "  "))
    assert len(order([one, other], [0.9, 0.8])) == 1


def test_equal_words_in_another_document_stay() -> None:
    one = chunk("dieu-1")
    assert len(order([one, replace(one, id="x", number="2/2024/TT-BGDĐT")], [0.9, 0.8])) == 2


def test_two_articles_with_the_same_words_both_stay() -> None:
    one = chunk("dieu-1")
    assert len(order([one, replace(one, id="x", provision_id="1-2024-tt-bgdđt#dieu-9")], [0.9, 0.8])) == 2


def test_of_near_equals_the_one_that_says_what_is_asked_comes_first() -> None:
    one, other, last = chunk("dieu-1"), replace(chunk("dieu-2"), text="Khác."), chunk("dieu-3")
    assert order([one, other, last], [0.9, 0.89, 0.1], again={other.id: Reread(asked=1.0)})[0] == "dieu-2"


def test_of_near_equals_the_formal_article_comes_last() -> None:
    one, other, last = chunk("dieu-1"), replace(chunk("dieu-2"), text="Khác."), chunk("dieu-3")
    assert order([one, other, last], [0.9, 0.89, 0.1], again={one.id: Reread(formal=True)})[0] == "dieu-2"


def test_the_best_clause_counts_most() -> None:
    scores = fused_scores([Hit("a", 0.9, 1.0), Hit("b", 0.8, 2.0)], {"a": Reread(1.0), "b": Reread(3.0)}, SETTINGS)
    assert scores["b"] > scores["a"]


def test_what_is_best_by_either_score_is_read_again() -> None:
    hits = [Hit("a", 0.9, 1.0), Hit("b", 0.8, 3.0), Hit("c", 0.7, 2.0)]
    assert worth_rereading(hits, 1) == ["a", "b"]
