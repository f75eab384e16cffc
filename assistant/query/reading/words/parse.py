"""A question as chunks whose signs agree with their neighbours: "trên 500" compares, "học sinh trên lớp" divides."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.query.reading.words.framing import framing_in
from assistant.query.reading.words.lexicon import Hit, Item, Kind
from assistant.query.reading.words.matcher import Chunk, Span, chunks_of
from assistant.query.reading.words.numerals import with_figures
from assistant.query.reading.words.times import times_in
from assistant.query.reading.words.tokens import Spelling, Token, canonical, shadow, tokenise
from assistant.query.reading.words.vocabulary import Sign, Vocabulary
from assistant.query.request import TIME
from assistant.query.semantic_model import PROVINCE, REGION

_NUMBER = re.compile(
    r"(?<![\w/.,-])(\d+(?:[.,]\d+)*)(?:\s*(nghin|ngan|trieu|ty|tram|k|tr)\b)?(?:\s*(%|phan tram\b))?(?![/\w])"
)
_TIMES = {"tram": 100, "nghin": 1000, "ngan": 1000, "k": 1000, "trieu": 10**6, "tr": 10**6, "ty": 10**9}
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_LEADING = (Sign.COUNT, Sign.TOTAL, Sign.RATIO, Sign.AND, Sign.HIGH, Sign.LOW, Sign.STRUCTURE, Sign.AVERAGE)
_WHERE_WHEN, _LEVELS = (PROVINCE, REGION, "macro_region", TIME), ("level", "grade")
COMPARING = {Sign.MORE, Sign.AT_LEAST, Sign.LESS, Sign.AT_MOST, Sign.EQUAL, Sign.BETWEEN}


@dataclass(frozen=True, slots=True)
class Parsed:
    """The question's tokens and chunks. `corrections` tells which spellings were read as which known ones."""

    tokens: tuple[Token, ...]
    chunks: tuple[Chunk, ...]
    corrections: tuple[tuple[str, str], ...] = ()

    def is_mark(self, index: int) -> bool:
        """Whether a chunk is punctuation."""
        return not self.tokens[self.chunks[index].start].is_word

    def heads(self, index: int) -> bool:
        """Whether a count, a ratio or a list leads to this chunk: "bao nhiêu trường", "số trường, lớp"."""
        before = self.near(index, -1)
        if before is None:
            return False
        comma = index > 0 and self.chunks[index - 1].text in {",", ";"}
        return comma or self.chunks[before].is_sign(*_LEADING)

    def near(self, index: int, step: int) -> int | None:
        """The nearest chunk before (-1) or after (+1) that is neither filler nor punctuation."""
        at = index + step
        while 0 <= at < len(self.chunks):
            chunk = self.chunks[at]
            if not self.is_mark(at) and any(item.kind is not Kind.FILLER for item in chunk.items or (_UNKNOWN,)):
                return at
            at += step
        return None

    def divided_by(self, index: int) -> int | None:
        """What a dividing word divides by: "giáo viên" in "trên số giáo viên"."""
        after = self.near(index, 1)
        return self.near(after, 1) if after is not None and self.chunks[after].is_sign(Sign.COUNT) else after

    def is_below(self, index: int) -> bool:
        """Whether a chunk says what is divided by: "dự thi" in "tỷ lệ tốt nghiệp trên số dự thi"."""
        before = self.near(index, -1)
        while (
            before is not None
            and self.chunks[before].is_sign(Sign.COUNT, Sign.TOTAL)
            and not self.chunks[before].is_sign(Sign.OF)
        ):
            before = self.near(before, -1)
        return before is not None and (
            self.chunks[before].is_sign(Sign.OF) or "tren" in shadow(self.chunks[before].text)
        )

    def says_little(self, chunk: Chunk) -> bool:
        """One syllable typed without marks may be any of several words; an abbreviation has no vowel."""
        return self.unmarked and chunk.size == 1 and any(letter in "aeiouy" for letter in chunk.text)

    @property
    def marked(self) -> bool:
        """Typed with diacritics throughout, so that a word without them is another word: "du học" is no "đủ học"."""
        words = [token for token in self.tokens if token.is_word and not token.is_number]
        return 2 * sum(token.text != token.folded for token in words) > len(words) > 2

    @property
    def unmarked(self) -> bool:
        """Typed without any diacritics, so that a lone syllable says little."""
        return all(token.text == token.folded for token in self.tokens)


_UNKNOWN = Item(Kind.TERM, "")
_FARTHEST_NOT = 3


def parse(question: str, vocabulary: Vocabulary, banned: Collection[Span] = (), *, framed: bool = False) -> Parsed:
    """Read `question` into chunks, none of them over a `banned` span of tokens; `framed` keeps what frames it."""
    form = with_figures(canonical(question))
    if not framed:
        form = _without_framing(form, vocabulary)
    bare = shadow(form)
    tokens = tokenise(form)
    others = [*times_in(bare, tokens), *_numbers_in(bare, tokens)]
    chunks = tuple(chunks_of(tokens, vocabulary.lexicon, others, banned))
    corrections = tuple((chunk.text, chunk.known_as) for chunk in chunks if chunk.known_as)
    return _settle(Parsed(tuple(tokens), chunks, corrections))


def _without_framing(form: str, vocabulary: Vocabulary) -> str:
    """`form` without what only frames the question; a place, a time or a level said there is part of it."""
    bare = shadow(form)
    for start, end in framing_in(bare):
        rest = form[:start] + " " * (end - start) + form[end:]
        if not _says_which(form[start:end], rest, vocabulary):
            form = rest
    return form


def _says_which(framing: str, rest: str, vocabulary: Vocabulary) -> bool:
    """Whether a framing names a place or a time the rest does not, or a level where the rest names none."""
    inside, outside = _values_in(framing, vocabulary), _values_in(rest, vocabulary)
    named = {name for name, *_ in outside}
    return any(
        (one[0] in _WHERE_WHEN and one not in outside) or (one[0] in _LEVELS and one[0] not in named) for one in inside
    )


def _values_in(text: str, vocabulary: Vocabulary) -> set[tuple[str, ...]]:
    tokens = tokenise(text)
    chunks = chunks_of(tokens, vocabulary.lexicon, times_in(shadow(text), tokens))
    items = (item for chunk in chunks for item in chunk.of(Kind.VALUE, Kind.TIME))
    return {
        (item.name, *item.values[:1]) if item.kind is Kind.VALUE else (TIME, item.name, *item.values) for item in items
    }


def _numbers_in(bare: str, tokens: Sequence[Token]) -> Iterator[Hit]:
    for found in _NUMBER.finditer(bare):
        inside = [index for index, token in enumerate(tokens) if found.start() <= token.start < found.end()]
        value = _value(found[1]) * _TIMES.get(found[2] or "", 1)
        if inside:
            item = Item(Kind.NUMBER, f"{value:g}" if value < 1e6 else f"{value:.0f}", ("%",) if found[3] else ())
            yield Hit(inside[0], inside[-1] + 1, Spelling.EXACT, (item,), found[0])


def _value(text: str) -> float:
    """Vietnamese figures: 1.000 is a thousand, 1,5 one and a half; 8.25 can only be a decimal."""
    if _THOUSANDS.fullmatch(text):
        return float(text.replace(".", ""))
    return float(text.replace(",", ".")) if text.count(",") + text.count(".") == 1 else float(re.sub("[.,]", "", text))


def _settle(parsed: Parsed) -> Parsed:
    """Drop the meanings a chunk cannot have where it stands."""
    chunks = list(parsed.chunks)
    for index, chunk in enumerate(chunks):
        kept = tuple(item for item in chunk.items if _fits(item, index, parsed))
        if kept != chunk.items:
            chunks[index] = replace(chunk, items=kept)
    return replace(parsed, chunks=tuple(chunks))


def _fits(item: Item, index: int, parsed: Parsed) -> bool:
    if item.kind in (Kind.FILLER, Kind.SIGN, Kind.BLOCK) and _is_another_word(parsed, index):
        return False
    if item.kind in (Kind.TERM, Kind.DIMENSION) and parsed.chunks[index].is_sign(Sign.COUNT):
        return not _counts(index, parsed)
    if item.kind is Kind.VALUE and item.name == "period" and parsed.chunks[index].size == 1:
        # "Đầu năm 24-25": the year has taken the word it shares with "đầu năm".
        following = parsed.chunks[index + 1 : index + 2]
        return bool(following) and bool(following[0].of(Kind.TIME)) and following[0].text.startswith(("năm", "nam"))
    if item.kind is Kind.NUMBER and not parsed.chunks[index].text[0].isdigit():
        return _counts_something(index, parsed)
    if item.kind is not Kind.SIGN:
        return True
    rule = _RULES.get(Sign(item.name))
    return rule is None or rule(index, parsed)


def _is_another_word(parsed: Parsed, index: int) -> bool:
    chunk = parsed.chunks[index]
    return chunk.bare and chunk.size == 1 and parsed.marked


def _next_is(*kinds: Kind) -> Callable[[int, Parsed], bool]:
    def rule(index: int, parsed: Parsed) -> bool:
        after = parsed.near(index, 1)
        return after is not None and bool(parsed.chunks[after].of(*kinds))

    return rule


def _counts_something(index: int, parsed: Parsed) -> bool:
    """A number as in "hai tỉnh", "top ba": a number in words counts what follows or follows "top"."""
    before = parsed.near(index, -1)
    after_top = before is not None and parsed.chunks[before].is_sign(Sign.TOP)
    return after_top or (index + 1 < len(parsed.chunks) and bool(parsed.chunks[index + 1].of(Kind.DIMENSION)))


def _divides(index: int, parsed: Parsed) -> bool:
    """What divides, as in "học sinh trên giáo viên", "mỗi lớp": what follows is counted, not a number."""
    after = parsed.divided_by(index)
    if after is None or parsed.chunks[after].of(Kind.NUMBER):
        return False
    return bool(parsed.chunks[after].of(Kind.TERM, Kind.DIMENSION))


def _measures(index: int, parsed: Parsed) -> bool:
    """What compares with a number, or with a figure: "cao hơn mức trung bình cả nước", "cao hơn Nghệ An"."""
    after = parsed.near(index, 1)
    if after is None:
        return False
    chunk = parsed.chunks[after]
    return bool(chunk.of(Kind.NUMBER)) or chunk.is_sign(Sign.AVERAGE, Sign.NATIONAL) or is_place(chunk)


def is_place(chunk: Chunk) -> bool:
    """Whether a chunk names provinces."""
    return any(item.name == PROVINCE for item in chunk.of(Kind.VALUE))


def _negates(index: int, parsed: Parsed) -> bool:
    after = parsed.near(index, 1)
    if after is None or after - index > _FARTHEST_NOT:
        return False
    # "tỉnh nào không có trường …": what is not there is a metric.
    return bool(parsed.chunks[after].of(Kind.VALUE, Kind.TERM))


def _counts(index: int, parsed: Parsed) -> bool:
    """Unmarked "so" is three words: "so hoc sinh" counts, "so voi" compares, "so nao", "bao nhieu so" are the Sở."""
    chunk, before, after = parsed.chunks[index], parsed.near(index, -1), parsed.near(index, 1)
    if not (chunk.is_sign(Sign.COMPARE) or chunk.of(Kind.TERM, Kind.DIMENSION)):
        return True
    named = before is not None and parsed.chunks[before].is_sign(Sign.COUNT, Sign.EACH, Sign.TOP)
    if named or after is None or parsed.chunks[after].is_sign(Sign.WHICH):
        return False
    if before is not None and parsed.chunks[before].is_sign(Sign.BY):
        return bool(parsed.chunks[after].of(Kind.TERM))
    return bool(parsed.chunks[after].of(Kind.TERM, Kind.DIMENSION))


def _compares(index: int, parsed: Parsed) -> bool:
    """A number right after a comparing word; "nhiều nhất, cho 3 tỉnh" begins another clause."""
    after = parsed.near(index, 1)
    if after is None or not parsed.chunks[after].of(Kind.NUMBER):
        return False
    return not any(parsed.is_mark(at) and parsed.chunks[at].text in _CLAUSE_ENDS for at in range(index + 1, after))


_CLAUSE_ENDS = (",", ";", ".", "?", "!", ":")
_NUMBER_NEXT = _next_is(Kind.NUMBER)
_RULES: dict[Sign, Callable[[int, Parsed], bool]] = {
    **dict.fromkeys(COMPARING, _compares),
    Sign.MORE: _measures,
    Sign.LESS: _measures,
    Sign.TOP: _NUMBER_NEXT,
    Sign.PER: _divides,
    Sign.NOT: _negates,
    Sign.COUNT: _counts,
    Sign.COMPARE: lambda index, parsed: not (parsed.chunks[index].is_sign(Sign.COUNT) and _counts(index, parsed)),
    Sign.UP_TO: _NUMBER_NEXT,
    Sign.WHICH: lambda index, parsed: (
        (before := parsed.near(index, -1)) is not None
        and bool(parsed.chunks[before].of(Kind.DIMENSION, Kind.TERM, Kind.TIME, Kind.VALUE))
    ),
    Sign.HIGHEST: lambda index, parsed: not _compares(index, parsed),
    Sign.LOWEST: lambda index, parsed: not _compares(index, parsed),
}
