"""Thresholds: "trên 500 trường", "tăng trên 5%", "từ 40 đến 45 học sinh", "cao hơn mức trung bình cả nước"."""

from collections.abc import Set

from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.parse import COMPARING, Parsed, is_place
from assistant.query.reading.words.tokens import shadow
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.request import TIME, WHOLE, Filter, Having, Operator
from assistant.query.semantic_model import SemanticModel

_FARTHEST_CLOSING = 4
_OPERATORS = {
    Sign.MORE: Operator.MORE,
    Sign.AT_LEAST: Operator.AT_LEAST,
    Sign.LESS: Operator.LESS,
    Sign.AT_MOST: Operator.AT_MOST,
    Sign.EQUAL: Operator.EQUAL,
}
_MIRRORED = {
    Operator.MORE: Operator.LESS,
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.LESS: Operator.MORE,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.EQUAL: Operator.EQUAL,
}
_PERSONS = ("nguoi", "em", "chau")
_CLASS_SIZE, _PUPIL, _SIZE = "class_size", "học sinh", "sĩ số"


def fill_references(parsed: Parsed, draft: Draft) -> None:
    """Thresholds that are figures themselves: the country's, or one province's. Before values are taken."""
    places = [index for index, chunk in enumerate(parsed.chunks) if is_place(chunk)]
    for index, chunk in enumerate(parsed.chunks):
        sign = next((one for one in (Sign.MORE, Sign.LESS) if chunk.is_sign(one)), None)
        after = parsed.near(index, 1)
        if sign is None or after is None or parsed.chunks[after].of(Kind.NUMBER):
            continue
        said = [index, after]
        if is_place(parsed.chunks[after]):
            # "Hà Nội hơn Nghệ An bao nhiêu" sets two places against each other.
            if len(places) > 1 or not any(one.is_sign(Sign.WHICH, Sign.EACH) for one in parsed.chunks):
                continue
            reference = next(item.values[0] for item in parsed.chunks[after].of(Kind.VALUE))
        else:
            reference = WHOLE
            beyond = parsed.near(after, 1)
            if beyond is not None and parsed.chunks[beyond].is_sign(Sign.NATIONAL, Sign.OF):
                said.append(beyond)
        draft.used.update(said)
        draft.having.append(Having(draft.metrics[0], _OPERATORS[sign], 0, reference=reference))


def fill_comparisons(model: SemanticModel, parsed: Parsed, draft: Draft, allowed: Set[str]) -> None:
    """Turn each number with a comparing word into a threshold of the metric, or of the size of a class."""
    for index, chunk in enumerate(parsed.chunks):
        numbers = chunk.of(Kind.NUMBER)
        if index in draft.used or not numbers:
            continue
        found = _operator(parsed, draft, index)
        moved = _change(parsed, index if found is None else min([index, *found[1]]))
        if found is None and moved is None:
            continue
        operator, words = found or (Operator.AT_LEAST, [])
        threshold = _Threshold(parsed, draft, index, operator, float(numbers[0].name))
        in_percent = bool(numbers[0].values)
        if moved is not None:
            applied = threshold.apply_to_change(falls=moved, in_percent=in_percent)
        else:
            applied = threshold.apply(allowed, in_percent=in_percent, model=model)
        if applied:
            draft.used.update({index, *words})


def _change(parsed: Parsed, index: int) -> bool | None:
    """Whether the word before a threshold says that something falls; None when it speaks of no change."""
    before = parsed.near(index, -1)
    if before is None or not parsed.chunks[before].is_sign(Sign.RISE, Sign.FALL):
        return None
    return parsed.chunks[before].is_sign(Sign.FALL)


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
        numeric = self._numeric_dimension(allowed, model)
        if numeric:
            self._draft.numeric.append(Filter(numeric, (f"{self._value:g}",), operator=self._operator))
            return True
        in_ratio = any(model.metrics[one].edu.unit == "%" for one in self._draft.metrics)
        if in_percent and not in_ratio and not self._is_percentage(model) and not self._shares(model):
            return False
        name = self._metric(unit, model, in_percent=in_percent)
        if name is None or not any(one != TIME for one in self._draft.by):
            return False
        if self._counts_persons() and not in_percent and model.metrics[name].edu.unit == "%":
            return False  # "từ 30 người" is no percentage
        shared = len(self._draft.metrics) == 1 and self._is_percentage(model) and not model.metrics[name].is_ratio
        whole = not in_percent and bool(unit) and shared
        self._draft.having.append(Having(name, self._operator, self._value, of_whole=whole))
        return True

    def _numeric_dimension(self, allowed: Set[str], model: SemanticModel) -> str:
        """As in "từng mức điểm từ 9 trở lên": the number is one of the dimension named right before it."""
        before = self._parsed.near(self._index, -1)
        if before is not None and self._parsed.chunks[before].is_sign(*COMPARING):
            before = self._parsed.near(before, -1)
        named = self._parsed.chunks[before].of(Kind.DIMENSION) if before is not None else ()
        return next(
            (
                one.name
                for one in named
                if one.name in allowed and model.dimensions[one.name].numeric and one.name != _CLASS_SIZE
            ),
            "",
        )

    def apply_to_change(self, *, falls: bool, in_percent: bool) -> bool:
        """As in "tăng trên 5%", "giảm hơn 1.000 em"."""
        if not any(name != TIME for name in self._draft.by) or len(self._draft.metrics) > 1:
            return False
        operator = _MIRRORED[self._operator] if falls else self._operator
        value = -self._value if falls else self._value
        one = Having(self._draft.metrics[0], operator, value, by_change=True, by_rate=in_percent)
        self._draft.having.append(one)
        return True

    def _metric(self, unit: str, model: SemanticModel, *, in_percent: bool) -> str | None:
        """Which of the metrics the number is of: the only one, or the one the word after it names."""
        names = self._draft.metrics
        if len(names) == 1:
            return names[0]
        if in_percent:
            rates = [name for name in names if model.metrics[name].edu.unit == "%"]
            return rates[0] if len(rates) == 1 else None
        fitting = [name for name in names if unit in model.metrics[name].edu.phrasings]
        return fitting[0] if len(fitting) == 1 else None

    def _is_percentage(self, model: SemanticModel) -> bool:
        """A ratio in per cent, or a share still to be read."""
        metric = model.metrics[self._draft.metrics[0]]
        shared = any(chunk.is_sign(Sign.RATIO, Sign.SHARE) for chunk in self._parsed.chunks)
        return metric.edu.unit == "%" or (shared and not metric.is_ratio)

    def _shares(self, model: SemanticModel) -> bool:
        """As in "vùng có trên 20% học sinh là dân tộc thiểu số": the per cent are of what was described."""
        names = [one for one in self._draft.chosen if one in model.dimensions]
        part = {one for one in names if model.dimensions[one].achievement or model.dimensions[one].attribute}
        if len(part) != 1 or len(self._draft.metrics) > 1 or model.metrics[self._draft.metrics[0]].is_ratio:
            return False
        self._draft.share = part
        return True

    def _counts_persons(self) -> bool:
        following = self._parsed.chunks[self._index + 1 : self._index + 2]
        return bool(following) and (bool(following[0].of(Kind.TERM)) or shadow(following[0].text) in _PERSONS)

    def _unit(self) -> str:
        after = self._after()
        terms = self._parsed.chunks[after].of(Kind.TERM) if after is not None else ()
        return terms[0].name if terms else ""

    def _after(self) -> int | None:
        """What the number counts: in "từ 40 đến 45 học sinh" both count the same."""
        after = self._parsed.near(self._index, 1)
        if after is not None and self._parsed.chunks[after].is_sign(Sign.UP_TO):
            last = self._parsed.near(after, 1)
            after = self._parsed.near(last, 1) if last is not None else None
        return after

    def _take_unit(self) -> None:
        after = self._after()
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
