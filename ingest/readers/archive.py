"""Packed files, opened within limits: how far they unpack, how many they hold, and where their names point."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator

from assistant.errors import FileUnreadable
from assistant.text import nfc

MAX_UNPACKED_BYTES = 256 * 1024 * 1024
MAX_MEMBERS = 500
MAX_DEPTH = 2
# Text of a word processor packs to a tenth; a thousandth is made to fill memory.
_BOMB_RATIO, _BOMB_BYTES = 150, 8 * 1024 * 1024
_BROKEN = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error)


def ungzipped(data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FileUnreadable("archive_unreadable", detail=str(error)) from error
    if len(unpacked) > MAX_UNPACKED_BYTES:
        raise FileUnreadable("file_too_large", detail="unpacks beyond the limit")
    if not unpacked:
        raise FileUnreadable("file_empty")
    return unpacked


def listing(data: bytes, broken: str = "archive_unreadable") -> list[zipfile.ZipInfo]:
    """What a zip holds, after the checks that need no unpacking; `broken` is the code of one that cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found = package.infolist()
    except _BROKEN as error:
        raise FileUnreadable(broken, detail=str(error)) from error
    if sum(info.file_size for info in found) > MAX_UNPACKED_BYTES:
        raise FileUnreadable("file_too_large", detail="unpacks beyond the limit")
    for info in found:
        if info.file_size > _BOMB_BYTES and info.file_size > _BOMB_RATIO * max(info.compress_size, 1):
            raise FileUnreadable("archive_bomb", detail=f"{info.filename}: {info.compress_size} to {info.file_size}")
    return found


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of the files in a zip, in its order. Nothing is written to disk."""
    found = [info for info in listing(data) if not info.is_dir() and not _is_hidden(info.filename)]
    if len(found) > MAX_MEMBERS:
        raise FileUnreadable("archive_too_many", detail=f"{len(found)} members")
    if any(_leaves(info.filename) for info in found):
        raise FileUnreadable("archive_unsafe", detail=next(i.filename for i in found if _leaves(i.filename)))
    if any(info.flag_bits & 1 for info in found):
        raise FileUnreadable("archive_password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in found:
                yield nfc(info.filename), package.read(info)
    except (*_BROKEN, RuntimeError) as error:
        raise FileUnreadable("archive_unreadable", detail=str(error)) from error


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "__MACOSX" or parts[-1].startswith((".", "~$"))


def _leaves(name: str) -> bool:
    """A name that points outside the folder it is unpacked in: made for harm, so nothing of the file is trusted."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]
