"""Whether sums over known groups can be combined into a sum over a few persons: plain linear algebra.

Persons with the same memberships form an atom. Every released group is a row of zeros and ones over the atoms; all
that can be computed from the answers by adding and subtracting is the space these rows span. A vector of that space
which is zero but on a few persons gives those persons away.
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

_PRIME = 2_147_483_629  # below 2³¹, so that products fit 64 bits
Matrix = NDArray[np.int64]


def smallest_difference(atoms: Mapping[str, int], threshold: int) -> int:
    """The fewest persons found behind a combination of the groups; `atoms` maps memberships (words) to persons.

    Exact for one atom: a single person who stands alone in an atom is found whenever the answers determine them.
    For several atoms together it looks at the combinations that reach into the smallest atoms.
    """
    ordered = sorted(atoms.items(), key=lambda one: -one[1])
    sizes = np.array([persons for _, persons in ordered], dtype=np.int64)
    rows = {mark: position for position, mark in enumerate(sorted(_shown(atoms, threshold)))}
    matrix = np.zeros((len(rows), len(ordered)), dtype=np.int64)
    for column, (memberships, _) in enumerate(ordered):
        matrix[[rows[mark] for mark in memberships.split() if mark in rows], column] = 1
    reduced = _reduced(matrix)
    weights = (reduced != 0).astype(np.int64) @ sizes
    return int(weights.min(initial=int(sizes.sum()) if len(sizes) else 0))


def _shown(atoms: Mapping[str, int], threshold: int) -> set[str]:
    """The groups the guard lets out: large ones, without the one withheld beside a single small one.

    Marks read `population:cell`; a cell of a grouping by one key begins with "s". What is withheld beside small cells
    of several keys is not worked out again: taking it for shown errs on the safe side.
    """
    sizes: Counter[str] = Counter()
    for memberships, persons in atoms.items():
        for mark in memberships.split():
            sizes[mark] += persons
    shown = {mark for mark, persons in sizes.items() if persons >= threshold}
    small = Counter(mark.partition(":")[0] for mark in sizes.keys() - shown if ":s" in mark)
    for population in (name for name, number in small.items() if number == 1):
        large = [mark for mark in shown if mark.startswith(f"{population}:")]
        shown -= {min(large, key=lambda mark: sizes[mark])} if large else set()
    return shown


def _reduced(matrix: Matrix) -> Matrix:
    """The reduced row echelon form modulo a prime, without its zero rows: every row is minimal in its support."""
    rank = 0
    for column in range(matrix.shape[1]):
        candidates = np.flatnonzero(matrix[rank:, column])
        if not candidates.size:
            continue
        pivot = rank + int(candidates[0])
        matrix[[rank, pivot]] = matrix[[pivot, rank]]
        matrix[rank] = matrix[rank] * pow(int(matrix[rank, column]), -1, _PRIME) % _PRIME
        others = np.flatnonzero(matrix[:, column])
        others = others[others != rank]
        matrix[others] = (matrix[others] - matrix[others, column][:, None] * matrix[rank]) % _PRIME
        rank += 1
        if rank == matrix.shape[0]:
            break
    return matrix[:rank]
