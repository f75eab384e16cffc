"""The gate before the pointer moves: a new generation that lost documents, or answers worse, is not served."""

from collections.abc import Collection
from pathlib import Path

from assistant.corpus.catalogue import Catalogue
from assistant.corpus.encoder import Encoder
from assistant.corpus.generation import CATALOGUE_FILE, INDEX_FOLDER
from assistant.corpus.indexes.opening import open_index
from assistant.errors import IngestError
from assistant.settings import Settings
from ingest.catalogue.recorded import recorded_sources
from ingest.gate.golden import load_golden, missed


def check_generation(
    folder: Path, previous: Path | None, removed: Collection[str], encoder: Encoder, settings: Settings
) -> None:
    """Raise an IngestError when the generation in `folder` must not take the place of `previous`.

    What `removed` sources held may go; of everything else the set share must still be there.
    """
    chunks = _chunks(folder)
    indexed = _indexed(folder, settings)
    if indexed != chunks:
        raise IngestError("generation_incomplete", chunks=chunks, indexed=indexed)
    if previous is not None and not settings.gate.accept_shrinking:
        kept, held = _documents(folder, removed), _documents(previous, removed)
        if kept < settings.gate.least_share * held:
            raise IngestError("generation_shrank", before=held, after=kept)
    if settings.gate.golden is not None:
        questions = load_golden(settings.gate.golden)
        lost = missed(folder, questions, encoder, index=settings.index, search=settings.search)
        if len(questions) - len(lost) < settings.gate.golden_share * len(questions):
            examples = "; ".join(each.question for each in lost[:3])
            raise IngestError("generation_answers_worse", lost=len(lost), asked=len(questions), examples=examples)


def _documents(folder: Path, removed: Collection[str]) -> int:
    """How many documents come from sources that were not removed; the served index may be of an older version."""
    recorded = recorded_sources(folder / CATALOGUE_FILE)
    return sum(record.documents for record in recorded if record.path not in removed)


def _chunks(folder: Path) -> int:
    catalogue = Catalogue(folder / CATALOGUE_FILE)
    try:
        return catalogue.counts()["chunks"]
    finally:
        catalogue.close()


def _indexed(folder: Path, settings: Settings) -> int:
    index = open_index(settings.index, folder / INDEX_FOLDER, read_only=True)
    try:
        return index.count()
    finally:
        index.close()
