"""Puts hits in order: two scores made comparable and summed, exact matches first, duplicates folded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import nlargest

from assistant.corpus.chunk import Chunk, Hit
from assistant.corpus.reading.citing import Fit
from assistant.settings import SearchSettings

# Gentle: they decide between passages that answer about equally well (docs/search.md says how they were chosen).
_AUTHORITY_WEIGHT = 0.05
_DATE_WEIGHT = 0.05
_ASKED_WEIGHT = 0.15
_FORMAL_WEIGHT = -0.1
_LOWEST_AUTHORITY = 9
_OLDEST_YEAR = 1990
_YEARS = 50


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a chunk again told: its best clause, how much of what is asked for it says, a formal article or not.

    `clause` is BM25, `asked` 0–1.5 (ranking/asked.py), `formal` is ranking/formal.py.
    """

    clause: float = 0.0
    asked: float = 0.0
    formal: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A chunk with its rank score and what made it."""

    chunk: Chunk
    score: float
    dense: float
    sparse: float
    has_dense: bool
    reasons: dict[str, float]


def ranked(
    chunks: Iterable[Chunk],
    hits: Mapping[str, Hit],
    fits: Mapping[str, Fit],
    fused: Mapping[str, float],
    again: Mapping[str, Reread],
    limit: int,
) -> list[Ranked]:
    """The best `limit`; equal scores in the order of ids, so that the same question always gets the same order."""
    found = [
        _ranked_one(
            chunk,
            hits.get(chunk.id, Hit(chunk.id)),
            fused.get(chunk.id, 0.0),
            again.get(chunk.id, Reread()),
            fits[chunk.id],
        )
        for chunk in chunks
    ]
    found.sort(key=lambda one: (-one.score, one.chunk.id))
    return _without_duplicates(found, limit)


def judged(found: Sequence[Ranked], worth: Sequence[float], weight: float) -> list[Ranked]:
    """Ordered again with what a judge says of the first ones, stretched from 0 for the worst of them to 1."""
    low, high = min(worth, default=0.0), max(worth, default=0.0)
    shares = [(each - low) / ((high - low) or 1.0) for each in worth]
    scored = [_with(one, "judged", weight * share) for one, share in zip(found, shares, strict=False)]
    return sorted([*scored, *found[len(scored) :]], key=lambda one: (-one.score, one.chunk.id))


def _with(one: Ranked, reason: str, more: float) -> Ranked:
    return replace(one, score=one.score + more, reasons={**one.reasons, reason: more})


def worth_rereading(hits: Sequence[Hit], count: int) -> list[str]:
    """The chunks that are among the best `count` by words or by meaning, in the order of their ids."""
    by_words = nlargest(count, (hit for hit in hits if hit.sparse), key=lambda hit: (hit.sparse or 0.0, hit.chunk_id))
    by_meaning = nlargest(count, (hit for hit in hits if hit.dense), key=lambda hit: (hit.dense or 0.0, hit.chunk_id))
    return sorted({hit.chunk_id for hit in (*by_words, *by_meaning)})


def fused_scores(hits: Sequence[Hit], again: Mapping[str, Reread], settings: SearchSettings) -> dict[str, float]:
    """Chunk id → weighted mean of meaning, words and best clause, each on a 0–1 scale over this question's hits.

    Raw cosines of one model lie in a narrow band and BM25 grows with the question's length: only after stretching do
    fixed weights mean anything.
    """
    dense = _stretched({hit.chunk_id: hit.dense for hit in hits if hit.dense is not None}, settings.candidates)
    sparse = _share_of_best({hit.chunk_id: hit.sparse for hit in hits if hit.sparse is not None})
    clauses = _share_of_best({chunk_id: one.clause for chunk_id, one in again.items()})
    parts = ((settings.dense_weight, dense), (settings.sparse_weight, sparse), (settings.unit_weight, clauses))
    whole = sum(weight for weight, scores in parts if scores) or 1.0
    return {hit.chunk_id: sum(w * scores.get(hit.chunk_id, 0.0) for w, scores in parts) / whole for hit in hits}


def _ranked_one(chunk: Chunk, hit: Hit, fused: float, again: Reread, fit: Fit) -> Ranked:
    reasons = {
        "words_and_meaning": fused,
        "authority": _AUTHORITY_WEIGHT * (_LOWEST_AUTHORITY - chunk.kind.authority) / _LOWEST_AUTHORITY,
        "date": _DATE_WEIGHT * _newness(chunk.effective_from),
        "asked": _ASKED_WEIGHT * again.asked,
        "formal": _FORMAL_WEIGHT * again.formal,
    }
    if fit.document:
        reasons["cited_document"] = fit.document
    if fit.unit:
        reasons["cited_unit"] = fit.unit
    return Ranked(chunk, sum(reasons.values()), hit.dense or 0.0, hit.sparse or 0.0, hit.dense is not None, reasons)


def _newness(effective_from: date | None) -> float:
    if effective_from is None:
        return 0.0
    return min(max((effective_from.year - _OLDEST_YEAR) / _YEARS, 0.0), 1.0)


def _without_duplicates(found: Sequence[Ranked], limit: int) -> list[Ranked]:
    """Two sources may carry one provision: the first of those with the same number, address and words stays."""
    seen: set[tuple[str, str, str]] = set()
    kept: list[Ranked] = []
    for one in found:
        if len(kept) == limit:
            break
        address = one.chunk.provision_id.partition("#")[2]
        key = (one.chunk.number, address, "".join(one.chunk.text.split()).casefold())
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _stretched(scores: Mapping[str, float], count: int) -> dict[str, float]:
    """From 0 for the last of the best `count` (and all below it) to 1 for the best."""
    if not scores:
        return {}
    best = nlargest(count, scores.values())
    low, high = best[-1], best[0]
    span = (high - low) or 1.0
    return {chunk_id: max(0.0, (score - low) / span) for chunk_id, score in scores.items()}


def _share_of_best(scores: Mapping[str, float]) -> dict[str, float]:
    best = max(scores.values(), default=0.0)
    return {chunk_id: score / best for chunk_id, score in scores.items()} if best > 0 else {}
