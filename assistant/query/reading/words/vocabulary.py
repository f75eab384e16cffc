"""The lexicon of one semantic model, and the bags of words by which its metrics are recognised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assistant.query.reading.words.lexicon import Item, Kind, Lexicon
from assistant.query.reading.words.tokens import canonical
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.places import Places


class Sign(StrEnum):
    """The operations a question can name; their words are in words.yml."""

    COUNT = "count"
    TOTAL = "total"
    NATIONAL = "national"
    RATIO = "ratio"
    SHARE = "share"
    STRUCTURE = "structure"
    OF = "of"
    PER = "per"
    AVERAGE = "average"
    BY = "by"
    EACH = "each"
    WHICH = "which"
    TOP = "top"
    HIGHEST = "highest"
    LOWEST = "lowest"
    MOST = "most"
    HIGH = "high"
    LOW = "low"
    DESCENDING = "descending"
    ASCENDING = "ascending"
    SORT = "sort"
    RANK = "rank"
    MORE = "more"
    AT_LEAST = "at_least"
    LESS = "less"
    AT_MOST = "at_most"
    EQUAL = "equal"
    UPWARDS = "upwards"
    DOWNWARDS = "downwards"
    BETWEEN = "between"
    UP_TO = "up_to"
    COMPARE = "compare"
    GAP = "gap"
    GROWTH = "growth"
    RISE = "rise"
    FALL = "fall"
    NOT = "not"
    AND = "and"
    CHART = "chart"
    FOLLOW = "follow"
    THOSE = "those"
    MERGER = "merger"
    OLD_MAP = "old_map"
    NEW_MAP = "new_map"
    DEFINE = "define"
    REGULATION = "regulation"
    LIST = "list"
    BOTH = "both"


KINDS = ("loại", "nhóm", "mức", "trạng thái", "hình thức", "hạng", "bậc")
"""First words of dimension names by which people call them: "theo loại"."""
PART = ("part",)
"""Marks a term found in a phrase that says more than the term."""


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a bag: a term, or a sign."""

    kind: Kind
    name: str


@dataclass(frozen=True)
class Bag:
    """A metric's phrasing: words that may stand in any order, with others between."""

    metric: str
    elements: tuple[Element, ...]

    @cached_property
    def needed(self) -> frozenset[Element]:
        return frozenset(self.elements)


class Vocabulary:
    """Built once per model."""

    def __init__(self, model: SemanticModel) -> None:
        self._term_names = {canonical(name): name for name in model.words.terms}
        self._term_phrases: dict[str, str] = {}
        self._sign_of = {
            canonical(phrase): sign for sign, phrases in reversed(model.words.signs.items()) for phrase in phrases
        }
        self.bags = [
            Bag(metric.name, tuple(self._element(word) for word in phrasing.split(" + ")))
            for metric in model.metrics.values()
            for phrasing in (*metric.edu.phrasings, *metric.ai_context.synonyms)
        ]
        self.phrasings = frozenset((bag.metric, frozenset(bag.elements)) for bag in self.bags)
        self.implied = {
            metric.name: frozenset(
                self._element(word).name for word in (*metric.edu.implied, *_numerator_words(model, metric.name))
            )
            for metric in model.metrics.values()
        }
        self._terms_in = {
            name: frozenset(
                one.name for bag in self.bags if bag.metric == name for one in bag.elements if one.kind is Kind.TERM
            )
            for name in model.metrics
        }
        self.light = frozenset(model.words.light)
        self.places = frozenset(canonical(phrase) for phrase, _ in _place_phrases(model.places))
        self.lexicon = Lexicon(self._phrases(model))
        self._terms_of = {
            one.name: tuple(
                dict.fromkeys(
                    term for name in (one.label, *one.synonyms) if (term := self._term_of(canonical(name), model))
                )
            )
            for one in model.dimensions.values()
        }

    def terms_in(self, metric: str) -> frozenset[str]:
        """The terms by which a metric is recognised."""
        return self._terms_in.get(metric, frozenset())

    def terms_of(self, dimension: str) -> tuple[str, ...]:
        """The terms that are also names of a dimension."""
        return self._terms_of.get(dimension, ())

    def _element(self, word: str) -> Element:
        form = canonical(word)
        if form in self._term_names:
            return Element(Kind.TERM, self._term_names[form])
        if form in self._sign_of:
            return Element(Kind.SIGN, self._sign_of[form])
        self._term_names[form] = word
        return Element(Kind.TERM, word)

    def _phrases(self, model: SemanticModel) -> Iterator[tuple[str, Item]]:
        words = model.words
        for name in self._term_names.values():
            yield name, Item(Kind.TERM, name)
            yield from _each(words.terms.get(name, ()), Item(Kind.TERM, name))
        for sign, phrases in words.signs.items():
            yield from _each(phrases, Item(Kind.SIGN, Sign(sign).value))
        for number, phrases in words.numbers.items():
            yield from _each(phrases, Item(Kind.NUMBER, number))
        for refusal in words.refusals:
            yield from _each(refusal.phrases, Item(Kind.BLOCK, refusal.code, (refusal.status,)))
        yield from _each(words.harmless, Item(Kind.FILLER, ""))
        for phrase, name in words.compounds.items():
            yield phrase, Item(Kind.TERM, name, PART)
        for dimension in model.dimensions.values():
            yield from _each((dimension.label, *dimension.synonyms), Item(Kind.DIMENSION, dimension.name))
            for phrase in (dimension.label, *dimension.synonyms):
                yield from self._trailing_term(phrase, model)
            if "CO" in dimension.values:
                yield dimension.label, Item(Kind.VALUE, dimension.name, ("CO",))
            for code, value in dimension.values.items():
                for phrase in (value.label, *value.synonyms):
                    yield phrase, Item(Kind.VALUE, dimension.name, (code,))
                    yield from self._leading_term(phrase, model)
        yield from _place_phrases(model.places)

    def _leading_term(self, phrase: str, model: SemanticModel) -> Iterator[tuple[str, Item]]:
        """Phrases as "bằng THPT", "thí sinh tự do" also name what is counted; their rest is then its filter."""
        words = canonical(phrase).split(" ")
        for length in range(len(words) - 1, 0, -1):
            term = self._term_of(" ".join(words[:length]), model)
            if term is not None:
                yield phrase, Item(Kind.TERM, term, PART)
                return

    def _trailing_term(self, phrase: str, model: SemanticModel) -> Iterator[tuple[str, Item]]:
        """A dimension as "loại văn bằng", "các tổ hợp" also names what it divides."""
        first, _, rest = canonical(phrase).partition(" ")
        term = self._term_of(rest, model) if first in map(canonical, (*KINDS, "các")) else None
        if term is not None:
            yield phrase, Item(Kind.TERM, term, PART)

    def _term_of(self, form: str, model: SemanticModel) -> str | None:
        if not self._term_phrases:
            for name in self._term_names.values():
                for phrase in (name, *model.words.terms.get(name, ())):
                    self._term_phrases[canonical(phrase)] = name
        return self._term_phrases.get(form)


def _numerator_words(model: SemanticModel, name: str) -> Iterator[str]:
    """What a ratio is a ratio of: "tỷ lệ trẻ 5 tuổi ra lớp" says the word for its numerator as well."""
    metric = model.metrics[name]
    if metric.edu.numerator is not None:
        for phrasing in model.metrics[metric.edu.numerator].edu.phrasings:
            yield from phrasing.split(" + ")


def _each(phrases: Iterable[str], item: Item) -> Iterator[tuple[str, Item]]:
    return ((phrase, item) for phrase in phrases)


def _place_phrases(places: Places) -> Iterator[tuple[str, Item]]:
    for province in places.file.provinces:
        item = Item(Kind.VALUE, PROVINCE, (province.name,))
        for name in (province.name, *province.synonyms):
            yield from _each((name, f"tỉnh {name}", f"thành phố {name}", f"tp {name}"), item)
        yield f"tỉnh {province.name} cũ", Item(Kind.VALUE, PROVINCE, (province.name, "old"))
        for before in ("cũ", "trước đây", "trước kia", "trước sáp nhập", "trước khi sáp nhập", "hồi chưa sáp nhập"):
            yield f"{province.name} {before}", Item(Kind.VALUE, PROVINCE, (province.name, "old"))
        for now in ("hiện nay", "ngày nay", "bây giờ", "sau sáp nhập", "sau khi sáp nhập"):
            yield f"{province.name} {now}", Item(Kind.VALUE, PROVINCE, (province.name, "new"))
        yield f"{province.name} mới", Item(Kind.VALUE, PROVINCE, (province.name, "new"))
        yield f"tỉnh {province.name} mới", Item(Kind.VALUE, PROVINCE, (province.name, "new"))
    for regions in places.file.regions.values():
        for code, region in regions.items():
            yield from _each(
                (region.label, *region.synonyms, f"vùng {region.label}"), Item(Kind.VALUE, REGION, (code,))
            )
