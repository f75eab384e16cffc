"""How much of a question a passage carries: the measure behind "không có căn cứ"."""

import math
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import pairwise

from assistant.corpus.chunk import Chunk
from assistant.corpus.reading.context.everyday import EverydayTerm
from assistant.corpus.reading.letters import same_word, same_words
from assistant.corpus.reading.question import QuestionReading
from assistant.corpus.reading.spelling import Spelling
from assistant.corpus.reading.stopwords import content_flags
from assistant.text import fold, fold_word


@dataclass(frozen=True, slots=True)
class _Scale:
    """Logistic weights that turn coverage (and cosine) into support."""

    constant: float
    of_syllables: float
    of_pairs: float
    of_cosine: float = 0.0


# Fitted on 837 questions with a passage that answers and 788 without one (docs/evals.md). A cosine means what it was
# measured on: another encoder's are on another scale, so there, and while the encoder warms, coverage decides alone.
_WITH_COSINE = _Scale(-66.3, 3.33, 1.75, 71.5)
_COVERAGE_ONLY = _Scale(-5.43, 4.69, 4.60)
_OTHER_MARK = 0.8
_ONLY_EFFECT = re.compile(
    r"(?:Điều \w+\.[^\n]*\n?)?[^\n]{0,60}có hiệu lực (?:thi hành )?(?:kể )?(?:từ|sau)[^\n]{0,120}", re.IGNORECASE
)
# "Chánh Văn phòng, Vụ trưởng … chịu trách nhiệm thi hành Thông tư này."
_ONLY_CARRIES_OUT = re.compile(
    r"(?:Điều \w+\.[^\n]*\n?)?\s*(?:\d\. )?(?:Các )?(?:ông |đồng chí )*"
    r"(?:Chánh Văn phòng|Bộ trưởng|Thủ trưởng|Vụ trưởng|Cục trưởng|Tổng cục trưởng)"
    r"[^;]{0,900}(?:thi hành|thực hiện)[^.;\n]{0,60}\bnày\b[^.\n]{0,20}\.?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class QuestionWeight:
    """What each content syllable of a question, and each pair of neighbours, is worth."""

    syllables: Mapping[str, float]
    pairs: Mapping[str, float]
    abbreviated: Mapping[str, tuple[str, ...]]
    everyday: tuple[EverydayTerm, ...] = ()

    @property
    def folded(self) -> dict[str, float]:
        """Syllables without diacritics with their share of the question's weight."""
        shares: dict[str, float] = {}
        total = sum(self.syllables.values()) or 1.0
        for word, weight in self.syllables.items():
            shares[fold(word)] = shares.get(fold(word), 0.0) + weight / total
        return shares


def weigh(reading: QuestionReading, spelling: Spelling) -> QuestionWeight:
    """Rare words of the corpus weigh more: they are what the question is about."""
    words = [same_word(word) for word in reading.content]
    worth = {same: spelling.idf(word) for same, word in zip(words, reading.content, strict=True)}
    pairs = {f"{first} {second}": worth[first] + worth[second] for first, second in pairwise(words)}
    return QuestionWeight(worth, pairs, reading.abbreviated, reading.everyday)


def coverage(weight: QuestionWeight, chunk: Chunk) -> tuple[float, float]:
    """The shares of the question's syllables and of its pairs that the chunk, its headings or its number have.

    A passage that uses the abbreviation that was asked has what it stands for. Words that say nothing do not part a
    pair: "đăng ký một việc" has "ký việc".
    """
    words = same_words(f"{chunk.kind.value} {chunk.number}\n{chunk.embedded_text}")
    telling = [word for word, says in zip(words, content_flags(words), strict=True) if says]
    present = set(words)
    meanings = [[*map(same_word, meant)] for short, meant in weight.abbreviated.items() if short in present]
    if weight.everyday:
        line = f" {' '.join(words)} "
        meanings += [[*one.words] for one in weight.everyday if any(f" {' '.join(n)} " in line for n in one.names)]
    singles = {(word,) for word in present.union(*meanings)}
    pairs = {pair for run in (words, telling, *meanings) for pair in pairwise(run)}
    return _share(weight.syllables, singles), _share(weight.pairs, pairs)


def support(weight: QuestionWeight, chunk: Chunk, cosine: float | None) -> float:
    """0–1: near 1 the passage carries all of the question, near 0 it only shares words with it.

    `cosine` is that of the packaged encoder, or None.
    """
    text = chunk.text.strip()
    # Dates of effect, and who carries an act out, answer no other question, however many of its words they share.
    if _ONLY_EFFECT.fullmatch(text) and "lực" not in weight.syllables:
        return 0.0
    if _ONLY_CARRIES_OUT.fullmatch(text) and "thi hành" not in weight.pairs:
        return 0.0
    of_syllables, of_pairs = coverage(weight, chunk)
    scale = _COVERAGE_ONLY if cosine is None else _WITH_COSINE
    sum_of_evidence = (
        scale.constant
        + scale.of_syllables * of_syllables
        + scale.of_pairs * of_pairs
        + scale.of_cosine * (cosine or 0.0)
    )
    return 1 / (1 + math.exp(-sum_of_evidence))


def _share(weights: Mapping[str, float], present: Set[tuple[str, ...]]) -> float:
    total = sum(weights.values())
    if not total:
        return 0.0
    by_words = [(tuple(term.split(" ")), weight) for term, weight in weights.items()]
    carried = sum(weight for words, weight in by_words if words in present)
    missing = [(words, weight) for words, weight in by_words if words not in present]
    # Spellings that differ in a mark alone are most often one word.
    bare = {tuple(map(fold_word, words)) for words in present} if missing else set()
    carried += sum(_OTHER_MARK * weight for words, weight in missing if tuple(map(fold_word, words)) in bare)
    return carried / total
