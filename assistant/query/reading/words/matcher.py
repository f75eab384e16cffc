"""The best reading of a question's tokens as known phrases: a lattice of hits, and the path that explains most."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from assistant.query.reading.words.lexicon import Hit, Item, Kind, Lexicon
from assistant.query.reading.words.tokens import Spelling, Token, canonical

_QUALITY = {Spelling.EXACT: 1.0, Spelling.BARE: 0.97, Spelling.CONFLICT: 0.6}
_LONGEST_SLIP = 4
_CONTENT = frozenset({Kind.TERM, Kind.TIME, Kind.DIMENSION, Kind.VALUE, Kind.SIGN, Kind.NUMBER, Kind.BLOCK})


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens [start, end) with what they may mean; no items means nobody knows the word."""

    start: int
    end: int
    text: str
    items: tuple[Item, ...]
    known_as: str = ""
    bare: bool = False
    """Whether marks of the known phrase are missing in the typed one."""

    @property
    def known(self) -> bool:
        return bool(self.items)

    @property
    def size(self) -> int:
        return self.end - self.start

    def of(self, *kinds: Kind) -> tuple[Item, ...]:
        """The meanings of these kinds."""
        return tuple(item for item in self.items if item.kind in kinds)

    def is_sign(self, *names: str) -> bool:
        return any(item.kind is Kind.SIGN and item.name in names for item in self.items)


Span = tuple[int, int]


def chunks_of(
    tokens: Sequence[Token], lexicon: Lexicon, others: Iterable[Hit] = (), banned: Collection[Span] = ()
) -> list[Chunk]:
    """Cover `tokens` with known phrases, `others` among them; slips of the finger are tried only for leftovers.

    Phrases over exactly a `banned` span are left out: a longer phrase may hide two that belong apart.
    """
    hits = [hit for hit in (*others, *lexicon.hits(tokens)) if (hit.start, hit.end) not in banned]
    path = _best_path(tokens, hits)
    slips = list(_near_misses(tokens, lexicon, path))
    return _best_path(tokens, [*hits, *slips]) if slips else path


def _near_misses(tokens: Sequence[Token], lexicon: Lexicon, path: Sequence[Chunk]) -> Iterable[Hit]:
    unknown = [chunk.start for chunk in path if not chunk.known and tokens[chunk.start].is_word]
    windows = {
        (start, start + size)
        for index in unknown
        for size in range(1, _LONGEST_SLIP + 1)
        for start in range(max(0, index - size + 1), index + 1)
        if start + size <= len(tokens)
    }
    for start, end in sorted(windows):
        if all(token.is_word for token in tokens[start:end]):
            hit = lexicon.near(tokens, start, end)
            if hit is not None and any(item.kind in _CONTENT for item in hit.items):
                yield hit


def _best_path(tokens: Sequence[Token], hits: Iterable[Hit]) -> list[Chunk]:
    """Longest phrases first: weight grows faster than length, and a token left unknown weighs nothing."""
    by_end: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_end[hit.end].append(hit)
    scores, steps = [0.0], [None]  # type: tuple[list[float], list[Hit | None]]
    for end in range(1, len(tokens) + 1):
        options = [(scores[hit.start] + _weight(hit), hit) for hit in by_end[end]]
        best = max(options, key=lambda option: option[0], default=(-1.0, None))
        if best[0] > scores[end - 1]:
            scores.append(best[0])
            steps.append(best[1])
        else:
            scores.append(scores[end - 1])
            steps.append(None)
    return _walk_back(tokens, steps)


def _walk_back(tokens: Sequence[Token], steps: Sequence[Hit | None]) -> list[Chunk]:
    chunks: list[Chunk] = []
    end = len(tokens)
    while end > 0:
        hit = steps[end]
        start = end - 1 if hit is None else hit.start
        text = " ".join(token.text for token in tokens[start:end])
        known_as = hit.phrase if hit and hit.corrected else ""
        bare = hit is not None and hit.spelling is Spelling.BARE and canonical(hit.phrase) != text
        chunks.append(Chunk(start, end, text, hit.items if hit else (), known_as, bare))
        end = start
    return chunks[::-1]


def _weight(hit: Hit) -> float:
    kinds = {item.kind for item in hit.items}
    worth = 1.2 if Kind.TIME in kinds else 1.05 if Kind.TERM in kinds else 1.0 if kinds & _CONTENT else 0.8
    return float((hit.end - hit.start) ** 1.4 * _QUALITY[hit.spelling] * worth)
