"""Whether sums over known groups can be combined into a sum over a few persons: plain linear algebra.

Persons with the same memberships form an atom. Every released group is a row of zeros and ones over the atoms; all
that can be computed from the answers by adding and subtracting is the space these rows span. A vector of that space
which is zero but on a few persons gives those persons away.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

MOST_CELLS = 20_000_000
"""Of the matrix; what is larger cannot be decided."""
_PRIME = 2_147_483_629  # below 2³¹, so that products fit 64 bits
Matrix = NDArray[np.int64]


def smallest_difference(atoms: Mapping[str, int], threshold: int) -> int:
    """The fewest persons found behind a combination of the groups; `atoms` maps memberships (words) to persons.

    `threshold` where no combination is about fewer, 0 where there is too much to decide it.
    Exact for one atom: a single person who stands alone in an atom is found whenever the answers determine them.
    For several atoms together it looks at the combinations that reach into the smallest atoms.
    """
    shown = _shown(atoms, threshold)
    held = {persons_in: [mark for mark in persons_in.split() if mark in shown] for persons_in in atoms}
    _drop_safe(held, atoms, threshold)
    ordered = sorted((one for one in atoms if held[one]), key=lambda one: -atoms[one])
    rows = {mark: position for position, mark in enumerate(sorted({mark for one in ordered for mark in held[one]}))}
    if len(rows) * len(ordered) > MOST_CELLS:
        return 0
    sizes = np.array([atoms[one] for one in ordered], dtype=np.int64)
    matrix = np.zeros((len(rows), len(ordered)), dtype=np.int64)
    for column, memberships in enumerate(ordered):
        matrix[[rows[mark] for mark in held[memberships]], column] = 1
    reduced = _reduced(matrix)
    weights = (reduced != 0).astype(np.int64) @ sizes
    return int(weights.min(initial=threshold))


def _drop_safe(held: Mapping[str, list[str]], atoms: Mapping[str, int], threshold: int) -> None:
    """Leave out groups with an atom of enough persons all to themselves: in any combination those stay in."""
    while own := {held[one][0] for one, persons in atoms.items() if len(held[one]) == 1 and persons >= threshold}:
        for marks in held.values():
            marks[:] = [mark for mark in marks if mark not in own]


def _shown(atoms: Mapping[str, int], threshold: int) -> set[str]:
    """The groups the guard lets out: large ones, without the one withheld beside a single small one.

    Marks read `population:key.key`, keys as numbers; other cells are of no grouping. Among cells that differ in one
    key only, the smallest large one is withheld where exactly one is small. Of two that are equally small the guard
    withholds one; both are taken for shown.
    """
    sizes: Counter[str] = Counter()
    for memberships, persons in atoms.items():
        for mark in memberships.split():
            sizes[mark] += persons
    shown = {mark for mark, persons in sizes.items() if persons >= threshold}
    return shown - {mark for line in _lines(sizes) for mark in _beside(line, sizes, shown)}


def _lines(marks: Mapping[str, int]) -> Iterator[list[str]]:
    """The cells of each grouping that differ in one key only."""
    lines: dict[tuple[str, int, tuple[str, ...]], list[str]] = defaultdict(list)
    for mark in marks:
        population, _, cell = mark.partition(":")
        keys = cell.split(".") if cell[0].isdigit() else ()
        for position in range(len(keys)):
            lines[population, position, (*keys[:position], *keys[position + 1 :])].append(mark)
    yield from lines.values()


def _beside(line: list[str], sizes: Mapping[str, int], shown: set[str]) -> list[str]:
    large = sorted((mark for mark in line if mark in shown), key=lambda mark: sizes[mark])
    alone = len(line) - len(large) == 1
    first = alone and large and (len(large) == 1 or sizes[large[0]] < sizes[large[1]])
    return large[:1] if first else []


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
