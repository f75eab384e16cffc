"""Reads a question: diacritics restored, abbreviations written out, document numbers and addresses found."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise

from assistant.corpus.reading.abbreviations import Abbreviation, Abbreviations, abbreviations
from assistant.corpus.reading.addresses import Address, find_addresses
from assistant.corpus.reading.context.everyday import EverydayTerm, everyday_terms_in
from assistant.corpus.reading.context.old_terms import old_terms_in
from assistant.corpus.reading.letters import same_words
from assistant.corpus.reading.numbers import CitedNumber, find_cited_numbers
from assistant.corpus.reading.spelling import Restoration, Spelling
from assistant.corpus.reading.stopwords import content_flags
from assistant.messages import message
from assistant.text import has_diacritics, match_form, nfc, syllables

# Three of four Vietnamese syllables carry a mark; a question with fewer than two in five was mostly typed without.
_TYPED_WITHOUT = 0.4
_OTHER_MEANING = 0.3
_LAW_WORD = 0.2
_LAW_PAIR = 0.5
_USUAL_START = 1.5
_REMEMBERED = 16
_TOKEN = re.compile(r"\w+(?:[&/-]\w+)+|\w+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """`restored` has its diacritics back, `expanded` its abbreviations written out too: what a person would have typed.

    `terms` are what the lexical search looks for, with weights; `content` the syllables that say something, in order;
    `notes` are sentences for the person who asked.
    """

    original: str
    restored: str
    expanded: str
    numbers: tuple[CitedNumber, ...] = ()
    addresses: tuple[Address, ...] = ()
    notes: tuple[str, ...] = ()
    terms: Mapping[str, float] = field(default_factory=dict)
    content: tuple[str, ...] = ()
    everyday: tuple[EverydayTerm, ...] = ()
    """Words asked for which the law has names of its own."""
    abbreviated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Abbreviations that were written out, in match form, with the syllables of every meaning."""


@dataclass(slots=True)
class _Piece:
    """A stretch of the question that is read as one: a word, an abbreviation or a document number.

    `is_name`: the corpus itself says "HEMIS" rather than what that stands for, so the abbreviation is the better word.
    """

    start: int
    end: int
    text: str
    meanings: tuple[str, ...] = ()
    fixed: bool = False
    is_name: bool = False

    @property
    def written_out(self) -> str:
        return self.meanings[0] if self.meanings and not self.is_name else self.text

    @property
    def words(self) -> list[str]:
        return syllables(self.written_out)


@lru_cache(maxsize=_REMEMBERED)
def read_question(question: str, spelling: Spelling, day: date | None = None) -> QuestionReading:
    """Everything the search needs to know about `question`; the words of the corpus decide what is unclear.

    `day` tells which names count as old. Several steps read the same question: what was read last is remembered.
    """
    text = nfc(question).strip()
    numbers = find_cited_numbers(text)
    pieces = _pieces(text, numbers, abbreviations())
    plain = [piece.text for piece in pieces if not piece.fixed]
    without_marks = bool(plain) and sum(map(has_diacritics, plain)) < _TYPED_WITHOUT * len(plain)
    _choose_meanings(pieces, spelling)
    words = [word for piece in pieces for word in piece.words]
    believed = [piece.fixed for piece in pieces for _ in piece.words]
    fixed = [
        keep or not (_lacks_marks(words[place], without_marks) or _is_slip(words, place, spelling))
        for place, keep in enumerate(believed)
    ]
    found = spelling.restore(words, fixed)
    restored, expanded = _rewritten(text, pieces, found.best)
    changed = match_form(restored) != match_form(text)
    old = old_terms_in(expanded, day)
    everyday = everyday_terms_in(same_words(expanded))
    return QuestionReading(
        original=question,
        restored=restored,
        expanded=expanded,
        numbers=tuple(numbers),
        addresses=tuple(find_addresses(restored)),
        notes=(
            *((message("question_restored", question=restored),) if changed else ()),
            *(term.note for term in old if term.note),
        ),
        terms={
            **_legal_terms(everyday),
            **{t: _OTHER_MEANING for each in old for t in each.terms},
            **_terms(found, pieces),
        },
        content=_content(found.best),
        everyday=everyday,
        abbreviated={
            match_form(piece.text): tuple(word for meaning in piece.meanings for word in syllables(meaning))
            for piece in pieces
            if piece.meanings
        },
    )


def _lacks_marks(word: str, without_marks: bool) -> bool:
    return without_marks and not has_diacritics(word)


def _is_slip(words: Sequence[str], place: int, spelling: Spelling) -> bool:
    return spelling.is_odd(words[max(place - 1, 0) : place], words[place], words[place + 1 : place + 2])


def _pieces(text: str, numbers: Sequence[CitedNumber], known: Abbreviations) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    for number in numbers:
        pieces.extend(_words(text, at, number.start, known))
        pieces.append(_Piece(number.start, number.end, text[number.start : number.end], (number.written_out,), True))
        at = number.end
    pieces.extend(_words(text, at, len(text), known))
    return pieces


def _words(text: str, start: int, end: int, known: Abbreviations) -> Iterator[_Piece]:
    shouting = text.isupper()
    for token in _TOKEN.finditer(text, start, end):
        whole = known.find(token[0], shouting=shouting) if not token[0].isalnum() else None
        if whole:
            yield _Piece(token.start(), token.end(), token[0], whole.meanings, True)
            continue
        for word in _WORD.finditer(text, token.start(), token.end()):
            yield _word(word, known.find(word[0], shouting=shouting))


def _word(word: re.Match[str], meaning: Abbreviation | None) -> _Piece:
    meanings = (meaning.meanings[:1] if meaning.is_chat else meaning.meanings) if meaning else ()
    is_code = any(letter.isdigit() or letter == "_" for letter in word[0])
    return _Piece(word.start(), word.end(), word[0], meanings, bool(meanings) or is_code)


def _choose_meanings(pieces: Sequence[_Piece], spelling: Spelling) -> None:
    """Put first the meaning that stands most naturally between its neighbours; the usual one has a start."""
    for place, piece in enumerate(pieces):
        piece.is_name = bool(piece.meanings) and spelling.is_said(syllables(piece.text), syllables(piece.meanings[0]))
        if len(piece.meanings) < 2:
            continue
        before = pieces[place - 1].words[-1:] if place else []
        after = pieces[place + 1].words[:1] if place + 1 < len(pieces) else []
        scores = {meaning: spelling.fit(before, syllables(meaning), after) for meaning in piece.meanings}
        scores[piece.meanings[0]] += _USUAL_START
        piece.meanings = tuple(sorted(piece.meanings, key=lambda meaning: -scores[meaning]))


def _rewritten(text: str, pieces: Sequence[_Piece], best: Sequence[str]) -> tuple[str, str]:
    """The text with restored words, and the same with abbreviations and numbers written out as well."""
    restored, expanded, at, word = [], [], 0, 0
    for piece in pieces:
        gap = text[at : piece.start]
        count = len(piece.words)
        spelled = piece.text if piece.fixed else _cased(piece.text, best[word : word + count])
        restored += [gap, spelled]
        expanded += [gap, piece.written_out if piece.meanings else spelled]
        at, word = piece.end, word + count
    return "".join([*restored, text[at:]]), "".join([*expanded, text[at:]])


def _cased(typed: str, spelled: Sequence[str]) -> str:
    """The restored spelling with the capitals that were typed; a word that did not change stays as it was."""
    word = " ".join(spelled)
    if match_form(typed) == word or not word:
        return typed
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word


def _terms(found: Restoration, pieces: Sequence[_Piece]) -> dict[str, float]:
    weights: dict[str, float] = {}

    def add(term: str, weight: float) -> None:
        weights[term] = max(weight, weights.get(term, 0.0))

    asks = {word for word, says in zip(found.best, content_flags(found.best), strict=True) if not says}
    for likely in (*found.likely, *found.likely_pairs):
        for term, probability in likely.items():
            if term not in asks:
                add(term, probability)
    for piece in pieces:
        if piece.meanings:
            add(match_form(piece.text), 1.0)
        for meaning in piece.meanings[0 if piece.is_name else 1 :]:
            words = syllables(meaning)
            for term in (*words, *(f"{first} {second}" for first, second in pairwise(words))):
                add(term, _OTHER_MEANING)
    return weights


def _legal_terms(everyday: Sequence[EverydayTerm]) -> dict[str, float]:
    names = [name for term in everyday for name in term.names]
    singles = {word: _LAW_WORD for name in names for word in name}
    return {**singles, **{f"{first} {second}": _LAW_PAIR for name in names for first, second in pairwise(name)}}


def _content(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word, says in zip(words, content_flags(words), strict=True) if says)
