"""Qdrant Edge as a ChunkIndex: the engine runs in this process and its index is a folder."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import qdrant_edge as edge

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
from assistant.corpus.indexes.reader_view import ReaderView
from assistant.errors import IndexUnavailable

# Exact search looks at every point and asks the filter of each: a graph pays above this (docs/search.md, "Latency").
EXACT_LIMIT = 50_000
_GRAPH_EDGES = 16
_NEIGHBOURS_SEEN = 256
"""How many points a search through the graph keeps in view: of the best 100 it then misses hardly any."""


class EdgeIndex:
    """A writer holds its folder alone; readers each open a private view of it, so any number may read at once."""

    def __init__(self, folder: Path, dimension: int, *, read_only: bool = False) -> None:
        self._dimension = dimension
        self._view = ReaderView(folder) if read_only else None
        self._folder = self._view.folder if self._view else folder
        try:
            self._shard = self._open()
        except IndexUnavailable:
            self._leave_view()
            raise

    def upsert(self, points: Sequence[IndexPoint]) -> None:
        if points:
            self._update(edge.UpdateOperation.upsert_points([_point(point) for point in points]))

    def delete(self, chunk_ids: Iterable[str]) -> None:
        ids: list[edge.PointId] = list(chunk_ids)
        if ids:
            self._update(edge.UpdateOperation.delete_points(ids))

    def search(self, dense: Vectors | None, sparse: SparseVector, chunk_filter: ChunkFilter, limit: int) -> list[Hit]:
        conditions = conditions_of(chunk_filter)
        if conditions is None:
            return []
        allowed: list[edge.ConditionType] = [_condition(condition) for condition in conditions]
        vectors = _queries(dense, sparse)

        def scores(vector: str, among: Collection[str] | None = None) -> dict[str, float]:
            if vector not in vectors:
                return {}
            if among is None:
                return self._query(vectors[vector], edge.Filter(must=allowed), limit)
            # Found through the filter before: asking it again costs as much as the scores.
            return self._query(vectors[vector], edge.Filter(must=[edge.HasIdCondition(set(among))]), len(among))

        return merged_hits(scores)

    def count(self) -> int:
        with _translated():
            return self._shard.count(edge.CountRequest())

    def optimise(self) -> None:
        for field in KEYWORD_FIELDS:
            self._update(edge.UpdateOperation.create_field_index(field, edge.PayloadSchemaType.Keyword))
        for field in INTEGER_FIELDS:
            self._update(edge.UpdateOperation.create_field_index(field, edge.PayloadSchemaType.Integer))
        if self.count() > EXACT_LIMIT:
            self._reopen_with_graph()
        with _translated():
            self._shard.optimize()
            self._shard.flush()

    def close(self) -> None:
        with _translated():
            self._shard.close()
        self._leave_view()

    def _open(self, graph_edges: int = 0) -> edge.EdgeShard:
        with _translated():
            if self._view:
                return edge.EdgeShard.load(str(self._folder))
            config = _config(self._dimension, graph_edges)
            if (self._folder / "edge_config.json").exists():
                return edge.EdgeShard.load(str(self._folder), config)
            self._folder.mkdir(parents=True, exist_ok=True)
            return edge.EdgeShard.create(str(self._folder), config)

    def _reopen_with_graph(self) -> None:
        with _translated():
            self._shard.close()
        self._shard = self._open(_GRAPH_EDGES)

    def _update(self, operation: edge.UpdateOperation) -> None:
        with _translated():
            self._shard.update(operation)

    def _query(self, query: edge.Query, found: edge.Filter, limit: int) -> dict[str, float]:
        with _translated():
            params = edge.SearchParams(hnsw_ef=_NEIGHBOURS_SEEN)
            hits = self._shard.query(edge.QueryRequest(limit=limit, query=query, filter=found, params=params))
        return {str(hit.id): hit.score for hit in hits}

    def _leave_view(self) -> None:
        if self._view:
            self._view.close()


@contextmanager
def _translated() -> Iterator[None]:
    """Edge raises bare `Exception` with engine text: it becomes ours here, the text kept for the log."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        code = "index_locked" if "WouldBlock" in str(error) else "index_unreadable"
        raise IndexUnavailable(code, detail=str(error)) from error


def _config(dimension: int, graph_edges: int) -> edge.EdgeConfig:
    return edge.EdgeConfig(
        # Rows are unit length, so the dot product is the cosine.
        vectors={DENSE: edge.EdgeVectorParams(size=dimension, distance=edge.Distance.Dot)},
        sparse_vectors={SPARSE: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
        hnsw_config=edge.HnswIndexConfig(m=graph_edges, ef_construct=128, full_scan_threshold=10_000),
    )


def _point(point: IndexPoint) -> edge.Point:
    sparse = edge.SparseVector(list(point.sparse.indices), list(point.sparse.values))
    return edge.Point(point.chunk.id, {DENSE: point.dense.tolist(), SPARSE: sparse}, dict(payload_of(point.chunk)))


def _queries(dense: Vectors | None, sparse: SparseVector) -> dict[str, edge.Query]:
    queries = {}
    if dense is not None:
        queries[DENSE] = edge.Query.Nearest(dense.tolist(), using=DENSE)
    if sparse.indices:
        vector = edge.SparseVector(list(sparse.indices), list(sparse.values))
        queries[SPARSE] = edge.Query.Nearest(vector, using=SPARSE)
    return queries


def _condition(condition: Condition) -> edge.FieldCondition:
    if condition.any_of:
        return edge.FieldCondition(condition.field, match=edge.MatchAny(list(condition.any_of)))
    bounds = edge.RangeFloat(gte=_float(condition.at_least), lte=_float(condition.at_most))
    return edge.FieldCondition(condition.field, range=bounds)


def _float(bound: int | None) -> float | None:
    return None if bound is None else float(bound)
