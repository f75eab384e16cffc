"""The served generation: opened, swapped under load, and never dropped from under a request."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.corpus.generation import LiveCorpus, current_generation, open_generation
from assistant.errors import IndexUnavailable
from assistant.settings import IndexSettings
from tests.small_corpus import chunk_of, write_generation

FIRST = [chunk_of("1/2024/TT-BGDĐT", "dieu-1", "Học phí thu theo tháng.")]
SECOND = [*FIRST, chunk_of("2/2024/TT-BGDĐT", "dieu-1", "Học bạ số.", label="internal")]


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[LiveCorpus]:
    live = LiveCorpus(tmp_path, IndexSettings())
    yield live
    live.close()


def test_without_a_generation_the_index_is_missing(corpus: LiveCorpus) -> None:
    with pytest.raises(IndexUnavailable) as caught, corpus.open():
        pass
    assert caught.value.code == "index_missing"


@pytest.mark.parametrize("name", ["", "0009", "../elsewhere", "/etc"])
def test_a_pointer_to_nothing_here_is_no_generation(tmp_path: Path, name: str) -> None:
    (tmp_path / "current").write_text(name)
    assert current_generation(tmp_path) is None


def test_a_generation_shows_what_the_ingest_wrote(tmp_path: Path) -> None:
    generation = open_generation(write_generation(tmp_path, "0001", SECOND), IndexSettings())
    assert generation.index.count() == 2
    assert generation.encoder_name == "words"
    assert [(document.number, document.label) for document in generation.documents] == [
        ("1/2024/TT-BGDĐT", "public"),
        ("2/2024/TT-BGDĐT", "internal"),
    ]
    generation.close()


def test_a_swapped_pointer_is_noticed_by_the_next_request(tmp_path: Path, corpus: LiveCorpus) -> None:
    write_generation(tmp_path, "0001", FIRST)
    with corpus.open() as under_way:
        write_generation(tmp_path, "0002", SECOND)
        with corpus.open() as next_one:
            assert next_one.index.count() == 2
        assert under_way.index.count() == 1
    with pytest.raises(IndexUnavailable):
        under_way.index.count()


def test_a_first_generation_is_noticed_by_a_service_that_runs(tmp_path: Path, corpus: LiveCorpus) -> None:
    with pytest.raises(IndexUnavailable), corpus.open():
        pass
    write_generation(tmp_path, "0001", FIRST)
    with corpus.open() as generation:
        assert generation.index.count() == 1


def test_a_generation_that_cannot_be_opened_does_not_replace_a_good_one(tmp_path: Path, corpus: LiveCorpus) -> None:
    write_generation(tmp_path, "0001", FIRST)
    with corpus.open():
        pass
    (tmp_path / "0002").mkdir()
    (tmp_path / "current").write_text("0002")
    with corpus.open() as generation:
        assert generation.path.name == "0001"


def test_requests_in_many_threads_survive_a_swap(tmp_path: Path, corpus: LiveCorpus) -> None:
    write_generation(tmp_path, "0001", FIRST)
    counts: list[int] = []
    started = threading.Barrier(5)

    def ask() -> None:
        started.wait()
        for _ in range(20):
            with corpus.open() as generation:
                counts.append(generation.index.count())

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    started.wait()
    write_generation(tmp_path, "0002", SECOND)
    for asker in askers:
        asker.join()
    assert len(counts) == 80
    assert set(counts) <= {1, 2}


def test_closing_leaves_no_reader_behind(tmp_path: Path) -> None:
    folder = write_generation(tmp_path, "0001", FIRST)
    live = LiveCorpus(tmp_path, IndexSettings())
    with live.open():
        pass
    live.close()
    assert sorted(path.name for path in folder.iterdir()) == ["catalogue.sqlite", "index", "spelling.json.gz"]
