"""Search over a small corpus: what comes first, what is let through, and what the asker is told."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.document import DocumentKind
from assistant.corpus.encoders.opening import WarmingEncoder
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.search import Search, SearchResult
from assistant.errors import IndexUnavailable
from assistant.settings import IndexSettings, SearchSettings
from assistant.text import fold
from tests.small_corpus import WordEncoder, chunk_of, write_generation

FEES = "29/2024/TT-BGDĐT"
CHUNKS = [
    chunk_of(FEES, "dieu-4.khoan-1", "1. Nhà trường không được thu tiền dạy thêm của học sinh tiểu học.", "Dạy thêm"),
    chunk_of(FEES, "dieu-4.khoan-2", "2. Giáo viên dạy thêm ngoài nhà trường phải báo cáo hiệu trưởng.", "Dạy thêm"),
    chunk_of(FEES, "dieu-5.khoan-2", "2. Thời lượng do trung tâm quyết định.", "Thời lượng"),
    chunk_of(FEES, "dieu-16", "Thông tư này thay thế Thông tư 17/2012/TT-BGDĐT, hết hiệu lực về dạy thêm.", "Hiệu lực"),
    chunk_of("43/2019/QH14", "dieu-72", "Trình độ chuẩn được đào tạo của giáo viên tiểu học là cử nhân.", "Luật GD",
             kind=DocumentKind.LAW, effective_from=date(2020, 7, 1)),
    chunk_of("20/2018/TT-BGDĐT", "dieu-72", "Chuẩn nghề nghiệp gồm năm tiêu chuẩn.", effective_to=date(2025, 12, 31)),
    chunk_of("9/2024/TT-BNV", "dieu-1", "Hồ sơ viên chức đã đồng bộ.", label="internal"),
    chunk_of("30/2020/NĐ-CP", "dieu-8", "Thể thức văn bản hành chính gồm quốc hiệu, tên cơ quan, số ký hiệu."),
]  # fmt: skip
PUBLIC = ChunkFilter(labels=("public",))


@pytest.fixture(scope="module")
def generations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generations")
    write_generation(folder, "0001", CHUNKS)
    return folder


@pytest.fixture
def search(generations: Path) -> Iterator[Search]:
    corpus = LiveCorpus(generations, IndexSettings())
    made = Search(corpus, WarmingEncoder(WordEncoder), SearchSettings())
    made.warm()
    yield made
    corpus.close()


def places(result: SearchResult) -> list[str]:
    return [passage.chunk.provision_id for passage in result.passages]


def test_the_passage_that_answers_comes_first(search: Search) -> None:
    result = search.search("Trình độ chuẩn của giáo viên tiểu học là gì?", PUBLIC, 3)
    assert places(result)[0] == "43-2019-qh14#dieu-72"
    assert result.passages[0].support > 0.5


@pytest.mark.parametrize(
    "question", ["Trình độ chuẩn của giáo viên tiểu học", "Thể thức văn bản hành chính", "thu tiền dạy thêm"]
)
def test_diacritics_may_be_left_out(search: Search, question: str) -> None:
    assert places(search.search(fold(question), PUBLIC, 1)) == places(search.search(question, PUBLIC, 1))


def test_the_asker_is_told_how_a_bare_question_was_read(search: Search) -> None:
    (note,) = search.search("thu tien day them", PUBLIC, 1).reading.notes
    assert "thu tiền dạy thêm" in note


def test_a_cited_unit_comes_first_and_carries_the_question(search: Search) -> None:
    result = search.search("Khoản 2 Điều 5 TT 29/2024 quy định ntn", PUBLIC, 3)
    assert places(result)[0] == "29-2024-tt-bgdđt#dieu-5.khoan-2"
    assert result.passages[0].support >= 0.9
    assert result.reading.notes == ()


def test_a_cited_document_comes_before_better_words_elsewhere(search: Search) -> None:
    result = search.search("theo TT 29/2024 giáo viên tiểu học phải có trình độ gì", PUBLIC, 3)
    assert result.passages[0].chunk.number == FEES


def test_a_number_that_is_not_held_is_named(search: Search) -> None:
    (note,) = search.search("TT 77/2021 quy định gì", PUBLIC, 3).reading.notes
    assert "Thông tư 77/2021" in note


def test_an_article_the_document_does_not_have_is_named(search: Search) -> None:
    (note,) = search.search("theo Điều 99 TT 29/2024 thì sao", PUBLIC, 3).reading.notes
    assert "Điều 99" in note
    assert FEES in note


@pytest.mark.parametrize(
    "question",
    [
        "theo Điều 99 TT 29/2024 giáo viên dạy thêm phải báo cáo hiệu trưởng",
        "khoản 7 Điều 72 Luật 43/2019 trình độ chuẩn của giáo viên tiểu học",
        "theo TT 77/2021 giáo viên dạy thêm phải báo cáo hiệu trưởng",
    ],
)
def test_other_texts_do_not_answer_for_what_is_not_held(search: Search, question: str) -> None:
    result = search.search(question, PUBLIC, 5)
    assert result.reading.notes
    assert all(passage.support < 0.4 for passage in result.passages)


def test_a_document_that_is_not_held_may_be_spoken_of_by_one_that_is(search: Search) -> None:
    replaced = search.search("TT 17/2012 về dạy thêm còn hiệu lực không", PUBLIC, 1).passages[0]
    assert replaced.chunk.provision_id.endswith("dieu-16")
    assert replaced.support > 0.5


def test_a_document_the_asker_may_not_see_is_as_good_as_absent(search: Search) -> None:
    hidden = search.search("TT 9/2024 viên chức", PUBLIC, 9)
    assert "9/2024/TT-BNV" not in {passage.chunk.number for passage in hidden.passages}
    assert "Thông tư 9/2024" in hidden.reading.notes[0]
    seen = search.search("TT 9/2024 viên chức", ChunkFilter(labels=("public", "internal")), 9)
    assert seen.passages[0].chunk.number == "9/2024/TT-BNV"
    assert seen.reading.notes == ()


def test_no_labels_see_nothing(search: Search) -> None:
    assert search.search("Khoản 2 Điều 5 TT 29/2024", ChunkFilter(labels=()), 9).passages == ()


def test_a_cited_unit_obeys_the_day(search: Search) -> None:
    question = "Điều 72 TT 20/2018"
    numbers = [
        {passage.chunk.number for passage in search.search(question, ChunkFilter(("public",), as_of=day), 9).passages}
        for day in (date(2025, 1, 1), date(2026, 1, 1))
    ]
    assert "20/2018/TT-BGDĐT" in numbers[0]
    assert "20/2018/TT-BGDĐT" not in numbers[1]


def test_the_limit_holds_and_the_order_is_the_same_every_time(search: Search) -> None:
    first, second = (search.search("dạy thêm của giáo viên", PUBLIC, 2) for _ in range(2))
    assert len(first.passages) == 2
    assert first == second


def test_support_tells_an_answer_from_common_words(search: Search) -> None:
    answered = search.search("Trình độ chuẩn của giáo viên tiểu học", PUBLIC, 1).passages[0]
    elsewhere = search.search("giá vàng hôm nay bao nhiêu", PUBLIC, 1).passages
    assert all(passage.support < answered.support / 2 for passage in elsewhere)


def test_weights_are_shares_of_the_folded_content(search: Search) -> None:
    weights = search.search("Trình độ chuẩn của giáo viên là gì", PUBLIC, 1).weights
    assert set(weights) == {"trinh", "do", "chuan", "giao", "vien"}
    assert sum(weights.values()) == pytest.approx(1)


@pytest.mark.parametrize("question", ["", "???", "\u0000", "ạ là gì", "x" * 3000, "'; DROP TABLE chunks; --"])
def test_anything_can_be_asked(search: Search, question: str) -> None:
    assert isinstance(search.search(question, PUBLIC, 5), SearchResult)


def test_while_the_encoder_warms_the_search_is_lexical_and_says_so(generations: Path) -> None:
    corpus = LiveCorpus(generations, IndexSettings())
    result = Search(corpus, WarmingEncoder(WordEncoder), SearchSettings()).search("thu tiền dạy thêm", PUBLIC, 2)
    corpus.close()
    assert places(result)[0] == "29-2024-tt-bgdđt#dieu-4.khoan-1"
    assert "khởi động" in result.reading.notes[0]


def test_an_index_made_by_another_encoder_is_refused(generations: Path) -> None:
    class Other(WordEncoder):
        name = "other"

    corpus = LiveCorpus(generations, IndexSettings())
    search = Search(corpus, WarmingEncoder(Other), SearchSettings())
    search.warm()
    with pytest.raises(IndexUnavailable) as caught:
        search.search("dạy thêm", PUBLIC, 1)
    corpus.close()
    assert caught.value.code == "index_outdated"


def test_warming_without_a_corpus_only_loads_the_encoder(tmp_path: Path) -> None:
    encoder = WarmingEncoder(WordEncoder)
    Search(LiveCorpus(tmp_path, IndexSettings()), encoder, SearchSettings()).warm()
    assert encoder.current is not None


class _Backwards:
    """Likes best what was last."""

    def worth(self, question: str, passages: Sequence[str]) -> list[float]:
        return [float(place) for place in range(len(passages))]


def test_a_judge_orders_the_best_passages_again(generations: Path) -> None:
    corpus = LiveCorpus(generations, IndexSettings())
    settings = SearchSettings(cross_encoder_passages=3, cross_encoder_weight=10)
    question = "Giáo viên dạy thêm ngoài nhà trường phải báo cáo ai?"
    plain = Search(corpus, WarmingEncoder(WordEncoder), settings).search(question, PUBLIC, 3)
    again = Search(corpus, WarmingEncoder(WordEncoder), settings, _Backwards()).search(question, PUBLIC, 3)
    corpus.close()
    assert places(again) == places(plain)[::-1]
    assert again.passages[0].reasons["judged"] == 10
