"""What one reader process does, within its limits: a file to documents and chunks, or to the code that says why not."""

import hashlib
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document
from assistant.errors import AssistantError
from ingest.chunking import build_chunks
from ingest.documents import read_documents
from ingest.readers.formats import MAX_FILE_BYTES
from ingest.sync.frames import receive, send

MEMORY_LIMIT_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What became of one file: documents with their chunks, or a code. `detail` is for logs and reports."""

    key: str
    sha256: str = ""
    documents: tuple[tuple[Document, tuple[Chunk, ...]], ...] = ()
    code: str = ""
    detail: str = ""


def read_file_at(key: str, path: Path) -> ReadResult:
    """Read one file. Expected faults are results."""
    sha256 = ""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return ReadResult(key, code="file_too_large", detail=f"{path.stat().st_size} bytes")
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        found = read_documents(data, key)
        return ReadResult(key, sha256, tuple((each, tuple(build_chunks(each))) for each in found))
    except AssistantError as error:
        return ReadResult(key, sha256, code=error.code, detail=error.detail)
    except MemoryError:
        return ReadResult(key, sha256, code="file_too_large", detail="memory")
    except OSError as error:
        return ReadResult(key, sha256, code="file_unreadable", detail=str(error))


def main() -> None:
    """Answer tasks from standard input until it closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    current = ""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # What nobody expected ends this process, and the parent is told why; the next file gets a new one.
        send(sys.stdout.buffer, ReadResult(current, code="failed_unexpected", detail=f"{kind.__name__}: {error}"))

    sys.excepthook = report
    while True:
        try:
            current, path = receive(sys.stdin.fileno())
        except EOFError:
            return
        send(sys.stdout.buffer, read_file_at(current, Path(path)))
