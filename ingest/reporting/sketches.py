"""Texts that are the same or nearly so: bottom-k sketches of hashed shingles, compared only where they share a hash.

A sketch keeps the smallest hashes of a text's runs of syllables; the share of them that two texts have in common
estimates how much of their wording they share (Jaccard), at a cost that does not grow with the length of the texts.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.text import syllables

SKETCH_FILE = "sketches.npz"
NEAR = 0.8
"""Texts of which at least this share of wording is common are nearly the same."""
_SIZE = 128
_SHINGLE = 5
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_COMMON = 50
"""A hash that more texts than this share is a formula of the trade and says nothing."""

Sketch = NDArray[np.uint64]


class Likeness(NamedTuple):
    """Two documents, by id, and the estimated share of wording they have in common."""

    first: str
    second: str
    share: float


def sketch(text: str) -> Sketch:
    """The smallest hashes of the runs of five syllables in `text`, in order."""
    codes: dict[str, int] = {}
    words = [codes.setdefault(word, zlib.crc32(word.encode())) for word in syllables(text)]
    hashes = np.array(words, dtype=np.uint64)
    if len(hashes) < _SHINGLE:
        return hashes
    runs = np.zeros(len(hashes) - _SHINGLE + 1, dtype=np.uint64)
    for offset in range(_SHINGLE):
        runs = runs * _MULTIPLIER + hashes[offset : len(hashes) - _SHINGLE + 1 + offset]
    # The low bits of a product are weak: mix the high ones in before the order decides.
    runs = (runs ^ (runs >> np.uint64(29))) * _MULTIPLIER
    return np.unique(runs)[:_SIZE]


def similar(sketches: Mapping[str, Sketch]) -> list[Likeness]:
    """Every pair of documents that are nearly the same, most alike first."""
    holders: dict[int, list[str]] = defaultdict(list)
    for name in sorted(sketches):
        for value in sketches[name].tolist():
            holders[value].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if len(names) <= _COMMON:
            shared.update((a, b) for place, a in enumerate(names) for b in names[place + 1 :])
    # What shares less than half of its sketch cannot come near.
    likely = [pair for pair, count in shared.items() if count >= 0.5 * min(len(sketches[each]) for each in pair)]
    found = (Likeness(a, b, likeness(sketches[a], sketches[b])) for a, b in likely)
    return sorted((each for each in found if each.share >= NEAR), key=lambda each: (-each.share, each.first))


def likeness(first: Sketch, second: Sketch) -> float:
    """The estimated share of wording two texts have in common."""
    smallest = np.union1d(first, second)[:_SIZE]
    common = np.intersect1d(np.intersect1d(first, second), smallest)
    return len(common) / len(smallest) if len(smallest) else 0.0


def load_sketches(folder: Path) -> dict[str, Sketch]:
    """Sketches that an earlier run kept, by text digest; nothing where it kept none."""
    try:
        with np.load(folder / SKETCH_FILE) as kept:
            return dict(_unpacked(kept["digests"], kept["lengths"], kept["values"]))
    except (OSError, ValueError, KeyError):
        return {}


def save_sketches(folder: Path, sketches: Mapping[str, Sketch]) -> None:
    digests = sorted(sketches)
    values: Sequence[Sketch] = [sketches[each] for each in digests] or [np.zeros(0, dtype=np.uint64)]
    lengths = np.array([len(sketches[each]) for each in digests], dtype=np.int64)
    np.savez_compressed(
        folder / SKETCH_FILE, digests=np.array(digests, dtype=np.str_), lengths=lengths, values=np.concatenate(values)
    )


def _unpacked(digests: NDArray[np.str_], lengths: NDArray[np.int64], values: Sketch) -> Iterator[tuple[str, Sketch]]:
    start = 0
    for digest, length in zip(digests.tolist(), lengths.tolist(), strict=True):
        yield digest, values[start : start + length]
        start += length
