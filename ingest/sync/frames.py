"""How a reader process and its parent talk: pickled values, each with its length before it."""

import os
import pickle
import select
import struct
import time
from typing import IO, Any

_HEADER = struct.Struct(">Q")


def send(stream: IO[bytes], value: object) -> None:
    data = pickle.dumps(value)
    stream.write(_HEADER.pack(len(data)) + data)
    stream.flush()


def receive(descriptor: int, deadline: float | None = None) -> Any:
    """The next value. Raises EOFError when the other side is gone, TimeoutError when `deadline` passes."""
    (length,) = _HEADER.unpack(_exactly(descriptor, _HEADER.size, deadline))
    return pickle.loads(_exactly(descriptor, length, deadline))


def _exactly(descriptor: int, length: int, deadline: float | None) -> bytes:
    pieces: list[bytes] = []
    missing = length
    while missing:
        wait = None if deadline is None else max(0.0, deadline - time.monotonic())
        if not select.select([descriptor], [], [], wait)[0]:
            raise TimeoutError
        piece = os.read(descriptor, min(missing, 1 << 20))
        if not piece:
            raise EOFError
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
