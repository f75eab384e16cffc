"""The Encoder port: texts to unit vectors; the Judge port: a question and passages to how well they answer it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Judge(Protocol):
    """Reads a question and passages together."""

    def worth(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """For each passage how well it answers, on any scale: the higher the better."""


class Encoder(Protocol):
    """`name` identifies the weights (it keys the vector cache); rows are unit length."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension)."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension)."""
