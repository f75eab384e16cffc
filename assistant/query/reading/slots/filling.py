"""Fill the slots of a request from a question's chunks, for one choice of metrics: what, by what, which, when."""

from dataclasses import replace
from datetime import date

from assistant.query.reading.recognition import SINGLE_OUT
from assistant.query.reading.slots.changes import fill_changes
from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.slots.leftovers import note_unexplained
from assistant.query.reading.slots.ranking import fill_order
from assistant.query.reading.slots.shares import fill_share
from assistant.query.reading.slots.thresholds import fill_comparisons, fill_references
from assistant.query.reading.slots.timing import fill_maps, fill_times
from assistant.query.reading.slots.values import fill_values
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.times import TimeWord
from assistant.query.reading.words.tokens import canonical, shadow
from assistant.query.reading.words.vocabulary import KINDS, PART, Sign, Vocabulary
from assistant.query.request import TIME, TimeSpan
from assistant.query.semantic_model import SemanticModel


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


_ALL_OF, _OVER = ("các", "cac", "những", "nhung"), ("tren", "trong", "tinh tren")
_HOLDING = ("có", "co", "mang", "giữ", "giu", "đạt")


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
        fill_references(self._parsed, self._draft)
        fill_values(self._model, self._parsed, self._draft, self._allowed)
        fill_times(self._model, self._parsed, self._draft, self._day, self._before)
        self._dimensions()
        fill_maps(self._parsed, self._draft, self._allowed)
        fill_comparisons(self._model, self._parsed, self._draft, self._allowed)
        fill_order(self._model, self._parsed, self._draft, counts=self._counts)
        self._several_values()
        fill_share(self._model, self._parsed, self._draft)
        fill_changes(self._model, self._parsed, self._draft)
        note_unexplained(self._model, self._vocabulary, self._parsed, self._draft)

    def _dimensions(self) -> None:
        for index, chunk in enumerate(self._parsed.chunks):
            if index in self._draft.used and (index in self._draft.filtering or not self._is_grouped_by(index)):
                continue
            names = [item.name for item in chunk.of(Kind.DIMENSION) if self._is_groupable(item.name)]
            names.sort(key=lambda name: shadow(canonical(self._model.dimensions[name].label)) != shadow(chunk.text))
            if names and self._names_another_area(index):
                continue
            leads_on = self._leads_to_metric(index) or self._leads_to_value(index) or self._is_scope(index)
            if names and leads_on:
                self._draft.used.add(index)
            elif names and (not self._is_weak(index) or self._is_grouped_by(index)):
                self._draft.used.add(index)
                self._group(index, names[0])
            elif chunk.is_sign(Sign.BY):
                self._by_kind(index)

    def _leads_to_metric(self, index: int) -> bool:
        """As in "có chức danh giáo sư": what follows is a word of the metric, not what it is divided by."""
        before, after = self._parsed.chunks[max(0, index - 1)], self._parsed.chunks[index + 1 : index + 2]
        held = index > 0 and before.text in _HOLDING
        return held and bool(after) and bool(after[0].of(Kind.TERM)) and index + 1 in self._draft.used

    def _leads_to_value(self, index: int) -> bool:
        """As in "có trình độ trên chuẩn": the word before a value that somebody has, whatever its dimension."""
        held = index > 0 and self._parsed.chunks[index - 1].text in _HOLDING
        return held and index + 1 in self._draft.filtering

    def _is_scope(self, index: int) -> bool:
        """As in "tính trên các biểu đã nộp thì mỗi cấp học …": over all of them, another dimension is shown."""
        chunks = self._parsed.chunks
        over = index > 1 and chunks[index - 1].text in _ALL_OF and shadow(chunks[index - 2].text) in _OVER
        over |= index > 0 and shadow(chunks[index - 1].text) in {f"{one} cac" for one in _OVER}
        return over and any(
            at != index and chunks[at].of(Kind.DIMENSION) and at and chunks[at - 1].text.split(" ")[-1] in SINGLE_OUT
            for at in range(len(chunks))
        )

    def _names_another_area(self, index: int) -> bool:
        """As in "vùng dân tộc thiểu số": an area nothing here tells apart; neither its word nor its value is read."""
        chunk, following = self._parsed.chunks[index], self._parsed.chunks[index + 1 : index + 2]
        read = bool({index + 1, index + 2} & self._draft.filtering)
        values = following[0].of(Kind.VALUE, Kind.DIMENSION) if following and read else ()
        places = ("area", "region", "macro_region", "province")
        strange = bool(values) and not any(item.name in places for item in values)
        return (
            strange and shadow(chunk.text) in ("vung", "khu vuc", "dia ban", "mien") and not self._is_grouped_by(index)
        )

    def _by_kind(self, index: int) -> None:
        """As in "theo loại": the one dimension of the metric whose name begins with that word."""
        following = self._parsed.chunks[index + 1 : index + 2]
        if not following or (following[0].known and not following[0].of(Kind.FILLER)):
            return
        said = following[0].text
        for word in KINDS:
            if said in (canonical(word), shadow(canonical(word))):
                named = [
                    name
                    for name in sorted(self._allowed)
                    if self._is_groupable(name)
                    and canonical(self._model.dimensions[name].label).startswith(canonical(word))
                ]
                if len(named) == 1:
                    self._draft.used.update({index, index + 1, *self._rest_of_label(index + 2, word, named[0])})
                    self._draft.group_by(named[0])

    def _rest_of_label(self, index: int, word: str, name: str) -> set[int]:
        """As in "loại | đơn vị trực thuộc Bộ": the dimension right after the word is the rest of one label."""
        following = self._parsed.chunks[index : index + 1]
        label = canonical(self._model.dimensions[name].label)
        others = [self._model.dimensions[item.name].label for one in following for item in one.of(Kind.DIMENSION)]
        return {index} if any(f"{canonical(word)} {canonical(other)}" == label for other in others) else set()

    def _is_grouped_by(self, index: int) -> bool:
        """A word by which the metric was recognised groups as well: "Sở nào chưa nộp báo cáo", "top 5 trường"."""
        before, after = self._parsed.near(index, -1), self._parsed.near(index, 1)
        if after is not None and self._parsed.chunks[after].is_sign(Sign.WHICH):
            return True
        if before is None:
            return False
        named = self._parsed.chunks[before]
        earlier = self._parsed.near(before, -1) if named.is_sign(Sign.EACH) else before
        if earlier is not None and self._parsed.chunks[earlier].is_sign(Sign.LIST):
            return True
        if self._averages_over(index):
            return True
        names_a_value = after is not None and after in self._draft.filtering
        if self._is_counted(before) and not self._is_what_is_counted(index) and not names_a_value:
            return True
        return named.is_sign(Sign.BY, Sign.STRUCTURE) or bool(named.of(Kind.NUMBER)) or named.text in SINGLE_OUT

    def _averages_over(self, index: int) -> bool:
        """As in "điểm trung bình của các tổ hợp": a mean that is one figure for each of several."""
        led = self._parsed.chunks[index - 1].text.split(" ")[-1] if index else ""
        several = {led, self._parsed.chunks[index].text.split(" ")[0]} & {"các", "cac"}
        metrics = [self._model.metrics[name] for name in self._draft.metrics]
        return bool(several) and all(one.is_ratio and one.edu.unit != "%" for one in metrics)

    def _is_what_is_counted(self, index: int) -> bool:
        """Whether the metric's own unit is this word: "bao nhiêu Sở đã gửi", against "bao nhiêu Sở nộp muộn"."""
        units = {canonical(self._model.metrics[name].edu.unit) for name in self._draft.metrics}
        return any(canonical(item.name) in units for item in self._parsed.chunks[index].of(Kind.TERM))

    def _is_weak(self, index: int) -> bool:
        """Whether the word merely goes with the metric ("sinh viên các trường đại học"), or is one bare syllable."""
        if self._parsed.chunks[index].of(Kind.FILLER) and self._parsed.chunks[index].size > 1:
            return True
        bare = self._parsed.says_little(self._parsed.chunks[index])
        before = self._parsed.near(index, -1)
        leading = (Sign.EACH, Sign.AVERAGE, Sign.PER, Sign.COUNT)
        # The first word of a question is its subject: "tinh co tren 500 truong".
        if bare and before is not None and not self._parsed.chunks[before].is_sign(*leading):
            return True
        implied = frozenset.union(*(self._vocabulary.implied[name] for name in self._draft.metrics))
        return any(item.name in implied for item in self._parsed.chunks[index].of(Kind.TERM))

    def _is_groupable(self, name: str) -> bool:
        return name in self._allowed and self._model.dimensions[name].groupable

    def _group(self, index: int, name: str) -> None:
        before, after = self._parsed.near(index, -1), self._parsed.near(index, 1)
        if after is not None and self._parsed.chunks[after].is_sign(Sign.WHICH):
            self._draft.which.add(name)
            self._draft.used.add(after)
        if before is not None and self._is_number_of(before):
            self._counts[name] = int(float(self._parsed.chunks[before].of(Kind.NUMBER)[0].name))
            self._draft.used.add(before)
            before = self._parsed.near(before, -1)
        if before is not None and name not in self._counts and self._is_counted(before):
            self._draft.count_of = name
        if before is not None and self._averages(before):
            self._draft.average_of = name
        self._draft.group_by(name)

    def _is_number_of(self, index: int) -> bool:
        """A whole number in front of a group; "tăng 5% tỉnh nào" numbers no provinces."""
        numbers = self._parsed.chunks[index].of(Kind.NUMBER)
        return bool(numbers) and not numbers[0].values and index not in self._draft.used

    def _averages(self, index: int) -> bool:
        """As in "trung bình mỗi tỉnh có bao nhiêu trường": the mean of the groups of a count."""
        if any(self._model.metrics[name].is_ratio for name in self._draft.metrics) or len(self._draft.metrics) > 1:
            return False
        chunk = self._parsed.chunks[index]
        said = [
            at
            for at, one in enumerate(self._parsed.chunks)
            if one.is_sign(Sign.AVERAGE, Sign.PER)
            or (one.is_sign(Sign.NATIONAL) and shadow(one.text).startswith(("trung binh", "binh quan")))
        ]
        free = [at for at in said if at not in self._draft.used]
        if any(self._divides_by_a_term(at) for at in free):
            return False
        averaging = any(
            "binh quan" in shadow(self._parsed.chunks[at].text)
            or self._parsed.chunks[at].is_sign(Sign.AVERAGE, Sign.NATIONAL)
            for at in free
        )
        if not averaging or not (chunk.is_sign(Sign.AVERAGE, Sign.PER) or chunk.text in SINGLE_OUT):
            return False
        self._draft.used.update([*free, index])
        return True

    def _divides_by_a_term(self, index: int) -> bool:
        """As in "bình quân trên một lớp": the mean is one of classes, whatever it is shown by."""
        at = self._parsed.divided_by(index) if self._parsed.chunks[index].is_sign(Sign.PER) else None
        return at is not None and bool(self._parsed.chunks[at].of(Kind.TERM)) and at not in self._draft.used

    def _is_counted(self, index: int) -> bool:
        return self._parsed.chunks[index].is_sign(Sign.COUNT) and not self._parsed.chunks[index].is_sign(Sign.TOTAL)

    def _several_values(self) -> None:
        """Several values of one dimension are shown side by side, unless their sum is asked for."""
        draft = self._draft
        draft.total = any(chunk.is_sign(Sign.TOTAL) for chunk in self._parsed.chunks)
        self._sum_over_time()
        for name, chosen in draft.chosen.items():
            summed = (draft.total and not self._compares()) or self._names_the_metric(name) or self._describes(name)
            if chosen.mentions > 1 and not chosen.negated and not summed:
                draft.group_by(name)

    def _sum_over_time(self) -> None:
        """As in "tổng số văn bằng cấp từ 2023 đến 2025": flows are added up, unless each year is asked for."""
        draft = self._draft
        flows = all(self._model.metrics[name].edu.additive_over_time for name in draft.metrics)
        each = any(item.name == TimeWord.EACH for chunk in self._parsed.chunks for item in chunk.of(Kind.TIME))
        many = len(draft.time.points) > 1 or draft.time.last > 1 or draft.time.since
        if draft.total and flows and many and not each and TIME in draft.by and not draft.compare:
            draft.by.remove(TIME)
            draft.time = replace(draft.time, summed=True)

    def _describes(self, dimension: str) -> bool:
        """As in "giáo viên có trình độ thạc sĩ, tiến sĩ": an attribute one has is described by the whole list."""
        known = self._model.dimensions[dimension]
        if self._compares() or not (known.attribute or known.achievement):
            return False
        chunks = self._parsed.chunks
        said = [
            at for at in sorted(self._draft.filtering) if any(i.name == dimension for i in chunks[at].of(Kind.VALUE))
        ]
        if not said:
            return False
        before = said[0] - 1
        if before >= 0 and any(item.name == dimension for item in chunks[before].of(Kind.DIMENSION)):
            before -= 1
        return before >= 0 and chunks[before].text in _HOLDING

    def _names_the_metric(self, dimension: str) -> bool:
        """Whether the values are the metric's own name in parts: "nhóm trẻ độc lập, lớp mẫu giáo độc lập"."""
        own = frozenset.union(*(self._vocabulary.terms_in(name) for name in self._draft.metrics))
        saying = [
            chunk
            for index, chunk in enumerate(self._parsed.chunks)
            if index in self._draft.filtering and any(item.name == dimension for item in chunk.of(Kind.VALUE))
        ]
        return bool(saying) and all(
            any(item.name in own and item.values != PART for item in chunk.of(Kind.TERM)) for chunk in saying
        )

    def _compares(self) -> bool:
        return any(chunk.is_sign(Sign.COMPARE) for chunk in self._parsed.chunks)
