"""Thresholds and rankings: "trên 500 trường", "top 5", "cao nhất", "đứng thứ mấy"."""

from collections.abc import Mapping, Set

from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.parse import COMPARING, Parsed
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.request import TIME, Comparison, Filter, Having, Operator, Order
from assistant.query.semantic_model import PROVINCE, SemanticModel
from assistant.query.semantics.places import NEW_MAP, OLD_MAP

DEFAULT_TOP = 5
_FARTHEST_CLOSING = 4
_OPERATORS = {
    Sign.MORE: Operator.MORE,
    Sign.AT_LEAST: Operator.AT_LEAST,
    Sign.LESS: Operator.LESS,
    Sign.AT_MOST: Operator.AT_MOST,
    Sign.EQUAL: Operator.EQUAL,
}
_CLASS_SIZE, _PUPIL, _SIZE = "class_size", "học sinh", "sĩ số"
_MAP_SIZES = {63: OLD_MAP, 34: NEW_MAP}


def fill_comparisons(model: SemanticModel, parsed: Parsed, draft: Draft, allowed: Set[str]) -> None:
    """Turn each number with a comparing word into a threshold of the metric, or of the size of a class."""
    for index, chunk in enumerate(parsed.chunks):
        numbers = chunk.of(Kind.NUMBER)
        if index in draft.used or not numbers:
            continue
        found = _operator(parsed, draft, index)
        if found is None:
            continue
        operator, words = found
        threshold = _Threshold(parsed, draft, index, operator, float(numbers[0].name))
        if threshold.apply(allowed, in_percent=bool(numbers[0].values), model=model):
            draft.used.update({index, *words})


def _operator(parsed: Parsed, draft: Draft, index: int) -> tuple[Operator, list[int]] | None:
    """The comparison a number takes part in, and the chunks that say it."""
    before = parsed.near(index, -1)
    at = _closing(parsed, index)
    if at is not None:
        upwards = parsed.chunks[at].is_sign(Sign.UPWARDS)
        said = [before] if before is not None and parsed.chunks[before].is_sign(*COMPARING) else []
        return (Operator.AT_LEAST if upwards else Operator.AT_MOST), [at, *said]
    if before is None or before in draft.used:
        return None
    if parsed.chunks[before].is_sign(Sign.UP_TO):
        return Operator.AT_MOST, [before]
    sign = next((sign for sign in _OPERATORS if parsed.chunks[before].is_sign(sign)), None)
    return None if sign is None else (_OPERATORS[sign], [before])


def _closing(parsed: Parsed, index: int) -> int | None:
    """Where the "trở lên" of a number is: "từ 500 trường tiểu học trở lên"."""
    at: int | None = index
    for _ in range(_FARTHEST_CLOSING):
        at = parsed.near(at, 1) if at is not None else None
        if at is None or parsed.chunks[at].of(Kind.NUMBER, Kind.TIME):
            return None
        if parsed.chunks[at].is_sign(Sign.UPWARDS, Sign.DOWNWARDS):
            return at
    return None


class _Threshold:
    """One number compared, and where it belongs."""

    def __init__(self, parsed: Parsed, draft: Draft, index: int, operator: Operator, value: float) -> None:
        self._parsed, self._draft, self._index = parsed, draft, index
        self._operator, self._value = operator, value

    def apply(self, allowed: Set[str], *, in_percent: bool, model: SemanticModel) -> bool:
        unit = self._unit()
        if _CLASS_SIZE in allowed and (self._names_size() or unit == _PUPIL):
            self._draft.numeric.append(Filter(_CLASS_SIZE, (f"{self._value:g}",), operator=self._operator))
            self._take_unit()
            return True
        if in_percent and not self._is_percentage(model):
            return False
        if not any(name != TIME for name in self._draft.by) or len(self._draft.metrics) > 1:
            return False
        self._draft.having.append(Having(self._draft.metrics[0], self._operator, self._value))
        return True

    def _is_percentage(self, model: SemanticModel) -> bool:
        """A ratio in per cent, or a share still to be read."""
        metric = model.metrics[self._draft.metrics[0]]
        shared = any(chunk.is_sign(Sign.RATIO, Sign.SHARE) for chunk in self._parsed.chunks)
        return metric.edu.unit == "%" or (shared and not metric.is_ratio)

    def _unit(self) -> str:
        after = self._parsed.near(self._index, 1)
        terms = self._parsed.chunks[after].of(Kind.TERM) if after is not None else ()
        return terms[0].name if terms else ""

    def _take_unit(self) -> None:
        after = self._parsed.near(self._index, 1)
        if after is not None and self._unit() == _PUPIL:
            self._draft.used.add(after)

    def _names_size(self) -> bool:
        """Whether "sĩ số" is said before the number."""
        for at in range(self._index - 1, max(-1, self._index - 4), -1):
            chunk = self._parsed.chunks[at]
            if any(item.name in (_CLASS_SIZE, _SIZE) for item in chunk.of(Kind.DIMENSION, Kind.TERM)):
                self._draft.used.add(at)
                return True
        return False


def fill_order(model: SemanticModel, parsed: Parsed, draft: Draft, *, counts: Mapping[str, int]) -> None:
    """Superlatives, "top k", sorting, and the rank of a place."""
    _Ranking(model, parsed, draft, counts).run()


class _Ranking:
    def __init__(self, model: SemanticModel, parsed: Parsed, draft: Draft, counts: Mapping[str, int]) -> None:
        self._model, self._parsed, self._draft = model, parsed, draft
        self._counts = dict(counts)

    def run(self) -> None:
        draft = self._draft
        if self._rank():
            return
        down, up = self._superlatives()
        top = self._top()
        if down or up or top is not None:
            self._rank_groups(descending=not up or down, both=down and up, top=top)
        else:
            self._sorted()
            self._every_group()
        if draft.count_of is not None and not draft.having:
            self._at_least_one()

    def _find(self, *signs: Sign) -> list[int]:
        return [
            index
            for index, chunk in enumerate(self._parsed.chunks)
            if index not in self._draft.used and chunk.is_sign(*signs)
        ]

    def _rank(self) -> bool:
        """As in "Nghệ An đứng thứ mấy": every province in order, and one of them looked for."""
        found = self._find(Sign.RANK)
        place = self._draft.chosen.get(PROVINCE)
        if not found or place is None or place.mentions != 1:
            return False
        self._draft.used.update([*found, *self._find(Sign.SORT, Sign.NATIONAL)])
        self._draft.rank = True
        self._draft.group_by(PROVINCE)
        self._draft.order = Order(self._draft.metrics[0], descending=not self._find(Sign.LOW))
        return True

    def _superlatives(self) -> tuple[bool, bool]:
        highest, lowest, most = self._find(Sign.HIGHEST), self._find(Sign.LOWEST), self._find(Sign.MOST)
        highs, lows = self._find(Sign.HIGH), self._find(Sign.LOW)
        self._draft.used.update([*highest, *lowest, *most])
        down, up = bool(highest), bool(lowest)
        for at in most:
            direction = max((index for index in (*highs, *lows) if index < at), default=None)
            down, up = down or direction not in lows, up or direction in lows
        if most:
            self._draft.used.update([*highs, *lows])
        return down, up

    def _top(self) -> int | None:
        """The k of "top k" or "k tỉnh … nhất"."""
        for at in self._find(Sign.TOP):
            number = self._parsed.near(at, 1)
            if number is not None and self._parsed.chunks[number].of(Kind.NUMBER):
                self._draft.used.update([at, number])
                return int(float(self._parsed.chunks[number].of(Kind.NUMBER)[0].name))
        return None

    def _rank_groups(self, *, descending: bool, both: bool, top: int | None) -> None:
        draft = self._draft
        groups = [name for name in draft.by if name != TIME] or list(draft.by)
        if not groups:
            draft.penalty += 0.5
            draft.wants = draft.wants or "group"
            return
        change = draft.compare is Comparison.GROWTH or bool(self._find(Sign.GROWTH, Sign.RISE, Sign.FALL))
        falls = bool(self._find(Sign.FALL)) and not self._find(Sign.RISE)
        draft.order = Order(draft.metrics[0], descending=descending and not falls, by_change=change)
        said = top if top is not None else next((self._counts[name] for name in groups if name in self._counts), None)
        if both:
            return
        draft.limit = said if said is not None else self._default_limit(groups)

    def _default_limit(self, groups: list[str]) -> int:
        """One for "tỉnh nào … nhất", a few for "những tỉnh nào … nhất"."""
        plural = any(self._is_plural(index) for index in range(len(self._parsed.chunks)))
        if plural:
            self._draft.defaults.append("limit")
        return DEFAULT_TOP if plural else 1

    def _is_plural(self, index: int) -> bool:
        """As in "các tỉnh", "những tỉnh"; not "mỗi", "từng"."""
        after = self._parsed.near(index, 1)
        grouped = after is not None and any(
            item.name in self._draft.by for item in self._parsed.chunks[after].of(Kind.DIMENSION)
        )
        return grouped and self._parsed.chunks[index].text in ("các", "những", "cac", "nhung")

    def _sorted(self) -> None:
        down, up = self._find(Sign.DESCENDING), self._find(Sign.ASCENDING)
        sort, high = self._find(Sign.SORT), self._find(Sign.HIGH, Sign.LOW)
        if not any(name != TIME for name in self._draft.by):
            return
        if down or up or sort or high:
            falling = not up and not self._find(Sign.LOW)
            self._draft.order = Order(self._draft.metrics[0], descending=falling)
            self._draft.used.update([*down, *up, *sort, *high])

    def _every_group(self) -> None:
        """Words as "theo 63 tỉnh" name a map; "tỉnh nào chưa nộp" asks for those that have any."""
        for name, count in self._counts.items():
            if name == PROVINCE and count in _MAP_SIZES:
                self._draft.map_version = _MAP_SIZES[count]
            elif name == PROVINCE or count > len(self._known(name)):
                self._draft.penalty += 1
        if self._draft.which - {TIME} and not self._draft.having and self._draft.order is None:
            self._at_least_one()

    def _known(self, name: str) -> set[str]:
        dimension = self._model.dimensions[name]
        return set(dimension.values) or {str(number) for number in range(8)}

    def _at_least_one(self) -> None:
        metric = self._model.metrics[self._draft.metrics[0]]
        if not metric.is_ratio and len(self._draft.metrics) == 1:
            self._draft.having.append(Having(metric.name, Operator.MORE, 0))
