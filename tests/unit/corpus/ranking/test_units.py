"""The best clause of a chunk: words together in one clause beat words scattered over many."""

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


def test_words_in_one_clause_beat_words_in_many() -> None:
    scores = unit_scores(
        [TOGETHER, SCATTERED], dict.fromkeys(["giáo viên", "nghỉ", "hè", "tám", "tuần"], 1.0), SPELLING
    )
    assert scores[TOGETHER.id] > scores[SCATTERED.id]


def test_titles_above_count_for_every_clause() -> None:
    scores = unit_scores([TOGETHER], {"chế độ": 1.0, "chế": 1.0, "độ": 1.0}, SPELLING)
    assert scores[TOGETHER.id] > 0


def test_no_terms_score_nothing() -> None:
    assert unit_scores([TOGETHER], {}, SPELLING) == {TOGETHER.id: 0.0}
