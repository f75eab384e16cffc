"""Fill the slots of a request from a question's chunks, for one choice of metrics: what, by what, which, when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.query.reading.slots.draft import Chosen, Draft
from assistant.query.reading.slots.ranking import fill_comparisons, fill_order
from assistant.query.reading.slots.shares import fill_share
from assistant.query.reading.slots.spans import Spoken, mention_texts, spoken_time
from assistant.query.reading.words.lexicon import Item, Kind
from assistant.query.reading.words.matcher import Chunk
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.vocabulary import PART, Sign, Vocabulary
from assistant.query.request import TIME, Comparison, TimeKind, TimeSpan
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.places import NEW_MAP, OLD_MAP

# Said beside what they belong to, these add nothing of their own.
_HARMLESS = (
    Sign.COUNT, Sign.TOTAL, Sign.BY, Sign.EACH, Sign.AND, Sign.CHART, Sign.FOLLOW, Sign.SORT, Sign.OF, Sign.THOSE,
    Sign.OLD_MAP, Sign.NEW_MAP, Sign.BETWEEN, Sign.UP_TO,
)  # fmt: skip
MERGER_YEARS = ("2024-2025", "2025-2026")


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
        self._which: set[str] = set()
        self._filtering: set[int] = set()
        self._counts: dict[str, int] = {}

    def run(self) -> None:
        self._values()
        self._times()
        self._dimensions()
        self._maps()
        fill_comparisons(self._model, self._parsed, self._draft, self._allowed)
        fill_order(self._model, self._parsed, self._draft, which=self._which, counts=self._counts)
        self._several_values()
        fill_share(self._model, self._parsed, self._draft)
        self._comparison()
        self._leftovers()

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
            chosen.values += self._model.dimensions[item.name].codes(item.values[0])
        chosen.mentions += 1
        chosen.after_of |= self._follows_of(index)
        self._filtering.add(index)
        self._draft.used.add(index)

    def _absorbs(self, index: int, dimension: str) -> bool:
        """As in "cấp tiểu học", "môn Toán": a dimension's name before its value; "theo cấp: tiểu học" groups."""
        named = any(item.name == dimension for item in self._parsed.chunks[index].of(Kind.DIMENSION))
        before = self._parsed.near(index, -1)
        return named and not (before is not None and self._parsed.chunks[before].is_sign(Sign.BY))

    def _follows_of(self, index: int) -> bool:
        return any(self._parsed.chunks[at].is_sign(Sign.OF) for at in range(index))

    def _times(self) -> None:
        mentions = [
            (index, chunk.text, item)
            for index, chunk in enumerate(self._parsed.chunks)
            for item in chunk.of(Kind.TIME)
            if index not in self._draft.used
        ]
        kinds = {time.kind if time else None for time in map(self._model.time_of, self._draft.metrics)}
        kind = next(iter(kinds)) if len(kinds) == 1 else self._mixed(kinds)
        spoken = spoken_time([(text, item) for _, text, item in mentions], kind, self._day, self._before)
        if kind is not None or spoken.spoken:
            self._draft.used.update(index for index, _, _ in mentions)
        if len(mentions) == 1 and len(spoken.span.points) == 1 and self._is_measured_from(mentions[0][0]):
            spoken.span = replace(spoken.span, last=1)
            spoken.by_time = spoken.change = True
        self._take_time(spoken)

    def _is_measured_from(self, index: int) -> bool:
        """As in "tăng bao nhiêu so với năm 2022": the year named is where the change begins."""
        before = self._parsed.near(index, -1)
        grows = any(chunk.is_sign(Sign.GROWTH, Sign.RISE, Sign.FALL) for chunk in self._parsed.chunks)
        return grows and before is not None and self._parsed.chunks[before].is_sign(Sign.COMPARE)

    def _mixed(self, kinds: set[TimeKind | None]) -> TimeKind | None:
        """Metrics of different calendars cannot share one request: the planner drops such a choice."""
        self._draft.penalty += 10
        return next((kind for kind in kinds if kind is not None), None)

    def _take_time(self, spoken: Spoken) -> None:
        draft = self._draft
        draft.time, draft.time_spoken, draft.forecast = spoken.span, spoken.spoken, spoken.future
        draft.assumptions += mention_texts(spoken.taken)
        if spoken.by_time:
            draft.group_by(TIME)
        if spoken.which:
            self._which.add(TIME)
        if spoken.change:
            draft.compare = Comparison.GROWTH
        if not spoken.spoken and spoken.span.kind is not None:
            draft.defaults.append(TIME)

    def _dimensions(self) -> None:
        for index, chunk in enumerate(self._parsed.chunks):
            if index in self._draft.used and (index in self._filtering or not self._is_grouped_by(index)):
                continue
            names = [item.name for item in chunk.of(Kind.DIMENSION) if self._is_groupable(item.name)]
            if names:
                self._draft.used.add(index)
                self._group(index, names[0])

    def _is_grouped_by(self, index: int) -> bool:
        """A word by which the metric was recognised groups as well: "Sở nào chưa nộp báo cáo"."""
        before, after = self._parsed.near(index, -1), self._parsed.near(index, 1)
        asked = after is not None and self._parsed.chunks[after].is_sign(Sign.WHICH)
        return asked or (before is not None and self._parsed.chunks[before].is_sign(Sign.BY, Sign.EACH))

    def _is_groupable(self, name: str) -> bool:
        return name in self._allowed and self._model.dimensions[name].groupable

    def _group(self, index: int, name: str) -> None:
        before, after = self._parsed.near(index, -1), self._parsed.near(index, 1)
        if after is not None and self._parsed.chunks[after].is_sign(Sign.WHICH):
            self._which.add(name)
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

    def _maps(self) -> None:
        for index, chunk in enumerate(self._parsed.chunks):
            if index in self._draft.used:
                continue
            if chunk.is_sign(Sign.MERGER):
                self._draft.time = TimeSpan(TimeKind.SCHOOL_YEAR, MERGER_YEARS)
                self._draft.group_by(TIME)
                self._draft.compare, self._draft.map_version = Comparison.DIFFERENCE, NEW_MAP
                self._draft.defaults = [name for name in self._draft.defaults if name != TIME]
                self._draft.used.add(index)
            elif chunk.is_sign(Sign.OLD_MAP, Sign.NEW_MAP):
                self._draft.map_version = OLD_MAP if chunk.is_sign(Sign.OLD_MAP) else NEW_MAP
                self._draft.used.add(index)
                if any(character.isdigit() for character in chunk.text) and PROVINCE in self._allowed:
                    self._draft.group_by(PROVINCE)

    def _several_values(self) -> None:
        """Several values of one dimension are shown side by side, unless their sum is asked for."""
        draft = self._draft
        draft.total = any(chunk.is_sign(Sign.TOTAL) for chunk in self._parsed.chunks)
        for name, chosen in draft.chosen.items():
            if chosen.mentions > 1 and not chosen.negated and not (draft.total and not self._compares()):
                draft.group_by(name)

    def _compares(self) -> bool:
        return any(chunk.is_sign(Sign.COMPARE) for chunk in self._parsed.chunks)

    def _comparison(self) -> None:
        """What compares: "so sánh" sets side by side, "tăng bao nhiêu" asks for the change."""
        draft = self._draft
        several = any(chosen.mentions > 1 for chosen in draft.chosen.values())
        for index, chunk in enumerate(self._parsed.chunks):
            if index in draft.used:
                continue
            if chunk.is_sign(Sign.GROWTH, Sign.RISE, Sign.FALL):
                self._grow(index)
            elif chunk.is_sign(Sign.COMPARE) and (several or draft.by):
                draft.compare = draft.compare or Comparison.DIFFERENCE
                draft.used.add(index)

    def _grow(self, index: int) -> None:
        draft = self._draft
        draft.compare = Comparison.GROWTH
        draft.used.add(index)
        if TIME in draft.by or draft.time.kind is None:
            return
        span, kind = draft.time, draft.time.kind
        if len(span.points) == 1:
            earlier = str(int(span.points[0][:4]) - 1)
            point = f"{earlier}-{span.points[0][:4]}" if kind is TimeKind.SCHOOL_YEAR else earlier
            draft.time = TimeSpan(kind, (point, span.points[0]), relative=span.relative)
        elif span.last == 1:
            draft.time = TimeSpan(kind, last=2)
        else:
            draft.used.discard(index)
            return
        draft.group_by(TIME)

    def _leftovers(self) -> None:
        draft = self._draft
        implied = frozenset.union(*(self._vocabulary.implied[name] for name in draft.metrics))
        repeated = {item.name for index in draft.used for item in self._parsed.chunks[index].of(Kind.TERM)}
        for index, chunk in enumerate(self._parsed.chunks):
            if index in draft.used and not self._says_more(index):
                continue
            if self._parsed.is_mark(index):
                continue
            if index in draft.used:
                draft.unexplained.append(index)
            elif chunk.is_sign(Sign.NATIONAL):
                self._national(index)
            elif self._is_harmless(chunk, repeated):
                continue
            elif self._is_implied(index, implied):
                draft.penalty += 0.1
            else:
                draft.unexplained.append(index)

    def _is_harmless(self, chunk: Chunk, repeated: set[str]) -> bool:
        """Fillers, signs that only connect, the metric's word said twice, and "bình quân" beside a ratio."""
        ratios = all(self._model.metrics[name].is_ratio for name in self._draft.metrics)
        averaging = ratios and chunk.is_sign(Sign.PER, Sign.AVERAGE)
        return averaging or bool(chunk.of(Kind.FILLER)) or chunk.is_sign(*_HARMLESS) or self._names(chunk, repeated)

    def _says_more(self, index: int) -> bool:
        """A phrase used only for the term it begins with ("thí sinh tự do") whose value nobody applied."""
        chunk = self._parsed.chunks[index]
        partly = bool(chunk.of(Kind.TERM)) and all(item.values == PART for item in chunk.of(Kind.TERM))
        return partly and index not in self._filtering and not chunk.of(Kind.SIGN, Kind.NUMBER, Kind.DIMENSION)

    def _names(self, chunk: Chunk, terms: set[str]) -> bool:
        return any(item.name in terms and item.values != PART for item in chunk.of(Kind.TERM))

    def _is_implied(self, index: int, implied: frozenset[str]) -> bool:
        """A word that adds nothing to the metric; what is counted itself ("bao nhiêu trường") always does."""
        names = {item.name for item in self._parsed.chunks[index].of(Kind.TERM, Kind.SIGN)} & implied
        return bool(names) and (not self._parsed.heads(index) or names <= self._vocabulary.light)

    def _national(self, index: int) -> None:
        """The word "cả nước" beside a province would be a second figure nobody can read from one."""
        if PROVINCE in self._draft.chosen or REGION in self._draft.chosen:
            self._draft.unexplained.append(index)
        else:
            self._draft.national = True
