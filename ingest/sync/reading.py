"""What one reader process does, within its limits: a file to documents and chunks, or to the code that says why not."""

import hashlib
import resource
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document
from assistant.errors import AssistantError
from ingest.chunking import build_chunks
from ingest.documents import read_with_pages
from ingest.law.registers import Register, read_register
from ingest.readers.formats import MAX_FILE_BYTES
from ingest.readers.pages import PageReading
from ingest.sync.frames import receive, send

MEMORY_LIMIT_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What became of one file: documents with their chunks, or a code. `detail` is for logs and reports."""

    key: str
    sha256: str = ""
    documents: tuple[tuple[Document, tuple[Chunk, ...]], ...] = ()
    statuses: tuple[Register, ...] = ()
    code: str = ""
    detail: str = ""
    pages: tuple[PageReading, ...] = ()


@dataclass(frozen=True, slots=True)
class StillReading:
    """Sent after each page, so that a long scan is not taken for a file that hangs."""

    key: str


def read_file_at(key: str, path: Path, on_page: Callable[[], None] = lambda: None) -> ReadResult:
    """Read one file. Expected faults are results."""
    sha256 = ""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            # Opening a pipe would wait for a writer for ever.
            return ReadResult(key, code="file_not_regular")
        if status.st_size > MAX_FILE_BYTES:
            return ReadResult(key, code="file_too_large", detail=f"{status.st_size} bytes")
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        statuses = tuple(read_register(data, key))
        if statuses:
            return ReadResult(key, sha256, statuses=statuses)
        found = read_with_pages(data, key, on_page)
        documents = tuple((each, tuple(build_chunks(each))) for each, _ in found)
        return ReadResult(key, sha256, documents, pages=tuple(page for _, pages in found for page in pages))
    except AssistantError as error:
        return ReadResult(key, sha256, code=error.code, detail=error.detail)
    except (MemoryError, RecursionError) as error:
        return ReadResult(key, sha256, code="file_too_large", detail=type(error).__name__)
    except OSError as error:
        return ReadResult(key, sha256, code="file_unreadable", detail=str(error))


def main() -> None:
    """Answer tasks from standard input until it closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    current = ""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # What nobody expected ends this process, and the parent is told why; the next file gets a new one.
        code = "file_too_large" if issubclass(kind, MemoryError) else "failed_unexpected"
        send(sys.stdout.buffer, ReadResult(current, code=code, detail=f"{kind.__name__}: {error}"))

    def alive() -> None:
        send(sys.stdout.buffer, StillReading(current))

    sys.excepthook = report
    while True:
        try:
            current, path = receive(sys.stdin.fileno())
        except EOFError:
            return
        send(sys.stdout.buffer, read_file_at(current, Path(path), alive))
