"""Generations of the corpus: one ingest's result as a folder, and the one that is being served."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from assistant.corpus.catalogue import Catalogue
from assistant.corpus.index import ChunkIndex
from assistant.corpus.indexes.opening import open_index
from assistant.corpus.reading.held import HeldDocument, HeldDocuments
from assistant.corpus.reading.spelling import Spelling, load_spelling
from assistant.errors import IndexUnavailable
from assistant.settings import IndexSettings

POINTER_FILE = "current"
CATALOGUE_FILE = "catalogue.sqlite"
INDEX_FOLDER = "index"
SPELLING_FILE = "spelling.json.gz"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    """What one ingest made, open for reading."""

    path: Path
    catalogue: Catalogue
    index: ChunkIndex
    spelling: Spelling
    encoder_name: str
    documents: HeldDocuments

    def close(self) -> None:
        self.index.close()
        self.catalogue.close()


def current_generation(generations_dir: Path) -> Path | None:
    """The folder the pointer names, or None when there is no pointer or it names nothing here."""
    try:
        name = (generations_dir / POINTER_FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    folder = generations_dir / name
    return folder if name == folder.name and folder.is_dir() else None


def open_generation(path: Path, settings: IndexSettings) -> OpenGeneration:
    """Open one generation for reading; other processes may have it open as well."""
    catalogue = Catalogue(path / CATALOGUE_FILE)
    spelling = load_spelling(path / SPELLING_FILE)
    shells = catalogue.shells()
    documents = HeldDocuments(
        HeldDocument(
            head["id"],
            head["number"],
            head["label"],
            head["is_draft"],
            head["title"],
            head["kind"],
            head["id"] in shells,
        )
        for head in catalogue.document_list()
    )
    index = open_index(settings, path / INDEX_FOLDER, read_only=True)
    return OpenGeneration(path, catalogue, index, spelling, catalogue.meta("encoder"), documents)


class _Lease:
    """A generation with the number of requests that are using it; the last one out closes a retired one."""

    def __init__(self, generation: OpenGeneration) -> None:
        self.generation = generation
        self._users = 0
        self._retired = False
        self._lock = Lock()

    def enter(self) -> bool:
        with self._lock:
            self._users += not self._retired
            return not self._retired

    def leave(self) -> None:
        with self._lock:
            self._users -= 1
            last = self._retired and not self._users
        if last:
            self.generation.close()

    def retire(self) -> None:
        with self._lock:
            self._retired, unused = True, not self._users
        if unused:
            self.generation.close()


class LiveCorpus:
    """The served generation. A swapped pointer is noticed by the next request; requests under way finish on the old."""

    def __init__(self, generations_dir: Path, settings: IndexSettings) -> None:
        self._generations_dir = generations_dir
        self._settings = settings
        self._lease: _Lease | None = None
        self._opening = Lock()

    @contextmanager
    def open(self) -> Iterator[OpenGeneration]:
        """The current generation, kept open until the block ends."""
        lease = self._entered()
        try:
            yield lease.generation
        finally:
            lease.leave()

    def close(self) -> None:
        with self._opening:
            if self._lease:
                self._lease.retire()
            self._lease = None

    def _entered(self) -> _Lease:
        while True:
            self._follow_pointer()
            lease = self._lease
            if lease is None:
                raise IndexUnavailable("index_missing", detail=str(self._generations_dir))
            if lease.enter():
                return lease

    def _follow_pointer(self) -> None:
        path = current_generation(self._generations_dir)
        held = self._lease
        if path is None or (held and held.generation.path == path):
            return
        # One request opens the new generation; the others need not wait while there is an old one to serve.
        if not self._opening.acquire(blocking=held is None):
            return
        try:
            self._swap_to(path)
        finally:
            self._opening.release()

    def _swap_to(self, path: Path) -> None:
        held = self._lease
        if held and held.generation.path == path:
            return
        try:
            self._lease = _Lease(open_generation(path, self._settings))
        except IndexUnavailable:
            if held is None:
                raise
            log.exception("generation %s cannot be opened; %s is served on", path.name, held.generation.path.name)
            return
        if held:
            held.retire()
