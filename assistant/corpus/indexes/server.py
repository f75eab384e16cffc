"""A Qdrant server or cluster as a ChunkIndex, one collection per generation."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ApiException

from assistant.corpus.chunk import Hit
from assistant.corpus.encoder import Vectors
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.index import IndexPoint, SparseVector
from assistant.corpus.indexes.merging import merged_hits
from assistant.corpus.indexes.payload import (
    DENSE,
    INTEGER_FIELDS,
    KEYWORD_FIELDS,
    SPARSE,
    Condition,
    conditions_of,
    payload_of,
)
from assistant.errors import IndexUnavailable

_Queries = dict[str, list[float] | models.SparseVector]


class ServerIndex:
    """`client` is closed with the index; a collection that does not exist is made, unless `read_only`."""

    def __init__(self, client: QdrantClient, collection: str, dimension: int, *, read_only: bool = False) -> None:
        self._client = client
        self._collection = collection
        with _translated():
            if client.collection_exists(collection):
                return
            if read_only:
                raise IndexUnavailable("index_missing", detail=collection)
            client.create_collection(
                collection,
                # Rows are unit length, so the dot product is the cosine.
                vectors_config={DENSE: models.VectorParams(size=dimension, distance=models.Distance.DOT)},
                sparse_vectors_config={SPARSE: models.SparseVectorParams(modifier=models.Modifier.IDF)},
            )

    def upsert(self, points: Sequence[IndexPoint]) -> None:
        if points:
            with _translated():
                self._client.upsert(self._collection, [_point(point) for point in points], wait=True)

    def delete(self, chunk_ids: Iterable[str]) -> None:
        ids = list(chunk_ids)
        if ids:
            with _translated():
                self._client.delete(self._collection, models.PointIdsList(points=list(ids)), wait=True)

    def search(self, dense: Vectors | None, sparse: SparseVector, chunk_filter: ChunkFilter, limit: int) -> list[Hit]:
        conditions = conditions_of(chunk_filter)
        if conditions is None:
            return []
        allowed: list[models.Condition] = [_condition(condition) for condition in conditions]
        vectors = _queries(dense, sparse)

        def scores(vector: str, among: Collection[str] | None = None) -> dict[str, float]:
            if vector not in vectors:
                return {}
            only = [] if among is None else [models.HasIdCondition(has_id=list(among))]
            found = models.Filter(must=[*allowed, *only])
            return self._query(vector, vectors, found, limit if among is None else len(among))

        return merged_hits(scores)

    def count(self) -> int:
        with _translated():
            return self._client.count(self._collection, exact=True).count

    def optimise(self) -> None:
        """The server compacts by itself; what it needs from us are the payload indexes."""
        with _translated():
            for field in KEYWORD_FIELDS:
                self._client.create_payload_index(self._collection, field, models.PayloadSchemaType.KEYWORD, wait=True)
            for field in INTEGER_FIELDS:
                self._client.create_payload_index(self._collection, field, models.PayloadSchemaType.INTEGER, wait=True)

    def drop(self) -> None:
        """Delete the collection, when its generation goes."""
        with _translated():
            self._client.delete_collection(self._collection)

    def close(self) -> None:
        self._client.close()

    def _query(self, name: str, vectors: _Queries, found: models.Filter, limit: int) -> dict[str, float]:
        with _translated():
            answer = self._client.query_points(
                self._collection, vectors[name], using=name, query_filter=found, limit=limit, with_payload=False
            )
        return {str(point.id): point.score for point in answer.points}


@contextmanager
def _translated() -> Iterator[None]:
    """The client raises its own tree for the network and the server, and ValueError where it runs in process."""
    try:
        yield
    except (ApiException, ValueError) as error:
        raise IndexUnavailable("index_unavailable", detail=str(error)) from error


def _point(point: IndexPoint) -> models.PointStruct:
    sparse = models.SparseVector(indices=list(point.sparse.indices), values=list(point.sparse.values))
    vector: models.VectorStruct = {DENSE: point.dense.tolist(), SPARSE: sparse}
    return models.PointStruct(id=point.chunk.id, vector=vector, payload=dict(payload_of(point.chunk)))


def _queries(dense: Vectors | None, sparse: SparseVector) -> _Queries:
    queries: _Queries = {}
    if dense is not None:
        queries[DENSE] = dense.tolist()
    if sparse.indices:
        queries[SPARSE] = models.SparseVector(indices=list(sparse.indices), values=list(sparse.values))
    return queries


def _condition(condition: Condition) -> models.FieldCondition:
    if condition.any_of:
        return models.FieldCondition(key=condition.field, match=models.MatchAny(any=list(condition.any_of)))
    return models.FieldCondition(key=condition.field, range=models.Range(gte=condition.at_least, lte=condition.at_most))
