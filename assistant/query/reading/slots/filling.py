"""Fill the slots of a request from a question's chunks, for one choice of metrics: what, by what, which, when."""

from collections.abc import Sequence
from datetime import date

from assistant.query.reading.slots.changes import fill_changes
from assistant.query.reading.slots.draft import Chosen, Draft
from assistant.query.reading.slots.leftovers import note_unexplained
from assistant.query.reading.slots.ranking import fill_comparisons, fill_order
from assistant.query.reading.slots.shares import fill_share
from assistant.query.reading.slots.timing import fill_maps, fill_times
from assistant.query.reading.words.lexicon import Item, Kind
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.vocabulary import Sign, Vocabulary
from assistant.query.request import TimeSpan
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel

_SINGLE_OUT = ("từng", "mỗi", "tung", "moi")


def fill(
    model: SemanticModel,
    vocabulary: Vocabulary,
    parsed: Parsed,
    draft: Draft,
    day: date,
    before: TimeSpan | None = None,
) -> Draft:
    """Fill `draft` and note which chunks stay unexplained."""
    _Filling(model, vocabulary, parsed, draft, day, before).run()
    return draft


class _Filling:
    def __init__(
        self,
        model: SemanticModel,
        vocabulary: Vocabulary,
        parsed: Parsed,
        draft: Draft,
        day: date,
        before: TimeSpan | None,
    ) -> None:
        self._model, self._vocabulary, self._parsed, self._draft = model, vocabulary, parsed, draft
        self._day, self._before = day, before
        self._allowed = frozenset.intersection(*(model.dimensions_of(name) for name in draft.metrics))
        self._counts: dict[str, int] = {}

    def run(self) -> None:
        self._values()
        fill_times(self._model, self._parsed, self._draft, self._day, self._before)
        self._dimensions()
        fill_maps(self._parsed, self._draft, self._allowed)
        fill_comparisons(self._model, self._parsed, self._draft, self._allowed)
        fill_order(self._model, self._parsed, self._draft, counts=self._counts)
        self._several_values()
        fill_share(self._model, self._parsed, self._draft)
        fill_changes(self._parsed, self._draft)
        note_unexplained(self._model, self._vocabulary, self._parsed, self._draft)

    def _values(self) -> None:
        for index, chunk in enumerate(self._parsed.chunks):
            items = [item for item in chunk.of(Kind.VALUE) if self._is_allowed(item)]
            if not items or (index in self._draft.used and not self._still_filters(items)):
                continue
            if len({item.name for item in items}) > 1:
                self._draft.penalty += 0.05
            self._take_value(index, items[0])

    def _is_allowed(self, item: Item) -> bool:
        if item.name not in self._allowed:
            return False
        dimension = self._model.dimensions[item.name]
        codes = {code for key in item.values if key in dimension.values for code in dimension.codes(key)}
        populations = [self._model.metrics[name].edu.population.get(item.name) for name in self._draft.metrics]
        return all(population is None or codes <= set(population) for population in populations)

    def _still_filters(self, items: Sequence[Item]) -> bool:
        """A word by which the metric was recognised may filter it as well: "lớp ghép", "bằng THPT"."""
        return all(item.name not in (PROVINCE, REGION) for item in items)

    def _take_value(self, index: int, item: Item) -> None:
        chosen = self._draft.chosen.setdefault(item.name, Chosen())
        before = self._parsed.near(index, -1)
        if before is not None and self._parsed.chunks[before].is_sign(Sign.NOT) and index - before <= 3:
            chosen.negated = True
            self._draft.used.add(before)
        elif before is not None and self._absorbs(before, item.name):
            self._draft.used.add(before)
        if item.name == PROVINCE:
            chosen.values.append(item.values[0])
            chosen.wishes.update(item.values[1:])
        elif item.name == REGION:
            chosen.values.append(item.values[0])
        else:
            chosen.values += self._codes(index, item)
        chosen.mentions += 1
        chosen.after_of |= self._follows_of(index)
        self._draft.filtering.add(index)
        self._draft.used.add(index)

    def _codes(self, index: int, item: Item) -> tuple[str, ...]:
        """The codes of a value, and of those above it in "bậc 3 trở lên"."""
        dimension = self._model.dimensions[item.name]
        after = self._parsed.near(index, 1)
        if after is None or not dimension.ordered:
            return dimension.codes(item.values[0])
        closing = self._parsed.chunks[after]
        if not closing.is_sign(Sign.UPWARDS, Sign.DOWNWARDS):
            return dimension.codes(item.values[0])
        self._draft.used.add(after)
        return dimension.codes_from(item.values[0], upwards=closing.is_sign(Sign.UPWARDS))

    def _absorbs(self, index: int, dimension: str) -> bool:
        """As in "cấp tiểu học", "môn Toán": a dimension's name before its value; "theo cấp: tiểu học" groups."""
        named = any(item.name == dimension for item in self._parsed.chunks[index].of(Kind.DIMENSION))
        before = self._parsed.near(index, -1)
        return named and not (before is not None and self._parsed.chunks[before].is_sign(Sign.BY))

    def _follows_of(self, index: int) -> bool:
        return any(self._parsed.chunks[at].is_sign(Sign.OF) for at in range(index))

    def _dimensions(self) -> None:
        for index, chunk in enumerate(self._parsed.chunks):
            if index in self._draft.used and (index in self._draft.filtering or not self._is_grouped_by(index)):
                continue
            names = [item.name for item in chunk.of(Kind.DIMENSION) if self._is_groupable(item.name)]
            if names and (not self._is_implied_term(index) or self._is_grouped_by(index)):
                self._draft.used.add(index)
                self._group(index, names[0])

    def _is_grouped_by(self, index: int) -> bool:
        """A word by which the metric was recognised groups as well: "Sở nào chưa nộp báo cáo", "top 5 trường"."""
        before, after = self._parsed.near(index, -1), self._parsed.near(index, 1)
        if after is not None and self._parsed.chunks[after].is_sign(Sign.WHICH):
            return True
        if before is None:
            return False
        named = self._parsed.chunks[before]
        return named.is_sign(Sign.BY) or bool(named.of(Kind.NUMBER)) or named.text in _SINGLE_OUT

    def _is_implied_term(self, index: int) -> bool:
        """Whether the word merely goes with the metric: "sinh viên các trường đại học"."""
        implied = frozenset.union(*(self._vocabulary.implied[name] for name in self._draft.metrics))
        return any(item.name in implied for item in self._parsed.chunks[index].of(Kind.TERM))

    def _is_groupable(self, name: str) -> bool:
        return name in self._allowed and self._model.dimensions[name].groupable

    def _group(self, index: int, name: str) -> None:
        before, after = self._parsed.near(index, -1), self._parsed.near(index, 1)
        if after is not None and self._parsed.chunks[after].is_sign(Sign.WHICH):
            self._draft.which.add(name)
            self._draft.used.add(after)
        if before is not None and self._parsed.chunks[before].of(Kind.NUMBER) and before not in self._draft.used:
            self._counts[name] = int(float(self._parsed.chunks[before].of(Kind.NUMBER)[0].name))
            self._draft.used.add(before)
            before = self._parsed.near(before, -1)
        if before is not None and name not in self._counts and self._is_counted(before):
            self._draft.count_of = name
        self._draft.group_by(name)

    def _is_counted(self, index: int) -> bool:
        return self._parsed.chunks[index].is_sign(Sign.COUNT) and not self._parsed.chunks[index].is_sign(Sign.TOTAL)

    def _several_values(self) -> None:
        """Several values of one dimension are shown side by side, unless their sum is asked for."""
        draft = self._draft
        draft.total = any(chunk.is_sign(Sign.TOTAL) for chunk in self._parsed.chunks)
        for name, chosen in draft.chosen.items():
            if chosen.mentions > 1 and not chosen.negated and not (draft.total and not self._compares()):
                draft.group_by(name)

    def _compares(self) -> bool:
        return any(chunk.is_sign(Sign.COMPARE) for chunk in self._parsed.chunks)
