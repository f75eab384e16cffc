"""One contract for every ChunkIndex, on real engines: Qdrant Edge, qdrant-client in memory, and a server when given."""

import hashlib
import multiprocessing
import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from qdrant_client import QdrantClient

from assistant.corpus.chunk import Chunk
from assistant.corpus.document import DocumentKind
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.index import ChunkIndex, IndexPoint, SparseVector
from assistant.corpus.indexes import edge
from assistant.corpus.indexes.edge import EdgeIndex
from assistant.corpus.indexes.opening import open_index, remove_index
from assistant.corpus.indexes.server import ServerIndex
from assistant.errors import ConfigurationError, IndexUnavailable
from assistant.settings import IndexSettings

# The in-memory client says that it keeps no payload index; its answers are the same.
pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect")

DIMENSION = 8
PUBLIC = ChunkFilter(labels=("public",))
SERVER_URL = os.environ.get("TROLY_TEST_QDRANT_URL")
NO_WORDS = SparseVector((), ())


def axis(number: int) -> np.ndarray:
    vector = np.zeros(DIMENSION, dtype=np.float32)
    vector[number] = 1
    return vector


def point(number: int, words: dict[int, float] | None = None, **facts: object) -> IndexPoint:
    chunk = Chunk(
        id=str(uuid.UUID(int=number)),
        document_id=f"doc-{number}",
        provision_id=f"doc-{number}#dieu-1",
        text="Nội dung",
        embedded_text="Nội dung",
        digest="",
        start=0,
        end=8,
        number=f"{number}/2024/TT-BGDĐT",
        kind=DocumentKind.CIRCULAR,
    )
    words = words or {100 + number: 1.0}
    sparse = SparseVector(tuple(sorted(words)), tuple(words[key] for key in sorted(words)))
    return IndexPoint(replace(chunk, **facts), axis(number % DIMENSION), sparse)  # type: ignore[arg-type]


def ids(index: ChunkIndex, chunk_filter: ChunkFilter, dense: np.ndarray | None = None) -> set[int]:
    query = axis(1) if dense is None else dense
    return {uuid.UUID(hit.chunk_id).int for hit in index.search(query, NO_WORDS, chunk_filter, 50)}


@pytest.fixture(params=["edge", "memory", *(["server"] if SERVER_URL else [])])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ChunkIndex]:
    if request.param == "edge":
        opened: ChunkIndex = EdgeIndex(tmp_path / "index", DIMENSION)
        yield opened
        opened.close()
        return
    client = QdrantClient(":memory:") if request.param == "memory" else QdrantClient(SERVER_URL)
    served = ServerIndex(client, f"contract-{uuid.uuid4().hex}", DIMENSION)
    yield served
    served.drop()
    served.close()


def test_a_new_index_is_empty(index: ChunkIndex) -> None:
    assert index.count() == 0
    assert ids(index, PUBLIC) == set()


def test_what_was_written_is_found_with_its_cosine(index: ChunkIndex) -> None:
    index.upsert([point(1), point(2), point(3)])
    index.optimise()
    hits = {uuid.UUID(hit.chunk_id).int: hit for hit in index.search(axis(2), NO_WORDS, PUBLIC, 10)}
    assert index.count() == 3
    assert hits[2].dense == pytest.approx(1)
    assert hits[1].dense == pytest.approx(0)
    assert hits[2].sparse is None


def test_a_rare_word_weighs_more_than_a_frequent_one(index: ChunkIndex) -> None:
    index.upsert([point(n, {7: 1.0, 1000 + n: 1.0}) for n in range(1, 7)])
    hits = index.search(axis(0), SparseVector((7, 1003), (1.0, 1.0)), PUBLIC, 10)
    scores = {uuid.UUID(hit.chunk_id).int: hit.sparse or 0 for hit in hits}
    assert scores[3] > 2 * scores[1] > 0


def test_both_scores_are_known_of_every_hit(index: ChunkIndex) -> None:
    index.upsert([point(1, {5: 1.0}), point(2, {5: 2.0}), point(3, {6: 1.0})])
    hits = {uuid.UUID(hit.chunk_id).int: hit for hit in index.search(axis(1), SparseVector((5,), (1.0,)), PUBLIC, 1)}
    assert set(hits) == {1, 2}
    assert hits[1].sparse is not None
    assert hits[2].dense == pytest.approx(0)


def test_without_a_dense_vector_the_search_is_lexical(index: ChunkIndex) -> None:
    index.upsert([point(1, {5: 1.0}), point(2, {6: 1.0})])
    hits = index.search(None, SparseVector((5,), (1.0,)), PUBLIC, 10)
    assert [(uuid.UUID(hit.chunk_id).int, hit.dense) for hit in hits] == [(1, None)]


def test_writing_a_chunk_again_replaces_it(index: ChunkIndex) -> None:
    index.upsert([point(1)])
    index.upsert([point(1, label="internal")])
    assert index.count() == 1
    assert ids(index, PUBLIC) == set()


def test_a_deleted_chunk_is_gone(index: ChunkIndex) -> None:
    index.upsert([point(1), point(2)])
    index.delete([point(1).chunk.id])
    assert ids(index, PUBLIC) == {2}


def test_a_caller_without_labels_sees_nothing(index: ChunkIndex) -> None:
    index.upsert([point(1)])
    assert index.search(axis(1), SparseVector((101,), (1.0,)), ChunkFilter(labels=()), 10) == []


def test_only_the_labels_given_are_seen(index: ChunkIndex) -> None:
    index.upsert([point(1), point(2, label="internal"), point(3, label="secret")])
    index.optimise()
    assert ids(index, ChunkFilter(labels=("internal", "public"))) == {1, 2}


def test_drafts_are_seen_only_when_asked_for(index: ChunkIndex) -> None:
    index.upsert([point(1), point(2, is_draft=True)])
    index.optimise()
    assert ids(index, PUBLIC) == {1}
    assert ids(index, replace(PUBLIC, drafts=True)) == {1, 2}


def test_a_day_shows_what_is_in_force_on_it_and_what_has_no_dates(index: ChunkIndex) -> None:
    index.upsert(
        [
            point(1, effective_from=date(2020, 1, 1), effective_to=date(2024, 6, 30)),
            point(2, effective_from=date(2024, 7, 1)),
            point(3),
        ]
    )
    index.optimise()
    assert ids(index, replace(PUBLIC, as_of=date(2024, 6, 30))) == {1, 3}
    assert ids(index, replace(PUBLIC, as_of=date(2024, 7, 1))) == {2, 3}
    assert ids(index, PUBLIC) == {1, 2, 3}


def test_kinds_and_documents_narrow_the_search(index: ChunkIndex) -> None:
    index.upsert([point(1), point(2, kind=DocumentKind.LAW), point(3)])
    index.optimise()
    assert ids(index, replace(PUBLIC, kinds=(DocumentKind.LAW.value,))) == {2}
    assert ids(index, replace(PUBLIC, document_ids=("doc-1", "doc-3"))) == {1, 3}


def test_the_filter_also_holds_for_scores_that_are_filled_in(index: ChunkIndex) -> None:
    index.upsert([point(1, {5: 1.0}), point(2, {5: 2.0}, label="secret")])
    hits = index.search(axis(2), SparseVector((5,), (1.0,)), PUBLIC, 1)
    assert {uuid.UUID(hit.chunk_id).int for hit in hits} == {1}


def test_a_vector_of_another_size_is_our_error(index: ChunkIndex) -> None:
    index.upsert([point(1)])
    with pytest.raises(IndexUnavailable):
        index.search(np.ones(3, dtype=np.float32), NO_WORDS, PUBLIC, 5)


# --- what is particular to Edge: folders, processes, large indexes


def written(folder: Path, points: int = 3) -> Path:
    index = EdgeIndex(folder, DIMENSION)
    index.upsert([point(number) for number in range(1, points + 1)])
    index.optimise()
    index.close()
    return folder


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def read_elsewhere(folder: Path, answers: "multiprocessing.Queue[set[int]]") -> None:
    index = EdgeIndex(folder, DIMENSION, read_only=True)
    answers.put(ids(index, PUBLIC))
    index.close()


def in_another_process(work: Callable[..., None], *args: object) -> set[int]:
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[set[int]] = context.Queue()
    process = context.Process(target=work, args=(*args, answers))
    process.start()
    answer = answers.get(timeout=60)
    process.join()
    return answer


def test_several_processes_read_one_edge_folder_at_once(tmp_path: Path) -> None:
    folder = written(tmp_path / "index")
    here = EdgeIndex(folder, DIMENSION, read_only=True)
    also_here = EdgeIndex(folder, DIMENSION, read_only=True)
    assert in_another_process(read_elsewhere, folder) == ids(here, PUBLIC) == ids(also_here, PUBLIC) == {1, 2, 3}
    here.close()
    also_here.close()


def test_readers_change_no_byte_of_a_served_index_and_leave_no_view(tmp_path: Path) -> None:
    folder = written(tmp_path / "index")
    before = digest(tmp_path)
    reader = EdgeIndex(folder, DIMENSION, read_only=True)
    assert ids(reader, PUBLIC) == {1, 2, 3}
    reader.close()
    assert digest(tmp_path) == before


def test_a_view_that_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    folder = written(tmp_path / "index")
    left = tmp_path / ".reader-left"
    left.mkdir()
    os.utime(left, (0, 0))
    EdgeIndex(folder, DIMENSION, read_only=True).close()
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_second_writer_is_refused_by_name(tmp_path: Path) -> None:
    first = EdgeIndex(tmp_path / "index", DIMENSION)
    with pytest.raises(IndexUnavailable) as caught:
        EdgeIndex(tmp_path / "index", DIMENSION)
    first.close()
    assert caught.value.code == "index_locked"


def test_a_reader_of_nothing_is_told_that_the_index_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable) as caught:
        open_index(IndexSettings(), tmp_path / "index", DIMENSION, read_only=True)
    assert caught.value.code == "index_missing"
    client = QdrantClient(":memory:")
    with pytest.raises(IndexUnavailable) as caught:
        ServerIndex(client, "none", DIMENSION, read_only=True)
    assert caught.value.code == "index_missing"
    client.close()


def test_a_damaged_folder_is_our_error(tmp_path: Path) -> None:
    folder = written(tmp_path / "index")
    for path in folder.rglob("segment.json"):
        path.write_text("{")
    with pytest.raises(IndexUnavailable) as caught:
        EdgeIndex(folder, DIMENSION, read_only=True)
    assert caught.value.code == "index_unreadable"
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_what_was_acknowledged_survives_without_a_close(tmp_path: Path) -> None:
    index = EdgeIndex(tmp_path / "index", DIMENSION)
    index.upsert([point(1), point(2)])
    del index
    reopened = EdgeIndex(tmp_path / "index", DIMENSION)
    assert ids(reopened, PUBLIC) == {1, 2}
    reopened.close()


def test_a_large_index_gets_a_graph_and_still_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "EXACT_LIMIT", 10)
    folder = written(tmp_path / "index", points=30)
    reader = EdgeIndex(folder, DIMENSION, read_only=True)
    assert len(ids(reader, PUBLIC)) == 30
    reader.close()


def test_a_removed_index_is_missing(tmp_path: Path) -> None:
    folder = written(tmp_path / "0001" / "index")
    remove_index(IndexSettings(), folder)
    with pytest.raises(IndexUnavailable):
        open_index(IndexSettings(), folder, DIMENSION, read_only=True)


def test_a_server_without_an_address_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_index(IndexSettings(kind="server"), tmp_path, DIMENSION)
    assert caught.value.code == "index_url_missing"


def test_a_server_that_is_not_there_is_our_error(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable) as caught:
        open_index(IndexSettings(kind="server", url="http://127.0.0.1:9"), tmp_path / "0001" / "index", DIMENSION)
    assert caught.value.code == "index_unavailable"
