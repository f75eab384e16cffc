"""From a new catalogue to its index: only what changed is written, only what no cache holds is encoded."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.catalogue import Catalogue
from assistant.corpus.encoder import Encoder
from assistant.corpus.encoders.vector_cache import VectorCache, encode_chunks
from assistant.corpus.generation import CATALOGUE_FILE, INDEX_FOLDER, SPELLING_FILE
from assistant.corpus.index import IndexPoint
from assistant.corpus.indexes.opening import open_index
from assistant.corpus.indexes.sparse import passage_vector
from assistant.corpus.reading.context.old_terms import old_names
from assistant.corpus.reading.context.topics import trade_phrases
from assistant.corpus.reading.spelling import train_spelling
from assistant.settings import IndexSettings
from ingest.catalogue import fingerprints, recorded_meta

_BATCH = 2000
# Above this share of changed chunks a fresh index is cheaper than a copy full of holes.
_REWRITE_SHARE = 0.5

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class IndexingCounts:
    chunks: int
    written: int
    removed: int
    encoded: int


def write_index(
    folder: Path,
    previous: Path | None,
    *,
    encoder: Encoder,
    cache: VectorCache,
    settings: IndexSettings,
    on_progress: Progress,
) -> IndexingCounts:
    """Build the index of generation `folder` from its catalogue, starting from the previous one where that pays."""
    wanted = fingerprints(folder / CATALOGUE_FILE)
    held = fingerprints(previous / CATALOGUE_FILE) if previous and _may_copy(previous, encoder, settings) else {}
    changed = [chunk_id for chunk_id, print_ in wanted.items() if held.get(chunk_id) != print_]
    removed = sorted(held.keys() - wanted.keys())
    if previous and held and len(changed) + len(removed) <= _REWRITE_SHARE * len(wanted):
        shutil.copytree(previous / INDEX_FOLDER, folder / INDEX_FOLDER)
    else:
        changed, removed = sorted(wanted), []
    before = cache.encoded
    index = open_index(settings, folder / INDEX_FOLDER, encoder.dimension)
    try:
        index.delete(removed)
        for points in _points(folder, sorted(changed), encoder, cache, on_progress):
            index.upsert(points)
        index.optimise()
    finally:
        index.close()
    return IndexingCounts(len(wanted), len(changed), len(removed), cache.encoded - before)


def write_spelling(folder: Path) -> None:
    """Syllable statistics of everything that can be found."""
    catalogue = Catalogue(folder / CATALOGUE_FILE)
    try:
        taught = (*trade_phrases(), *old_names())
        train_spelling((chunk.text for chunk in catalogue.all_chunks()), taught).save(folder / SPELLING_FILE)
    finally:
        catalogue.close()


def _may_copy(previous: Path, encoder: Encoder, settings: IndexSettings) -> bool:
    """A folder can be copied, a collection on a server cannot; vectors of another encoder are worth nothing."""
    same_encoder = recorded_meta(previous / CATALOGUE_FILE).get("encoder") == encoder.name
    return settings.kind == "edge" and same_encoder and (previous / INDEX_FOLDER).is_dir()


def _points(
    folder: Path, ids: Sequence[str], encoder: Encoder, cache: VectorCache, on_progress: Progress
) -> Iterator[list[IndexPoint]]:
    catalogue = Catalogue(folder / CATALOGUE_FILE)
    try:
        for start in range(0, len(ids), _BATCH):
            part = list(catalogue.chunks(ids[start : start + _BATCH]).values())

            def report(done: int, _of: int, first: int = start) -> None:
                on_progress(first + done, len(ids))

            vectors = encode_chunks(encoder, cache, part, report)
            rows = zip(part, vectors, strict=True)
            yield [IndexPoint(chunk, row, passage_vector(chunk.embedded_text)) for chunk, row in rows]
    finally:
        catalogue.close()
