"""Chooses the index the settings ask for; a generation on a server is a collection that carries its name."""

import shutil
from pathlib import Path

from assistant.corpus.index import ChunkIndex
from assistant.corpus.indexes.edge import EdgeIndex
from assistant.errors import ConfigurationError, IndexUnavailable
from assistant.settings import IndexSettings


def open_index(settings: IndexSettings, folder: Path, dimension: int = 0, *, read_only: bool = False) -> ChunkIndex:
    """The index of the generation that `folder` lies in; readers never exclude each other.

    `dimension` is that of a new index; one that exists knows its own.
    """
    if settings.kind == "edge":
        return EdgeIndex(folder, dimension, read_only=read_only)
    if not settings.url:
        raise ConfigurationError("index_url_missing")
    from qdrant_client import QdrantClient  # noqa: PLC0415  # slow to import, and only a server needs it

    from assistant.corpus.indexes.server import ServerIndex  # noqa: PLC0415  # same

    key = settings.api_key.get_secret_value() if settings.api_key else None
    # The client's version check is a thread that only warns; what matters shows in the first call's answer.
    client = QdrantClient(settings.url, api_key=key, check_compatibility=False)
    return ServerIndex(client, f"{settings.collection}-{folder.parent.name}", dimension, read_only=read_only)


def remove_index(settings: IndexSettings, folder: Path) -> None:
    """Forget the index of a generation that is being pruned."""
    if settings.kind == "edge":
        shutil.rmtree(folder, ignore_errors=True)
        return
    from assistant.corpus.indexes.server import ServerIndex  # noqa: PLC0415  # slow to import

    try:
        index = open_index(settings, folder, read_only=True)
    except IndexUnavailable as error:
        if error.code == "index_missing":
            return
        raise
    if isinstance(index, ServerIndex):
        index.drop()
    index.close()
