"""The file a document was read from, where it still is what was read and nothing in it is hidden from the caller."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from assistant.corpus.catalogue import Catalogue
from assistant.corpus.document import Document
from assistant.errors import NotFound

_PIECE = 1 << 20


def find_original(catalogue: Catalogue, labels: Sequence[str], document: Document) -> Path:
    """Raises NotFound("original_not_available") in every other case."""
    if not set(catalogue.labels_of_source(document.source.path)) <= set(labels):
        raise NotFound("original_not_available")
    roots: dict[str, str] = json.loads(catalogue.meta("roots") or "{}")
    name, _, below = document.source.path.partition("/")
    if name not in roots or not below:
        raise NotFound("original_not_available")
    root = Path(roots[name]).resolve()
    path = (root / below).resolve()
    try:
        unchanged = path.is_relative_to(root) and path.is_file() and _digest(path) == document.source.sha256
    except OSError:
        unchanged = False
    if not unchanged:
        raise NotFound("original_not_available")
    return path


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            found.update(piece)
    return found.hexdigest()
