"""The best clause of a chunk: words together in one clause beat words scattered over many."""

from assistant.corpus.ranking.clauses import ClauseReader
from assistant.corpus.ranking.units import unit_scores
from assistant.corpus.reading.spelling import train_spelling
from tests.small_corpus import chunk_of

TOGETHER = chunk_of(
    "1/2024/TT-BGDĐT", "dieu-1", "Điều 1. Nghỉ\n1. Giáo viên được nghỉ hè tám tuần.\n2. Học sinh đi học.", "Chế độ"
)
SCATTERED = chunk_of(
    "1/2024/TT-BGDĐT", "dieu-2", "Điều 2. Khác\n1. Giáo viên dạy hè.\n2. Tám lớp.\n3. Tuần được nghỉ.", "Chế độ"
)
SPELLING = train_spelling([TOGETHER.text, SCATTERED.text])
READER = ClauseReader()


def test_words_in_one_clause_beat_words_in_many() -> None:
    scores = unit_scores(
        [TOGETHER, SCATTERED], dict.fromkeys(["giáo viên", "nghỉ", "hè", "tám", "tuần"], 1.0), SPELLING, READER
    )
    assert scores[TOGETHER.id] > scores[SCATTERED.id]


def test_titles_above_count_for_every_clause() -> None:
    scores = unit_scores([TOGETHER], {"chế độ": 1.0, "chế": 1.0, "độ": 1.0}, SPELLING, READER)
    assert scores[TOGETHER.id] > 0


def test_no_terms_score_nothing() -> None:
    assert unit_scores([TOGETHER], {}, SPELLING, READER) == {TOGETHER.id: 0.0}


def test_no_chunks_have_no_scores() -> None:
    assert unit_scores([], {"chế": 1.0}, SPELLING, READER) == {}


def test_a_pair_does_not_reach_over_the_end_of_a_clause() -> None:
    apart = chunk_of("1/2024/TT-BGDĐT", "dieu-3", "Điều 3. Đi\n1. Được học\n2. Phí qua cầu", "Chế độ")
    joined = chunk_of("1/2024/TT-BGDĐT", "dieu-4", "Điều 4. Đi\n1. Được học phí\n2. Qua cầu", "Chế độ")
    terms = {"học": 0.0, "phí": 0.0, "học phí": 1.0}
    scores = unit_scores([apart, joined], terms, SPELLING, READER)
    assert scores[apart.id] == 0 < scores[joined.id]


def test_what_was_read_once_scores_the_same_again() -> None:
    terms = {"nghỉ": 1.0, "hè": 1.0, "nghỉ hè": 1.0}
    first = unit_scores([TOGETHER, SCATTERED], terms, SPELLING, ClauseReader())
    assert first == unit_scores([TOGETHER, SCATTERED], terms, SPELLING, READER)
    assert first == unit_scores([TOGETHER, SCATTERED], terms, SPELLING, READER)
