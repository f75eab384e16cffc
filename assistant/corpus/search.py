"""Search: from a question to ranked passages, each with how much of the question it carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.corpus.chunk import Chunk, Hit, Passage
from assistant.corpus.encoder import Judge, Vectors
from assistant.corpus.encoders.opening import WarmingEncoder
from assistant.corpus.encoders.packaged_model import MODEL_NAME
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus, OpenGeneration
from assistant.corpus.index import ChunkIndex
from assistant.corpus.indexes.sparse import question_vector
from assistant.corpus.ranking.asked import asked_for
from assistant.corpus.ranking.clauses import ClauseReader
from assistant.corpus.ranking.formal import forms_not_asked
from assistant.corpus.ranking.fusion import Ranked, Reread, fused_scores, judged, ranked, worth_rereading
from assistant.corpus.ranking.levels import of_another_level, of_another_owner, only_of_a_deputy
from assistant.corpus.ranking.support import QuestionWeight, support, weigh
from assistant.corpus.ranking.units import unit_scores
from assistant.corpus.reading.citing import cited_chunks, resolve
from assistant.corpus.reading.question import QuestionReading, read_question
from assistant.corpus.reading.spelling import Spelling
from assistant.errors import IndexUnavailable
from assistant.messages import message
from assistant.settings import SearchSettings

_REMEMBERED = 16
"""Vectors of the questions asked last: one answer searches more than once."""
_OF_ANOTHER = 0.25
"""What a passage about another level of education, owner or office is worth as an answer."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`weights`: the question's content syllables, folded, with their shares of its weight."""

    reading: QuestionReading
    passages: tuple[Passage, ...]
    weights: Mapping[str, float]


class Search:
    """Safe to share between threads. While the encoder warms, the search is lexical and says so."""

    def __init__(
        self, corpus: LiveCorpus, encoder: WarmingEncoder, settings: SearchSettings, judge: Judge | None = None
    ) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._settings = settings
        self._clauses = ClauseReader()
        self._judge = judge
        self._encoded = lru_cache(maxsize=_REMEMBERED)(self._encode)

    def warm(self) -> None:
        """Load the encoder and open the corpus, blocking; a corpus that is missing is left for the first search."""
        self._encoder.load()
        try:
            with self._corpus.open() as generation:
                generation.index.count()
        except IndexUnavailable:
            return

    def search(self, question: str, chunk_filter: ChunkFilter, limit: int, depth: int | None = None) -> SearchResult:
        """The best `limit` passages that `chunk_filter` lets through, best first.

        `depth` is how many of the best by words and by meaning are looked at, where fewer than the settings say do.
        """
        settings = (
            self._settings
            if depth is None
            else self._settings.model_copy(update={"candidates": depth, "reread": depth})
        )
        with self._corpus.open() as generation:
            reading = read_question(question, generation.spelling, chunk_filter.as_of)
            cited = resolve(reading, generation.documents, chunk_filter)
            dense = self._dense(reading, generation)
            hits = _hits(dense, reading, generation.index, cited.filters(chunk_filter), settings.candidates)
            # What neither words nor meaning put among the first is not worth its way from the disk.
            best = worth_rereading(list(hits.values()), settings.reread)
            chunks = generation.catalogue.chunks(best)
            named = cited_chunks(cited, generation.catalogue)
        chunks.update((chunk.id, chunk) for chunk in named if chunk_filter.allows(chunk))
        fits = {chunk.id: cited.fit(chunk) for chunk in chunks.values()}
        again = self._reread(reading, [chunks[each] for each in best if each in chunks], generation.spelling)
        fused = fused_scores(list(hits.values()), again, settings)
        found = self._ordered(reading, ranked(chunks.values(), hits, fits, fused, again, self._looked_at(limit)))
        found = found[:limit]
        notes = [*reading.notes, *cited.notes(named), *([] if dense is not None else [message("search_lexical_only")])]
        weight = weigh(reading, generation.spelling)
        comparable = generation.encoder_name.startswith(MODEL_NAME)
        passages = tuple(
            _passage(one, cited.support(one.chunk, _carried(one, reading, weight, comparable), named)) for one in found
        )
        return SearchResult(replace(reading, notes=tuple(notes)), passages, weight.folded)

    def _looked_at(self, limit: int) -> int:
        return limit if self._judge is None else max(limit, self._settings.cross_encoder_passages)

    def _ordered(self, reading: QuestionReading, found: list[Ranked]) -> list[Ranked]:
        if self._judge is None:
            return found
        first = found[: self._settings.cross_encoder_passages]
        worth = self._judge.worth(reading.expanded, [one.chunk.embedded_text for one in first])
        return judged(found, worth, self._settings.cross_encoder_weight)

    def _reread(self, reading: QuestionReading, again: Sequence[Chunk], spelling: Spelling) -> dict[str, Reread]:
        """The best by words and by meaning, read again clause by clause and for what is asked."""
        clauses = unit_scores(again, reading.terms, spelling, self._clauses)
        asked, formal = asked_for(reading.expanded), forms_not_asked(reading.expanded)
        texts = {chunk.id: chunk.text.casefold() for chunk in again}
        return {
            chunk_id: Reread(clauses[chunk_id], asked.found_in(text), formal.found_in(text))
            for chunk_id, text in texts.items()
        }

    def _dense(self, reading: QuestionReading, generation: OpenGeneration) -> Vectors | None:
        encoder = self._encoder.current
        if encoder is None:
            return None
        if generation.encoder_name and generation.encoder_name != encoder.name:
            raise IndexUnavailable("index_outdated", detail=f"{generation.encoder_name} != {encoder.name}")
        return self._encoded(reading.expanded)

    def _encode(self, question: str) -> Vectors:
        row: Vectors = self._encoder.load().encode_questions([question])[0]
        return row


def _hits(
    dense: Vectors | None, reading: QuestionReading, index: ChunkIndex, filters: Sequence[ChunkFilter], count: int
) -> dict[str, Hit]:
    sparse = question_vector(reading.terms)
    found = (index.search(dense, sparse, allowed, count) for allowed in filters)
    return {hit.chunk_id: hit for hits in found for hit in hits}


def _carried(one: Ranked, reading: QuestionReading, weight: QuestionWeight, comparable: bool) -> float:
    carried = support(weight, one.chunk, one.dense if one.has_dense and comparable else None)
    asked, text = reading.expanded, one.chunk.embedded_text
    another = of_another_level(asked, text) or of_another_owner(asked, text) or only_of_a_deputy(asked, text)
    return carried * (_OF_ANOTHER if another else 1.0)


def _passage(one: Ranked, carried: float) -> Passage:
    return Passage(one.chunk, one.score, carried, one.dense, one.sparse, one.reasons)
